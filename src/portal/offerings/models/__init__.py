"""What is kept of an offering, its learners and results."""

from portal.offerings.models.enrolment import TAKING_PART, Enrolment, LeaveRequest
from portal.offerings.models.experience import FollowOn, Survey, SurveyAnswer
from portal.offerings.models.keeping import Guide, Paper, Platform
from portal.offerings.models.material import Access, Material, Progress, SharingReport
from portal.offerings.models.offering import Duty, Offering, Teacher
from portal.offerings.models.result import Assessment, Mark, Result, ResultSheet
from portal.offerings.models.upload import ListUpload

__all__ = [
    "TAKING_PART",
    "Access",
    "Assessment",
    "Duty",
    "Enrolment",
    "FollowOn",
    "Guide",
    "LeaveRequest",
    "ListUpload",
    "Mark",
    "Material",
    "Offering",
    "Paper",
    "Platform",
    "Progress",
    "Result",
    "ResultSheet",
    "SharingReport",
    "Survey",
    "SurveyAnswer",
    "Teacher",
]
