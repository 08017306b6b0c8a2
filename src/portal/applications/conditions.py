"""The conditions of what was granted, followed until they are met (UTHM 14, MQA exemption.replace)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.applications.models import Application, Claim, TranscriptEntry
from portal.catalogue.models import CourseResult
from portal.wording import day as in_words
from tauliah.values.day import months_after

MONTHS_OF_A_SEMESTER = 6
FAILED = frozenset({"E", "F"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: what it asks, whether it is met, since or until when, and on whose application."""

    application: Application
    label: str
    asks: str
    met: bool
    due_on: date | None
    claim: Claim | None = None


def conditions_of(application: Application) -> list[Condition]:
    """Return the conditions that a decided application carries, residency first."""
    if application.decided_at is None:
        return []
    return [*_residency(application), *_replacements(application)]


def _residency(application: Application) -> Iterable[Condition]:
    """The time that a student must study here before the award, counted from the first semester."""
    for told in (application.result or {}).get("conditions", ()):
        months = told.get("months") or told.get("semesters", 0) * MONTHS_OF_A_SEMESTER
        if told["rule"] != "residency" or not months or not granted(application, told.get("claims", ())):
            continue
        reached = months_after(application.student.intake.starts_on, months)
        met = reached <= timezone.localdate()
        yield Condition(
            application, told["rule"], _("until %(day)s") % {"day": in_words(reached)}, met, reached
        )


def granted(application: Application, targets: Iterable[str]) -> bool:
    """Say whether any of the targets was granted."""
    entries = TranscriptEntry.objects.filter(claim__application=application, cancelled_at=None)
    return entries.filter(course__code__in=list(targets)).exists()


def _replacements(application: Application) -> Iterable[Condition]:
    """The course that must be taken in place of each exempted one, until it is named, accepted and passed."""
    exempted = Claim.objects.filter(
        application=application, transcript_entry__award="exemption", transcript_entry__cancelled_at=None
    ).select_related("target", "replacement", "replacement_agreement")
    for claim in exempted:
        met = is_replaced(application, claim)
        yield Condition(application, "replacement_course", _asks(claim), met, None, claim)


def _asks(claim: Claim) -> str:
    if claim.replacement_elsewhere:
        return _("%(course)s: replaced by %(replacement)s at %(partner)s") % {
            "course": claim.target.code,
            "replacement": claim.replacement_elsewhere,
            "partner": claim.replacement_agreement.partner if claim.replacement_agreement else "–",
        }
    if claim.replacement is None:
        return _("%(course)s: no replacement course is named yet") % {"course": claim.target.code}
    about = {"course": claim.target.code, "replacement": claim.replacement.code}
    if claim.replacement_awaits_mqa:
        return _("%(course)s: replaced by %(replacement)s, which awaits MQA’s evaluation") % about
    return _("%(course)s: replaced by %(replacement)s") % about


def is_replaced(application: Application, claim: Claim) -> bool:
    """Say whether the replacement was named, needs no evaluation any more, and was passed."""
    if claim.replacement_elsewhere:
        return claim.replacement_passed_on is not None
    if claim.replacement is None or claim.replacement_awaits_mqa:
        return False
    passed = CourseResult.objects.filter(student=application.student, course=claim.replacement)
    return passed.exclude(grade__in=FAILED).exists()
