"""On-site assessments (UTM 6.3.5 to 6.3.12), and assessments of each outcome for APEL.C."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.applications.access import works_for
from portal.applications.actions.judging import judge
from portal.applications.actions.steps import go_on, locked, take, touch
from portal.applications.models import Application, Claim, OnsiteAssessment, OutcomeAssessment
from portal.applications.signals import recorded
from portal.records.register import record
from tauliah.values.vocabulary import VOCABULARY

KINDS = ("oral", "written", "product", "performance")
ARRANGERS = frozenset({Role.PROGRAMME_COORDINATOR, Role.FACULTY_OFFICE})
ASSESSORS = frozenset({Role.ASSESSOR, Role.SUBJECT_EXPERT, Role.PROGRAMME_COORDINATOR})
BY_OUTCOME = frozenset({"apel_c", "micro_credential"})
"""Bases whose learning outcomes may be assessed one by one."""
OPEN = frozenset({"assessment", "recommendation"})
"""The states in which an assessment may be arranged or recorded."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """When, where, how and before whom a claim is assessed."""

    at: datetime
    place: str
    kinds: Sequence[str]
    assessor: Appointment


@dataclass(frozen=True, slots=True)
class Mark:
    """What an assessor records: whether the student came, which document was seen, mark and grade."""

    attended: bool
    identity_document: str = ""
    mark: Decimal | None = None
    grade: str = ""
    comment: str = ""


@transaction.atomic
def arrange(acting: Appointment, claim: Claim, sitting: Sitting, *, version: int) -> OnsiteAssessment:
    """Arrange an on-site assessment of a claim; the student is told when and where (UTM Jadual 5(3)(iii))."""
    if acting.role not in ARRANGERS or not works_for(acting, claim.application):
        raise NotAllowed
    application = locked(claim.application, version)
    must_be_open(application)
    if sitting.at <= timezone.now():
        raise Refused(_("Choose a time that lies ahead."), "at")
    if not sitting.kinds or not set(sitting.kinds) <= set(KINDS):
        raise Refused(_("Choose at least one kind of assessment."), "kinds")
    if sitting.assessor.role not in ASSESSORS or not works_for(sitting.assessor, application):
        raise Refused(_("Choose an assessor of this faculty."), "assessor")
    made = OnsiteAssessment.objects.create(
        claim=claim,
        kinds=list(sitting.kinds),
        at=sitting.at,
        place=sitting.place.strip(),
        assessor=sitting.assessor,
    )
    told(acting, application, "applications.arrange_assessment", {"claim": claim.target.code, "at": made.at})
    if application.state == "recommendation":
        take(acting, application, "ask_assessment")
    return made


@transaction.atomic
def cancel(
    acting: Appointment, assessment: OnsiteAssessment, *, version: int, reason: str
) -> OnsiteAssessment:
    """Cancel an assessment that has not been held; the student is told."""
    if acting.role not in ARRANGERS or not works_for(acting, assessment.claim.application):
        raise NotAllowed
    application = locked(assessment.claim.application, version)
    if assessment.recorded_at or assessment.cancelled_at:
        raise Refused(_("This assessment has been recorded or cancelled already."))
    assessment.cancelled_at = timezone.now()
    assessment.save(update_fields=["cancelled_at"])
    told(
        acting, application, "applications.cancel_assessment", {"claim": assessment.claim.target.code}, reason
    )
    return assessment


@transaction.atomic
def mark(acting: Appointment, assessment: OnsiteAssessment, given: Mark, *, version: int) -> OnsiteAssessment:
    """Record the result of an on-site assessment together with the check of identity (UTM 6.3.7)."""
    if assessment.assessor.person_id != acting.person_id and not (
        acting.role in ARRANGERS and works_for(acting, assessment.claim.application)
    ):
        raise NotAllowed
    application = locked(assessment.claim.application, version)
    must_be_open(application)
    if assessment.cancelled_at:
        raise Refused(_("This assessment was cancelled."))
    sound(given)
    now = timezone.now()
    assessment.attended = given.attended
    assessment.identity_document = given.identity_document.strip()
    assessment.identity_checked_at = now if given.attended else None
    assessment.mark, assessment.grade = given.mark, given.grade if given.attended else ""
    assessment.comment, assessment.recorded_at = given.comment.strip(), now
    assessment.save()
    after = {"claim": assessment.claim.target.code, "attended": given.attended, "grade": assessment.grade}
    told(acting, application, "applications.assess", after)
    return assessment


def sound(given: Mark) -> None:
    """Raise ``Refused`` unless a result can be one."""
    if not given.attended:
        return
    if not given.identity_document.strip():
        raise Refused(_("Enter which identity document you saw."), "identity_document")
    if given.grade not in VOCABULARY["grade"]:
        raise Refused(_("Choose the grade."), "grade")
    if given.mark is not None and not 0 <= given.mark <= 100:
        raise Refused(_("A mark lies between 0 and 100."), "mark")


@transaction.atomic
def assess_outcomes(
    acting: Appointment, claim: Claim, percents: Mapping[int, tuple[Decimal, str, str]], *, version: int
) -> None:
    """Record the assessment of learning outcomes of the target, by outcome: percent, instrument, comment.

    APEL.C and stand-alone micro-credentials that no Quality Verification Centre has verified.
    """
    if acting.role not in ASSESSORS or not works_for(acting, claim.application):
        raise NotAllowed
    application = locked(claim.application, version)
    must_be_open(application)
    outcomes = {outcome.pk: outcome for outcome in claim.target.outcomes.all()}
    for pk, (percent, instrument, comment) in percents.items():
        if pk not in outcomes or not 0 <= percent <= 100:
            raise Refused(_("A mark lies between 0 and 100."), f"outcome-{pk}")
        OutcomeAssessment.objects.update_or_create(
            claim=claim,
            outcome=outcomes[pk],
            defaults={
                "percent": percent,
                "instrument": instrument.strip(),
                "comment": comment.strip(),
                "assessor": acting,
            },
        )
    after = {outcomes[pk].code: given[0] for pk, given in percents.items()}
    told(acting, application, "applications.assess_outcomes", {"claim": claim.target.code, **after})


def must_be_open(application: Application) -> None:
    """Raise ``Refused`` where the application is past being assessed, or not there yet."""
    if application.state not in OPEN:
        raise Refused(_("Assessments are arranged and recorded while the application is being assessed."))


def told(
    acting: Appointment, application: Application, action: str, after: Mapping[str, Any], reason: str = ""
) -> None:
    """Evaluate the application anew, write the register, tell others, go on if nothing else is awaited."""
    judge(application)
    touch(application)
    record(acting, action, application, institution=application.institution, after=after, reason=reason)
    recorded.send(Application, application=application, what=action, acting=acting)
    go_on(application)
