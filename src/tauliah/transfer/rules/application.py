"""Rules about the application: who applies, when, and what is asked for."""

from tauliah.policy.expression import Choice, Constant, Known, any_of, word
from tauliah.policy.rule import Check, Values, rule
from tauliah.transfer.columns import column


@rule("student_status")
def student_status(p: Values) -> Check:
    """The student's status is the one the policy asks for."""
    found, required = column("status"), p["student_status"]
    return Check(holds=found.equals(required), found=found, required=required)


@rule("standing")
def standing(p: Values) -> Check:
    """The student's academic standing is the one the policy asks for."""
    found, required = column("standing"), p["standing"]
    return Check(holds=found.equals(required), found=found, required=required)


@rule("window", may_read=("window_semester", "window_weeks"))
def window(p: Values) -> Check:
    """The application is made inside its window."""
    kind = p["window"]
    last_semester = p.optional("window_semester", Constant(0, "count"))
    last_week = p.optional("window_weeks", Constant(0, "count"))
    semester, week, final = column("semester"), column("week"), column("final_semester")
    in_semester = kind.one_of("first_semester")
    holds = any_of(
        (
            kind.one_of("any_time"),
            in_semester & (semester <= last_semester),
            kind.one_of("first_weeks") & ((week <= last_week) | final),
            kind.one_of("until_week") & (week <= last_week) & ~final,
        )
    )
    return Check(
        holds=holds,
        found=Choice(in_semester, semester, week),
        required=Choice(in_semester, last_semester, last_week),
        facts={"window": kind, "final_semester": final, "week_given": Known(week)},
    )


@rule("approval_before")
def approved_beforehand(p: Values) -> Check:
    """The faculty approved the course first."""
    found = column("approved_beforehand")
    return Check(
        holds=found, found=found, required=Constant(True), facts={"approval_before": p["approval_before"]}
    )


@rule("grading_mode")
def grading_mode(p: Values) -> Check:
    """What is asked for, with or without the grade, is open to this basis."""
    mode, graded = p["grading_mode"], column("graded")
    asked = Choice(graded, word("grading", "with_grade"), word("grading", "without_grade"))
    return Check(holds=mode.one_of("either") | mode.equals(asked), found=asked, required=mode)
