"""The brochure of a course as PDF, in the language of the page."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.institutions.paper import paper_of
from portal.offerings.overview import Overview
from portal.offerings.papers import period
from portal.offerings.structured import course_page
from portal.wording import figure, ringgit
from tauliah.files.letter import Facts, Heading, Items, Letter, Notice, Paragraph, Part, Table, letter_pdf


def entry_notice() -> str:
    """Say what it takes to claim a qualification later (UNIMAS 1.5(m)-publish)."""
    return _(
        "To complete all credits of a programme and claim its qualification, a learner must meet the"
        " programme’s minimum entry requirements or hold a suitable APEL.A certificate."
    )


def brochure_of(overview: Overview) -> bytes:
    """Print what somebody wants to know before enrolling, on the institution's paper."""
    course = overview.proposal
    parts: list[Part] = [
        Paragraph(overview.synopsis or course.name),
        Facts(facts_of(overview)),
        *listed(_("What you will be able to do"), [f"{code} {words}" for code, words in overview.outcomes]),
        *syllabus(overview),
        *weights(overview),
        *paragraph(_("What you need"), needs(overview)),
        *paragraph(_("What is expected of you"), overview.said("commitment")),
        Notice(entry_notice()),
        Heading(_("Enrol")),
        Facts(contact(overview)),
        Paragraph(rights(overview)),
    ]
    return letter_pdf(
        Letter(
            paper_of(course.institution, course.faculty),
            get_language() or "ms",
            timezone.localdate(),
            course.name,
            parts,
            reference=course.code,
            salutation="",
            closing=(),
            valediction="",
        )
    )


def facts_of(overview: Overview) -> list[tuple[str, str]]:
    """Return the course at a glance."""
    offering = overview.offering
    hours = _("%(hours)s hours") % {"hours": figure(overview.hours)} if overview.hours else ""
    rows = [
        (_("Level"), overview.level),
        (_("Student learning time"), hours),
        (_("Credits"), figure(overview.credits) if overview.credits is not None else ""),
        (_("Language"), ", ".join(overview.languages)),
        (_("Delivery"), overview.delivery),
        (_("Taught by"), ", ".join(overview.instructors)),
    ]
    if offering is not None:
        rows += [
            (_("Period"), period(offering)),
            (_("Mode of the offering"), str(offering.get_mode_display())),
            (_("Platform"), offering.platform),
            (_("Place"), offering.place),
            (_("Fee"), ringgit(offering.fee) if offering.fee else _("Free")),
            (_("Certificate"), str(offering.get_certificate_display())),
        ]
    return [(label, value) for label, value in rows if value]


def listed(heading: str, items: list[str]) -> list[Part]:
    """Return a list under its heading; nothing where there is none."""
    return [Heading(heading), Items(items)] if items else []


def paragraph(heading: str, text: str) -> list[Part]:
    """Return a paragraph under its heading; nothing where there is none."""
    return [Heading(heading), Paragraph(text)] if text else []


def syllabus(overview: Overview) -> list[Part]:
    """Return the units with their topics."""
    rows = [(f"{n}.", unit.title, "; ".join(unit.topics)) for n, unit in enumerate(overview.units, start=1)]
    if not rows:
        return []
    return [Heading(_("Syllabus")), Table((_("No."), _("Unit"), _("Topics")), rows, (0, 2, 3))]


def weights(overview: Overview) -> list[Part]:
    """Return the assessments with their weights, which make 100 %."""
    rows = [(each.name, str(each.type), f"{figure(each.percent)} %") for each in overview.assessments]
    if not rows:
        return []
    rows.append((_("Total"), "", f"{figure(overview.total)} %"))
    return [Heading(_("Assessment")), Table((_("Assessment"), _("Type"), _("Weight")), rows, (3, 2, 0), (2,))]


def needs(overview: Overview) -> str:
    """Return prerequisite and requirements as one text."""
    return " ".join(filter(None, [overview.said("prerequisite"), *overview.requirements]))


def contact(overview: Overview) -> list[tuple[str, str]]:
    """Return where to enrol and whom to ask."""
    institution = overview.proposal.institution
    rows = [
        (_("Page of the course"), course_page(overview.proposal)),
        (_("Email"), institution.email),
        (_("Telephone"), institution.phone),
    ]
    return [(label, value) for label, value in rows if value]


def rights(overview: Overview) -> str:
    """Return whose the material is, and under which licence."""
    owner = _("The teaching and learning materials belong to %(institution)s.") % {
        "institution": overview.proposal.institution.name
    }
    if not overview.licence:
        return owner
    return f"{owner} {_('Licence: %(licence)s.') % {'licence': overview.licence}}"
