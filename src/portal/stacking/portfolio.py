"""The portfolio for APEL.M and the transcript of completed micro-credentials (UNIMAS 1.5(n), 1.6(b)-1)."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.institutions.paper import paper_of
from portal.stacking.earned import CONVENTIONAL, Earned
from portal.stacking.models import Goal
from portal.stacking.progress import Standing
from portal.wording import day, figure
from tauliah.files.letter import Facts, Heading, Letter, Notice, Paragraph, Part, Table, letter_pdf


def portfolio(goal: Goal, standing: Standing, language: str) -> bytes:
    """Print what a learner has gathered toward a goal, with the readiness for APEL.M."""
    with override(language):
        return letter_pdf(paper(goal, standing, language))


def described(gathered: Iterable[Earned]) -> list[Part]:
    """Return objectives and outcomes, as providers elsewhere state them (UNIMAS 5.1-non-he)."""
    told = [
        Paragraph(f"{each.title}: {words}")
        for each in gathered
        for words in (each.objectives, each.outcomes)
        if words
    ]
    return [Heading(_("Objectives and outcomes")), *told] if told else []


def paper(goal: Goal, standing: Standing, language: str) -> Letter:
    """Lay the portfolio out; every figure is the one of the page."""
    gathered = [each for each in standing.earned if each.origin != CONVENTIONAL]
    total = sum((each.credits for each in gathered), Decimal(0))
    parts: list[Part] = [
        Facts(
            (
                (_("Learner"), goal.person.name),
                (_("Programme"), f"{goal.programme.code} {goal.programme.name}"),
                (_("Institution"), goal.programme.institution.name),
                (_("Graduating credits"), figure(goal.programme.graduating_credits)),
                (_("Credits of micro-credentials"), figure(total)),
            )
        ),
        Heading(_("Completed micro-credentials")),
        Table(
            (_("Micro-credential"), _("Institution"), _("Completed on"), _("Credits")),
            [
                (each.title, each.where, day(each.on) if each.on else "–", figure(each.credits))
                for each in gathered
            ],
            widths=(2.6, 2.2, 1.2, 0),
            numeric=(3,),
        ),
    ]
    parts += described(gathered)
    report = standing.report
    if report is not None:
        apel_m = report.details["apel_m"]
        parts += [
            Heading(_("Readiness for APEL.M")),
            Notice(str(apel_m["words"])),
            *(Paragraph(f"{check.label}: {check.message}") for check in apel_m["checks"]),
        ]
    return Letter(
        paper_of(goal.programme.institution, goal.programme.faculty),
        language,
        timezone.localdate(),
        _("Portfolio of micro-credentials"),
        parts,
        salutation="",
        closing=(),
        valediction="",
    )
