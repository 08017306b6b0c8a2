"""Who may see which application; strangers and other institutions find nothing."""

from django.db.models import Q, QuerySet
from django.http import Http404

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.applications.models import (
    Application,
    AttendanceRequest,
    Audit,
    Claim,
    Decision,
    PriorApproval,
    TranscriptEntry,
)
from portal.catalogue.models import Student

WHOLE_INSTITUTION = frozenset(
    {Role.ELEARNING_CENTRE, Role.AUDITOR, Role.ADMINISTRATOR, Role.BURSAR, Role.COMMITTEE_SECRETARY}
)
OWN_FACULTY = frozenset({Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN, Role.FACULTY_OFFICE})
ASSIGNED = frozenset({Role.SUBJECT_EXPERT, Role.ASSESSOR})
STAFF = WHOLE_INSTITUTION | OWN_FACULTY | ASSIGNED
"""Roles that see the applications of others, once submitted."""

REGISTER_READERS = OWN_FACULTY | {
    Role.ELEARNING_CENTRE,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    Role.COMMITTEE_SECRETARY,
}
"""Roles that read the registers of transfers and decisions, of their faculty or of the institution."""
AUDIT_READERS = frozenset({Role.AUDITOR, Role.ADMINISTRATOR, Role.DEAN, Role.DEPUTY_DEAN})
"""Roles that read audits; a dean those of the own faculty. Only auditors write in them."""
ANSWERERS = frozenset({Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN})
"""Roles that answer what students ask beside an application."""


def applications_for(acting: Appointment | None) -> QuerySet[Application]:
    """Return the applications that somebody may see: own ones, those of the faculty, or those assigned."""
    if acting is None:
        return Application.objects.none()
    if acting.is_learner:
        return own_applications(acting)
    return submitted_applications(acting)


def own_applications(acting: Appointment) -> QuerySet[Application]:
    """Return what the person applied for at the institution they act for."""
    return Application.objects.filter(student__person=acting.person, institution=acting.institution)


def submitted_applications(acting: Appointment) -> QuerySet[Application]:
    """Return the applications that a role of staff sees; drafts are nobody's business but the student's."""
    there = Application.objects.filter(institution=acting.institution, submitted_at__isnull=False)
    if acting.role in WHOLE_INSTITUTION:
        return there
    if acting.role in OWN_FACULTY:
        return there.filter(faculty=acting.faculty) if acting.faculty_id else there
    if acting.role in ASSIGNED:
        mine = Claim.objects.filter(assigned_to(acting)).values("application")
        return there.filter(pk__in=mine)
    return there.none()


def assigned_to(acting: Appointment) -> Q:
    """Return the condition on claims that somebody is to judge or to assess."""
    person = acting.person_id
    return Q(comparison__judgements__expert__person=person) | Q(assessments__assessor__person=person)


def application_for(acting: Appointment | None, pk: int) -> Application:
    """Return one application with what its page needs; raises ``Http404`` for strangers."""
    found = (
        applications_for(acting)
        .select_related(
            "institution",
            "faculty",
            "programme__institution",
            "student__person",
            "student__intake",
            "semester",
            "handler__person",
            "order",
            "transfer_order",
        )
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def claim_for(acting: Appointment | None, pk: int) -> Claim:
    """Return one claim of an application that somebody may see; raises ``Http404``."""
    claim = Claim.objects.filter(pk=pk, application__in=applications_for(acting)).first()
    if claim is None:
        raise Http404
    claim.application = application_for(acting, claim.application_id)
    return claim


def is_own(acting: Appointment | None, application: Application) -> bool:
    """Say whether somebody is the applicant, acting as a learner."""
    return acting is not None and acting.is_learner and application.student.person_id == acting.person_id


def works_for(acting: Appointment | None, application: Application) -> bool:
    """Say whether somebody is staff of the application's institution and, if bound to one, its faculty."""
    if acting is None or acting.is_learner or acting.institution_id != application.institution_id:
        return False
    return acting.faculty_id in (None, application.faculty_id) or acting.role in WHOLE_INSTITUTION


def answers_for(acting: Appointment | None, student: Student) -> bool:
    """Say whether somebody answers what a student asks: in the faculty of the student's programme."""
    if acting is None or acting.role not in ANSWERERS:
        return False
    programme = student.programme
    return acting.institution_id == programme.institution_id and acting.faculty_id in (
        None,
        programme.faculty_id,
    )


def approvals_for(acting: Appointment) -> QuerySet[PriorApproval]:
    """Return the questions for approval beforehand that a role of staff sees."""
    there = PriorApproval.objects.filter(institution=acting.institution)
    return there.filter(student__programme__faculty=acting.faculty) if acting.faculty_id else there


def attendance_for(acting: Appointment) -> QuerySet[AttendanceRequest]:
    """Return the requests to attend after all that a role of staff sees."""
    there = AttendanceRequest.objects.filter(entry__student__programme__institution=acting.institution)
    return there.filter(entry__student__programme__faculty=acting.faculty) if acting.faculty_id else there


def entries_for(acting: Appointment) -> QuerySet[TranscriptEntry]:
    """Return the transfers that a role of staff sees, cancelled ones too."""
    there = TranscriptEntry.objects.filter(claim__application__institution=acting.institution)
    return there.filter(claim__application__faculty=acting.faculty) if acting.faculty_id else there


def decisions_for(acting: Appointment) -> QuerySet[Decision]:
    """Return the decisions that a role of staff sees, recommendations and superseded ones too."""
    there = Decision.objects.filter(claim__application__institution=acting.institution)
    return there.filter(claim__application__faculty=acting.faculty) if acting.faculty_id else there


def decision_for(acting: Appointment | None, pk: int) -> Decision:
    """Return one decision with what its page needs; raises ``Http404`` for strangers."""
    found = decisions_for(acting).filter(pk=pk) if acting else Decision.objects.none()
    one = found.select_related(
        "claim__application__student__person",
        "claim__application__institution",
        "claim__application__faculty",
        "claim__application__programme",
        "claim__target",
        "decided_by__person",
        "decided_by__faculty",
        "decided_by__institution",
        "superseded_by",
    ).first()
    if one is None:
        raise Http404
    return one


def audits_for(acting: Appointment | None) -> QuerySet[Audit]:
    """Return the audits that a role sees: a faculty those of itself."""
    if acting is None or acting.role not in AUDIT_READERS:
        return Audit.objects.none()
    there = Audit.objects.filter(institution=acting.institution)
    return there.filter(faculty=acting.faculty) if acting.faculty_id else there


def audit_for(acting: Appointment | None, pk: int) -> Audit:
    """Return one audit; raises ``Http404`` for strangers."""
    found = (
        audits_for(acting).select_related("faculty", "institution", "opened_by__person").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found
