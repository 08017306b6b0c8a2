"""Judging the MOOC or micro-credential behind a claim (UTM 6.3.2, 6.3.3; UTHM 24(a) to (d))."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.applications.access import works_for
from portal.applications.actions.steps import locked, touch
from portal.applications.models import Application, Claim, CourseReview
from portal.notices.notify import notify
from portal.records.register import record

REVIEWERS = frozenset({Role.SUBJECT_EXPERT, Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN})
BASES = frozenset({"mooc", "micro_credential"})
OPEN = frozenset({"document_check", "mapping", "assessment", "recommendation", "decision", "appeal"})
"""The states in which the course is judged."""
KINDS = {
    "quiz": gettext_lazy("Quizzes marked by machine"),
    "assignment": gettext_lazy("Assignments marked by teachers"),
    "peer": gettext_lazy("Assignments marked by other learners"),
    "project": gettext_lazy("Project or product"),
    "examination": gettext_lazy("Examination without proctoring"),
    "proctored": gettext_lazy("Proctored examination"),
    "none": gettext_lazy("No assessment"),
}
"""Kinds of assessment that such courses use."""


@dataclass(frozen=True, slots=True)
class Review:
    """What the faculty judges: quality and why, how it assessed, what was achieved, what is missing."""

    quality: str
    quality_comment: str
    assessment_kinds: Sequence[str]
    achievement: str
    achievement_comment: str = ""
    further_assessment: str = ""


@transaction.atomic
def review(acting: Appointment, claim: Claim, given: Review, *, version: int) -> CourseReview:
    """Keep the judgement; the student is told of any further assessment that a grade needs (UTHM 24(c))."""
    application = locked(claim.application, version)
    if acting.role not in REVIEWERS or not works_for(acting, application):
        raise NotAllowed
    if claim.basis not in BASES or application.state not in OPEN:
        raise Refused(_("The course is judged while the application is being processed."))
    sound(given)
    before = claim.reviews.first()
    kept = CourseReview.objects.create(
        claim=claim,
        quality=given.quality,
        quality_comment=given.quality_comment.strip(),
        assessment_kinds=list(given.assessment_kinds),
        achievement=given.achievement,
        achievement_comment=given.achievement_comment.strip(),
        further_assessment=given.further_assessment.strip(),
        given_by=acting,
    )
    touch(application)
    after = {"claim": claim.target.code, "quality": kept.quality, "achievement": kept.achievement}
    record(
        acting,
        "applications.review_course",
        application,
        before={"quality": before.quality, "achievement": before.achievement} if before else None,
        after=after | {"further_assessment": kept.further_assessment},
        reason=kept.quality_comment,
    )
    if kept.further_assessment and kept.further_assessment != (before.further_assessment if before else ""):
        tell_student(application, kept)
    return kept


def sound(given: Review) -> None:
    """Raise ``Refused`` unless a judgement is complete."""
    if given.quality not in CourseReview.Quality.values:
        raise Refused(_("Choose how sound the course is."), "quality")
    if not given.quality_comment.strip():
        raise Refused(_("Say what the judgement rests on."), "quality_comment")
    if not given.assessment_kinds or not set(given.assessment_kinds) <= KINDS.keys():
        raise Refused(_("Choose how the course assessed its learners."), "assessment_kinds")
    if given.achievement not in CourseReview.Achievement.values:
        raise Refused(_("Choose how far the outcomes were achieved."), "achievement")


def tell_student(application: Application, kept: CourseReview) -> None:
    """Tell the student which further assessment a grade needs."""
    notify(
        application.student.person,
        "further_assessment",
        {
            "reference": application.reference,
            "course": kept.claim.target.code,
            "text": kept.further_assessment,
        },
        reverse("applications:detail", args=[application.pk]),
        institution=application.institution,
        mail_key=f"review-{kept.pk}",
    )
