"""What the papers of a meeting say: of a course all that a committee asks, of results nobody's identity."""

import pytest
from tests.portal import cast
from tests.portal.approvals import gathered
from tests.portal.proposals import stories
from tests.tauliah.files.reading import pages_of, text_of

from portal.accounts.models import Person
from portal.approvals.actions import planning
from portal.approvals.actions.recording import Verdict, record_decisions
from portal.approvals.agenda import meeting_pdf
from portal.approvals.minutes import minutes_pdf
from portal.approvals.models import Item, Meeting

pytestmark = pytest.mark.django_db


def with_all_that_waits() -> Meeting:
    there = gathered.meeting(note="Boleh disertai dalam talian.")
    planning.bundle(cast.appear("abu"), there, list(gathered.waiting().values_list("pk", flat=True)))
    return gathered.again(there)


def test_the_paper_of_a_course_says_what_a_committee_asks() -> None:
    stories.presented(stories.at("presentation", "stand_alone"))

    text = text_of(meeting_pdf(with_all_that_waits(), "ms"), "-layout")

    for said in (
        "Jawatankuasa JPPEU, mesyuarat 1/2026",
        "Boleh disertai dalam talian.",
        "Pentauliahan Mikro dalam Asas IoT",
        "Fakulti Sains Komputer",
        "Peranti, sensor dan rangkaian bagi pemula.",
        "Menerangkan konsep 1 peranti IoT.",
        "Minggu 1: Topik 1.1; Topik 1.2",
        "Projek",
        "60 %",
        "RM 150.00",
        "Unggat anak Lasu",
        "Salleh bin Bolhassan",
        "semakan dipenuhi",
    ):
        assert said in text.replace("\N{NO-BREAK SPACE}", " "), said
    assert "Masa pembelajaran: –" not in text


def test_it_is_said_in_english_too() -> None:
    stories.presented(stories.at("presentation", "stand_alone"))

    text = text_of(meeting_pdf(with_all_that_waits(), "en"))

    assert "Agenda and papers" in text
    assert "Devices, sensors and networks for beginners." in text
    assert "Learning time:" in text


def test_the_paper_of_results_masks_who_it_names() -> None:
    gathered.results_before_committee(marks=("85", "45", "72"))
    number = "900101131234"
    for person in Person.objects.filter(email__startswith="pelajar"):
        person.identity_number = number
        person.save()

    text = text_of(meeting_pdf(with_all_that_waits(), "ms"), "-layout")

    assert number not in text
    assert text.count("******-**-1234") == 3
    assert "2 (66.7" in text
    assert "67.3" in text
    assert "CLO2" in text


def test_thirty_papers_are_one_file() -> None:
    assert pages_of(meeting_pdf(gathered.bundled(30), "ms")) > 30


def test_the_extract_names_each_decision_and_who_recorded_it() -> None:
    there = gathered.bundled(2)
    first, second = there.items.order_by("position")
    verdicts = {
        first.pk: Verdict(Item.Decision.APPROVED, "", "3.1"),
        second.pk: Verdict(Item.Decision.RETURNED, "Lengkapkan Jadual 4.", "3.2"),
    }
    record_decisions(cast.appear("abu"), there, verdicts, gathered.today(), version=there.version)
    now, items = gathered.again(there), list(there.items.select_related("decided_by__person"))

    whole = text_of(minutes_pdf(now, items, "ms"))
    one = text_of(minutes_pdf(now, items[1:], "en"))

    assert "Cabutan minit" in whole
    assert "Diluluskan" in whole
    assert "Abu bin Sahari" in whole
    assert "Lengkapkan Jadual 4." in one
    assert "Returned for changes" in one
    assert "3.1" not in one
