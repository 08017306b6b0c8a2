"""The rules of a claim, by the contract's names: importing this package enters them all."""

from tauliah.policy.rule import rule
from tauliah.transfer.rules import application, course, study

RULES = rule.by_name

ORDER = (
    "student_status",
    "standing",
    "direction",
    "course_scope",
    "prior_outcome",
    "study_mode",
    "partner_agreement",
    "approved_beforehand",
    "grading_mode",
    "window",
    "minimum_grade",
    "content_overlap",
    "learning_outcomes",
    "credit_value",
    "accreditation",
    "not_transferred_before",
    "claimed_once",
    "currency",
    "platform",
    "verified_completion",
)
"""The order in which a result lists the checks: the person, the path, the course."""

__all__ = ["ORDER", "RULES", "application", "course", "study"]
