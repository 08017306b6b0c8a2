"""What is kept of applications, prior approvals and requests."""

from portal.applications.models.agreement import Agreement
from portal.applications.models.application import Application, Claim, PriorStudy, Source
from portal.applications.models.assessment import OnsiteAssessment, OutcomeAssessment
from portal.applications.models.audit import Audit, Finding
from portal.applications.models.decision import Appeal, Decision, Letter, TranscriptEntry
from portal.applications.models.evidence import Evidence, EvidenceRequest, EvidenceUse
from portal.applications.models.procedure import Procedure
from portal.applications.models.requests import AttendanceRequest, PriorApproval
from portal.applications.models.review import CourseReview

__all__ = [
    "Agreement",
    "Appeal",
    "Application",
    "AttendanceRequest",
    "Audit",
    "Claim",
    "CourseReview",
    "Decision",
    "Evidence",
    "EvidenceRequest",
    "EvidenceUse",
    "Finding",
    "Letter",
    "OnsiteAssessment",
    "OutcomeAssessment",
    "PriorApproval",
    "PriorStudy",
    "Procedure",
    "Source",
    "TranscriptEntry",
]
