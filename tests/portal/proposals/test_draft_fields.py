"""The form as data: every field has its clauses, is shown on its page, and comes back as it was typed."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from tests.portal import cast
from tests.portal.proposals import made

from portal.accounts.models import Appointment
from portal.packs import packs
from portal.proposals.content import SECTIONS as PARTS
from portal.proposals.content import without_empties
from portal.proposals.field import Field
from portal.proposals.fields import SECTIONS, form_of, sections_of
from portal.proposals.forms_draft import entry_of, typed
from portal.proposals.models import Kind, Proposal

pytestmark = pytest.mark.django_db
POLICIES = ("unimas", "utm", "umpsa")


def every(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from every(field.rows)


ALL = [field for section in SECTIONS for field in every(section.fields)]


@pytest.mark.parametrize("policy", POLICIES)
def test_every_clause_that_a_field_names_is_one_of_its_policy(policy: str) -> None:
    named = {clause for field in ALL for clause in field.clauses_of(policy)}

    assert named
    assert named - set(packs()[policy].clauses) == set()


@pytest.mark.parametrize("policy", POLICIES)
def test_every_clause_that_a_field_names_asks_for_it_in_some_form(policy: str) -> None:
    named = {clause for field in ALL for clause in field.clauses_of(policy)}
    forms = [section for kind in Kind for section in sections_of(kind, policy)]

    asked = {
        clause for section in forms for field in every(section.fields) for clause in field.clauses_of(policy)
    }

    assert named - asked == set()


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("kind", Kind)
def test_each_field_stands_on_its_page_with_its_clauses(azlina: Appointment, kind: str, policy: str) -> None:
    proposal = made.draft(azlina, kind)
    Proposal.objects.filter(pk=proposal.pk).update(policy=policy)
    proposal.refresh_from_db()
    client = cast.client_of(azlina)
    lacking = []

    for section in form_of(proposal):
        body = client.get(reverse("proposals:section", args=[proposal.pk, section.name])).content.decode()
        lacking += [field.name for field in section.fields if f'id="f-{field.name}' not in body]
        clauses = {clause for field in every(section.fields) for clause in field.clauses_of(policy)}
        lacking += [clause for clause in clauses if f">{clause}</a>" not in body]

    assert lacking == []


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("policy", POLICIES)
def test_what_is_kept_comes_back_as_it_was_typed(kind: str, policy: str) -> None:
    fields = tuple(field for section in sections_of(kind, policy) for field in section.fields)
    content = {
        name: value for name, value in made.CONTENT.items() if name in {field.name for field in fields}
    }

    read = typed(entry_of(content, fields), fields)

    assert read.mistakes == ()
    assert without_empties({name: read.values[name] for name in content}) == without_empties(content)


@pytest.mark.parametrize(
    ("kind", "other"), [(Kind.ACCREDITED, "course_content"), (Kind.STAND_ALONE, "original_course")]
)
def test_every_part_of_the_guideline_s_form_is_asked_for(kind: str, other: str) -> None:
    names = {field.name for section in sections_of(kind, "unimas") for field in section.fields}
    left_out = {"market_survey"} if kind == Kind.ACCREDITED else set()

    parts = {part for part, fields in PARTS.items() if names.issuperset(fields)}

    assert parts >= set(PARTS) - left_out - {other}
    assert ("original" in names) is (kind == Kind.ACCREDITED)
