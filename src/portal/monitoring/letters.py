"""The letters on upkeep as PDF: the warning, and the order to close (UTM 3.3.2.2, 3.3.2.3)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import Appointment
from portal.institutions.paper import paper_of
from portal.monitoring.upkeep import Upkeep
from portal.packs import packs
from portal.wording import day
from portal.wording import in_language as worded
from tauliah.files.letter import Facts, Letter, Paragraph, Part, letter_pdf
from tauliah.files.paper import Signatory
from tauliah.values.text import Text


def upkeep_letter(upkeep: Upkeep, reference: str, on: date, acting: Appointment) -> bytes:
    """Print the letter that is due, in the language of the course's developer."""
    language = upkeep.course.developer.language
    with override(language):
        return letter_pdf(paper(upkeep, reference, on, acting, language))


def paper(upkeep: Upkeep, reference: str, on: date, acting: Appointment, language: str) -> Letter:
    """Lay the letter out: what was not done, what is asked, and the clauses with their words."""
    course = upkeep.course
    closing = upkeep.letter == "closing"
    subject = _("Order to close %(course)s") if closing else _("Written warning on %(course)s")
    role = str(acting.get_role_display())
    return Letter(
        paper_of(course.institution),
        language,
        on,
        subject % {"course": str(course)},
        parts_of(upkeep, closing=closing),
        reference=reference,
        recipient=(course.developer.name, course.faculty.name, course.developer.email),
        signatories=(Signatory(acting.person.name, Text(role, role)),),
        copies=(course.faculty.name,),
    )


def parts_of(upkeep: Upkeep, *, closing: bool) -> list[Part]:
    """Return the body of the letter."""
    asked = (
        _("Close the course to learners, and confirm it to the centre in writing.")
        if closing
        else _("Maintain the content now and record it with the course; otherwise an order to close follows.")
    )
    facts = [(_("Course"), str(upkeep.course))]
    if upkeep.last_on:
        facts.append((_("Last maintained on"), day(upkeep.last_on)))
    if upkeep.due_after:
        facts.append((_("Maintenance was due by"), day(upkeep.due_after)))
    if upkeep.warned and closing:
        facts.append((_("Warned on"), day(upkeep.warned)))
    found = (
        _("The course below was still not maintained after the written warning.")
        if closing
        else _("The course below was not maintained within the time that the guideline sets.")
    )
    return [
        Paragraph(found),
        Facts(tuple(facts)),
        Paragraph(asked),
        Facts(tuple(clauses_of(upkeep))),
    ]


def clauses_of(upkeep: Upkeep) -> list[tuple[str, str]]:
    """Return the clauses that the letter rests on, each with its words."""
    pack = packs()[upkeep.course.policy]
    return [(name, worded(pack.clauses[name].text)) for name in upkeep.clauses]
