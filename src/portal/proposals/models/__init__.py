"""What is kept of a course proposal."""

from portal.proposals.models.development import Attendance, Enquiry, Milestone, Task, Workshop
from portal.proposals.models.judging import Evaluation, Partner, Registration, Vetting
from portal.proposals.models.proposal import Attachment, Kind, Member, Proposal, Remark, Version

__all__ = [
    "Attachment",
    "Attendance",
    "Enquiry",
    "Evaluation",
    "Kind",
    "Member",
    "Milestone",
    "Partner",
    "Proposal",
    "Registration",
    "Remark",
    "Task",
    "Version",
    "Vetting",
    "Workshop",
]
