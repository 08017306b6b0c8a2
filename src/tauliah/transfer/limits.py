"""The limits, by the contract's names: up to how many credits a claim may fill each.

A percentage or fraction of credits becomes whole credits by rounding down (reading.md, General).
"""

from fractions import Fraction

from tauliah.policy.expression import (
    Choice,
    Constant,
    Known,
    Node,
    Table,
    settled,
    word,
)
from tauliah.policy.rule import Limit, Values, limit
from tauliah.transfer.columns import DERIVED, column
from tauliah.values.credit import UNITS_PER_CREDIT
from tauliah.values.share import UNITS_PER_WHOLE

LIMITS = limit.by_name

ORDER = (
    "vertical_limit",
    "horizontal_limit",
    "mobility_limit",
    "external_graded_limit",
    "open_learning_limit",
    "mooc_limit",
    "apel_c_limit",
    "stand_alone_limit",
    "consortium_limit",
    "integrated_limit",
    "overall_limit",
)


def part_of(credits: Node, fraction: Table) -> Node:
    """A fraction of credits, rounded down to whole credits."""

    def numerator(value: object) -> int:
        return Fraction(str(value)).numerator

    def denominator(value: object) -> int:
        return Fraction(str(value)).denominator * UNITS_PER_CREDIT

    whole = (credits * fraction.map(numerator)) // fraction.map(denominator)
    return whole * UNITS_PER_CREDIT


def percent_of(credits: Node, percent: Node) -> Node:
    """A percentage given by the case, of credits, rounded down to whole credits."""
    return ((credits * percent) // (UNITS_PER_WHOLE * UNITS_PER_CREDIT)) * UNITS_PER_CREDIT


def of_programme(fraction: Table) -> Node:
    """A fraction of the programme's graduating credits, in whole credits."""
    return part_of(column("graduating_credits"), fraction)


@limit(
    "vertical_limit",
    may_read=("vertical_limit_accredited", "vertical_grade", "advanced_diploma_years", "standard_limit"),
)
def vertical_limit(p: Values) -> Limit:
    """Credits from a lower level: the general share, or the larger one the pack opens to some claims."""
    ordinary = of_programme(p["vertical_limit"])
    if p.has("vertical_limit_accredited"):
        return _accredited_limit(p, ordinary)
    if p.has("advanced_diploma_years"):
        return _advanced_diploma_limit(p, ordinary)
    return Limit(_within_standard(p, ordinary))


def _within_standard(p: Values, stated: Node) -> Node:
    """The stated limit, replaced or narrowed by the programme standard as the pack says."""
    standard = column("standard_limit_percent")
    of_standard = percent_of(column("graduating_credits"), standard)
    how = p.optional("standard_limit", word("standard_limit", "when_stricter"))
    stricter = settled(of_standard < stated)
    applies = Choice(how.one_of("replaces"), Known(standard), stricter)
    return Choice(applies, of_standard, stated)


def _accredited_limit(p: Values, ordinary: Node) -> Limit:
    """An accredited programme goes further, the credits beyond from the better grades only."""
    accredited = settled(column("mqa_accredited"))
    top = _within_standard(
        p, Choice(accredited, of_programme(p.given("vertical_limit_accredited")), ordinary)
    )
    good_enough = settled(DERIVED["lowest_grade"] <= p.optional("vertical_grade", word("grade", "A+")))
    below = _within_standard(p, ordinary)
    return Limit(ceiling=Choice(good_enough, top, below), shown=top)


def _advanced_diploma_limit(p: Values, ordinary: Node) -> Limit:
    """An advanced diploma held beside a diploma opens a number of years of study."""
    years = p.optional("advanced_diploma_years", Constant(0, "count"))
    duration, credits = column("duration_hundredths"), column("graduating_credits")
    some_duration = settled(duration > 0)
    divisor = Choice(some_duration, duration, Constant(1, "count"))
    of_years = ((credits * years * 100) // (divisor * UNITS_PER_CREDIT)) * UNITS_PER_CREDIT
    held = DERIVED["from_level"].one_of("advanced_diploma") & DERIVED["holds_diploma_too"]
    opened = some_duration & settled(held)
    narrowed = _within_standard(p, ordinary)
    standard_is_stricter = settled(narrowed < ordinary)
    return Limit(ceiling=Choice(opened & ~standard_is_stricter, of_years, narrowed))


@limit()
def horizontal_limit(p: Values) -> Limit:
    """A second qualification at the same level: no limit."""
    return Limit(ceiling=None)


@limit("mobility_limit")
def mobility_limit(p: Values) -> Limit:
    """Courses taken elsewhere during the programme."""
    return Limit(of_programme(p["mobility_limit"]))


@limit("external_graded_limit")
def external_graded_limit(p: Values) -> Limit:
    """Courses of other institutions carried over with their grade."""
    return Limit(of_programme(p["external_graded_limit"]))


@limit("open_learning_limit")
def open_learning_limit(p: Values) -> Limit:
    """MOOC, micro-credentials and APEL.C together."""
    return Limit(of_programme(p["open_learning_limit"]))


@limit("mooc_limit")
def mooc_limit(p: Values) -> Limit:
    """MOOC, as a share of the programme's coursework; a programme by research alone has none."""
    coursework, graduating = column("coursework_credits"), column("graduating_credits")
    base = Choice(Known(coursework), coursework, graduating)
    by_research = settled(column("programme_mode").one_of("research"))
    return Limit(Choice(by_research, Constant(0, "credits"), part_of(base, p["mooc_limit"])))


@limit("stand_alone_limit", "stand_alone_limit_verified")
def stand_alone_limit(p: Values) -> Limit:
    """Stand-alone micro-credentials: further where their quality is verified."""
    verified = DERIVED["all_verified"]
    wider, ordinary = of_programme(p["stand_alone_limit_verified"]), of_programme(p["stand_alone_limit"])
    return Limit(Choice(verified, wider, ordinary))


@limit("consortium_limit")
def consortium_limit(p: Values) -> Limit:
    """Micro-credentials of other institutions' accredited programmes."""
    return Limit(of_programme(p["consortium_limit"]))


@limit("apel_c_limit")
def apel_c_limit(p: Values) -> Limit:
    """APEL.C alone."""
    return Limit(of_programme(p["apel_c_limit"]))


@limit("integrated_limit")
def integrated_limit(p: Values) -> Limit:
    """Master courses taken as a bachelor student."""
    return Limit(of_programme(p["integrated_limit"]))


@limit("overall_limit")
def overall_limit(p: Values) -> Limit:
    """Everything together; an accrediting or professional body's figure takes its place."""
    professional = column("professional_limit_percent")
    of_body = percent_of(column("graduating_credits"), professional)
    return Limit(Choice(Known(professional), of_body, of_programme(p["overall_limit"])))
