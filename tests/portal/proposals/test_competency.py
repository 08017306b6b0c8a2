"""A level of competency that a stand-alone course certifies goes from its proposal into the credential."""

import pytest
from tests.portal.proposals.stories import registered_course

from portal.credentials.editions import core_course, course_of
from portal.proposals.actions.certifying import skills_of
from portal.proposals.fields import field_of
from tauliah.credentials.facts import facts_of

pytestmark = pytest.mark.django_db


def test_whoever_verifies_the_credential_reads_the_level_with_the_skills() -> None:
    content = {"skills": ["Memasang peranti IoT"], "competency": "Tahap 3, NOSS: IT-020"}
    achievement = registered_course("stand_alone", content=content).achievement
    assert achievement is not None

    named = list(core_course(course_of(achievement)).skills)

    facts = {
        fact.name: fact.lines for fact in facts_of({"credentialSubject": {"achievement": {"tag": named}}})
    }
    assert facts["skills"] == ("Memasang peranti IoT", "Kompeten / Competent – Tahap 3; NOSS – IT-020")


def test_a_course_that_certifies_no_level_names_its_skills_alone() -> None:
    assert skills_of({"skills": ["Reka bentuk"]}) == ["Reka bentuk"]


def test_only_stand_alone_courses_are_asked_for_it() -> None:
    alone, accredited = registered_course("stand_alone"), registered_course("accredited")

    assert field_of(alone, "competency")
    assert field_of(accredited, "competency") is None
