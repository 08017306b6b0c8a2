"""Codes of the generated columns: the contract's words in a fixed order, units as integers."""

from datetime import date

BASES = ("prior_study", "mooc")
LEVELS = ("foundation", "certificate", "diploma", "advanced_diploma", "bachelor", "master", "doctorate")
GRADES = ("A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "E", "F", "P")
PRIOR_OUTCOMES = ("completed", "in_progress", "withdrawn", "failed", "dismissed")

PRIOR_STUDY, MOOC = 0, 1
DIPLOMA, ADVANCED_DIPLOMA, BACHELOR = 2, 3, 4
GRADE_B, GRADE_C_PLUS, GRADE_P = GRADES.index("B"), GRADES.index("C+"), GRADES.index("P")
COMPLETED = 0

CREDIT = 10_000
"""One credit, in ten-thousandths of a credit."""
WHOLE = 1_000_000
"""The whole syllabus, in millionths."""

OVERLAP = 800_000
YEARS = 5
VERTICAL_PERCENT, ACCREDITED_PERCENT, OPEN_LEARNING_PERCENT, OVERALL_PERCENT = 30, 50, 30, 60


def day(year: int, month: int, number: int) -> int:
    """The date as days since 1970-01-01."""
    return date(year, month, number).toordinal() - date(1970, 1, 1).toordinal()
