"""Rules about the course taken: its grade, content, credits, age and standing."""

from tauliah.policy.expression import (
    FALSE,
    UNKNOWN,
    Choice,
    Compare,
    Constant,
    Known,
    Node,
    YearsBefore,
    any_of,
    every,
    evidence,
    least,
    most,
    settled,
    some,
    total,
    word,
)
from tauliah.policy.rule import Check, Values, rule
from tauliah.transfer.columns import column
from tauliah.values.grade import FIRST_FAILING, PASS_WITHOUT_LETTER

NO_WAIVER = word("waiver", "never")


def _without_letter(grade: Node) -> Node:
    """Unknown for a pass without a letter, which cannot be compared (reading.md, General)."""
    return grade.equals(PASS_WITHOUT_LETTER) & UNKNOWN


def _passed(grade: Node) -> Node:
    return (grade < FIRST_FAILING) | grade.equals(PASS_WITHOUT_LETTER)


@rule("minimum_grade", may_read=("grade_waiver", "exempted_paths", "faculty_minimum"))
def minimum_grade(p: Values) -> Check:
    """Every source has at least the grade the target's level asks for, or the faculty's if stricter.

    Where the pack waives its own minimum, or only exempts from the course, a pass is enough.
    """
    grade, faculty, stated = column("grade"), column("programme_minimum_grade"), p["minimum_grade"]
    stricter = p.optional("faculty_minimum", FALSE) & settled(faculty < stated)
    required = Choice(stricter, faculty, stated)
    waiver = p.optional("grade_waiver", NO_WAIVER)
    waived = any_of(
        (
            waiver.one_of("always"),
            waiver.one_of("own_institution") & column("own_institution"),
            waiver.one_of("with_agreement") & column("partner_agreement"),
        )
    )
    exempting = p.optional("exempted_paths", FALSE)
    pass_is_enough = (waived & ~stricter) | exempting
    reached = (grade <= required) | _without_letter(grade)
    holds = reached | (pass_is_enough & _passed(grade))
    only_a_pass = every(settled(pass_is_enough))
    return Check(
        holds=every(holds),
        found=most(grade),
        required=Choice(only_a_pass, word("grade", "P"), required),
        facts={
            "pass_is_enough": only_a_pass,
            "waiver_open": some(~Known(waived) & ~stricter),
            "faculty_minimum": stricter,
        },
    )


@rule("content_overlap")
def content_overlap(p: Values) -> Check:
    """The sources cover at least the stated share of the target's syllabus."""
    found, required = column("content_overlap"), p["content_overlap"].in_unit("share")
    return Check(holds=found >= required, found=found, required=required)


@rule("learning_outcomes")
def learning_outcomes(p: Values) -> Check:
    """Each course learning outcome was shown to at least the stated percentage."""
    found, required = column("clo_lowest"), p["learning_outcomes"]
    return Check(
        holds=every((found >= required) & column("clo_complete")), found=least(found), required=required
    )


@rule()
def credit_value(p: Values) -> Check:
    """The sources' credits add up to at least the target's; what is known may be enough."""
    found, required = total(column("credits")), column("target_credits")
    open_ = Choice(every(Known(column("credits"))), FALSE, UNKNOWN)
    return Check(
        holds=(found >= required) | open_,
        found=Choice((found >= required) | every(Known(column("credits"))), found, Constant(None, "credits")),
        required=required,
    )


@rule(may_read=("accreditation_by",))
def accreditation(p: Values) -> Check:
    """Every source comes from an accredited programme, or is quality-verified where that stands for it."""
    by = p.optional("accreditation_by", word("assurance", "accreditation"))
    verified = column("quality_verified")
    holds = Choice(by.one_of("quality_verification"), verified, column("accredited")) | by.one_of("not_asked")
    return Check(
        holds=every(holds),
        found=every(holds),
        required=Constant(True),
        facts={"by_verification": every(settled(by.one_of("quality_verification")))},
    )


@rule()
def not_transferred_before(p: Values) -> Check:
    """No source was itself given by transfer or claimed before; either mark being true decides."""
    marks = column("transferred_before"), column("claimed_before")
    used = settled(marks[0]) | settled(marks[1])
    open_course = column("basis").one_of("mooc", "micro_credential")
    told = evidence(Known(marks[0]) | (open_course & Known(marks[1])))
    return Check(holds=every(~used & told), found=some(Choice(used, Constant(True), ~told)), required=FALSE)


@rule("currency_years")
def currency(p: Values) -> Check:
    """Every source was completed no more than the stated years before the application."""
    required = YearsBefore(column("applied_on"), p["currency_years"])
    found = column("completed_on")
    return Check(
        holds=every(Compare(">=", found, required)),
        found=least(found),
        required=required,
        facts={"years": p["currency_years"]},
    )


@rule(may_read=("course_scope",))
def course_scope(p: Values) -> Check:
    """The target is a course of the one subject that this path is open to; else of the own university."""
    if not p.has("course_scope"):
        own = column("own_programme")
        return Check(holds=own, found=own, required=Constant(True))
    found, required = column("subject"), p.given("course_scope")
    return Check(holds=found.equals(required), found=found, required=required)


@rule()
def claimed_once(p: Values) -> Check:
    """No source has served a claim before, nor an earlier claim of this case."""
    claimed = column("claimed_before") | column("claimed_in_case")
    return Check(holds=every(~claimed), found=some(claimed), required=FALSE)


@rule("platforms")
def platform(p: Values) -> Check:
    """Every source comes from a platform that may be used to apply."""
    return Check(holds=every(p["platforms"]), found=most(column("platform")), required=Constant(True))


@rule("verified_by_proctoring", "onsite_minimum_grade")
def verified_completion(p: Values) -> Check:
    """Each completion was verified by proctoring, or the faculty's own test was passed.

    Without a certificate the proctoring shows nothing (readings/utm.md 6).
    """
    grade, required = column("onsite_grade"), p["onsite_minimum_grade"]
    uncertified = settled(column("certificate").one_of("none"))
    proctored = p["verified_by_proctoring"] & Choice(uncertified, UNKNOWN, Constant(True))
    tested = (grade <= required) | _without_letter(grade)
    return Check(
        holds=every(proctored | tested),
        found=most(grade),
        required=required,
        facts={
            "proctored": every(settled(p["verified_by_proctoring"])),
            "tested": every(Known(grade)),
            "uncertified": some(uncertified),
        },
    )
