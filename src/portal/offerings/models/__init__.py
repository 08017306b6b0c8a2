"""What is kept of an offering, its learners and results."""

from portal.offerings.models.enrolment import TAKING_PART, Enrolment, LeaveRequest
from portal.offerings.models.experience import FollowOn, Survey, SurveyAnswer
from portal.offerings.models.material import Access, Material, Progress, SharingReport
from portal.offerings.models.offering import Duty, Offering, Teacher
from portal.offerings.models.result import Assessment, Mark, Result, ResultSheet

__all__ = [
    "TAKING_PART",
    "Access",
    "Assessment",
    "Duty",
    "Enrolment",
    "FollowOn",
    "LeaveRequest",
    "Mark",
    "Material",
    "Offering",
    "Progress",
    "Result",
    "ResultSheet",
    "SharingReport",
    "Survey",
    "SurveyAnswer",
    "Teacher",
]
