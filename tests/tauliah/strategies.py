"""Valid transfer cases for Hypothesis, with values drawn from around every threshold of the packs."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tauliah.transfer.case import STUDY_BASES
from tauliah.values.vocabulary import WORDS

Document = dict[str, Any]


def mostly(good: Any, *others: Any) -> st.SearchStrategy[Any]:
    """The value that passes nine times in ten, else one of the others, so that many claims pass."""
    return st.sampled_from([good] * (9 * len(others)) + list(others))


YES = mostly(True, False, None)
NO = mostly(False, True, None)
OVERLAPS = mostly(Decimal("0.8"), *map(Decimal, ("1", "0.79", "0.7999999", "0")), None)
CREDITS = st.sampled_from([1, 2, 3, 3, 3, 4, 6, 12, 18, 20, Decimal("2.5"), Decimal("0.5")])
GRADES = st.sampled_from(["B", "B", "B", "B-", "C+"]) | st.sampled_from([*WORDS["grade"], None])
PERCENTS = mostly(None, 0, 20, 30, Decimal("33.3"), 40, 50, 60, 80, 100)
GRADED = ("same_institution", "dual_award", "programme_change", "resumed_study", "continued_study")


@dataclass(frozen=True)
class Policy:
    """What is drawn for a pack: days around its changes, levels, institutions, bases."""

    name: str
    days: tuple[str, ...]
    institutions: tuple[str | None, ...]
    bases: tuple[str, ...]


UTHM = Policy(
    "uthm",
    ("2025-09-15", "2025-02-28", "2025-03-01", "2028-02-29", "2019-12-31", "2020-01-01"),
    ("UTHM", "Universiti Tun Hussein Onn Malaysia", "Universiti Malaya", "Politeknik Merlimau", None),
    tuple(WORDS["basis"]),
)
MQA = Policy(
    "mqa",
    ("2025-02-17", "2010-12-27", "2010-12-28", "2016-05-22", "2016-05-23", "2028-02-29"),
    ("Universiti Malaysia Sabah", "Universiti Sains Malaysia", None),
    tuple(
        basis for basis in WORDS["basis"] if basis not in ("mooc", "micro_credential", "apel_c", "integrated")
    ),
)
POLICIES = (UTHM, MQA)


def words(vocabulary: str, *, but: tuple[str, ...] = ()) -> st.SearchStrategy[str | None]:
    """A word of a vocabulary, or none."""
    return st.sampled_from([*(word for word in WORDS[vocabulary] if word not in but), None])


def five_years_before(day: date) -> date:
    """The day whose fifth anniversary is `day`, or the day after where there is none."""
    return day.replace(year=day.year - 5) if (day.month, day.day) != (2, 29) else date(day.year - 5, 3, 1)


def days_before(day: date) -> st.SearchStrategy[str | None]:
    """Days up to `day`, most of them next to the fifth anniversary, as a case writes them."""
    edge = five_years_before(day)
    leap = [date(2024, 2, 29)] if date(2024, 2, 29) <= day else []
    others = (edge - timedelta(days=1), edge, edge + timedelta(days=1), *leap)
    return mostly(day.isoformat(), *(other.isoformat() for other in others), None)


def study(
    policy: Policy, day: date, identifier: str, level: str, outcome: str
) -> st.SearchStrategy[Document]:
    """A prior study that mostly is as told."""
    return st.fixed_dictionaries(
        {
            "id": st.just(identifier),
            "institution": st.sampled_from(policy.institutions),
            "level": mostly(level, *WORDS["level"], None),
            "mode": mostly("coursework", "mixed", "research", None),
            "outcome": mostly(outcome, *WORDS["prior_outcome"], None),
            "withdrawn_with_cause": YES,
            "ended_on": days_before(day),
            "accredited": YES,
            "also_holds_diploma": st.sampled_from([True, False, None]),
        }
    )


@st.composite
def studies(draw: st.DrawFn, policy: Policy, day: date, level: str) -> list[Document]:
    """A study below the programme's level, one beside it, and one that was left."""
    below = {"diploma": "certificate", "bachelor": draw(st.sampled_from(["diploma", "advanced_diploma"]))}
    rungs = WORDS["level"]
    lower = below.get(level, rungs[max(rungs.index(level) - 1, 0)])
    left = draw(st.sampled_from(["withdrawn", "in_progress"]))
    return [
        draw(study(policy, day, "below", lower, "completed")),
        draw(study(policy, day, "beside", level, "completed")),
        draw(study(policy, day, "left", level, left)),
    ]


def study_for(basis: str) -> st.SearchStrategy[str]:
    """The id of a study that suits the basis."""
    if basis in ("resumed_study", "continued_study"):
        return mostly("left", "beside", "below")
    return mostly("below", "left") if basis == "integrated" else st.sampled_from(["below", "below", "beside"])


def sources(policy: Policy, day: date, basis: str, credits: Any) -> st.SearchStrategy[Document]:
    """A source for a claim on this basis; where the basis needs a study it names one."""
    named = basis in (*STUDY_BASES, "integrated")
    outcome = mostly(50, 49, Decimal("49.9"), 80, None)
    return st.fixed_dictionaries(
        {
            "code": st.sampled_from(["X1", "X2", "X3", "X4", None]),
            "credits": mostly(credits, 1, None),
            "grade": GRADES,
            "completed_on": days_before(day),
            "transferred_before": NO,
        }
        | ({"study": study_for(basis)} if named else {"institution": st.sampled_from(policy.institutions)})
        | ({} if named else {"accredited": YES, "claimed_before": NO})
        | (
            {"origin": mostly("accredited_programme", "stand_alone", None)}
            if basis == "micro_credential"
            else {}
        )
        | (
            {"clo_percent": st.fixed_dictionaries({"CLO1": outcome, "CLO2": outcome})}
            if basis == "apel_c"
            else {}
        ),
        optional={"level": words("level"), "quality_verified": YES} if draws_more(basis) else {},
    )


def draws_more(basis: str) -> bool:
    """Whether a source of this basis may carry a level and a quality mark of its own."""
    return basis in ("mobility", "programme_change", "micro_credential")


@st.composite
def claims(draw: st.DrawFn, policy: Policy, day: date, code: str, level: str) -> Document:
    """A claim for the target `code` of a programme of that level."""
    favoured = "integrated" if level == "master" and "integrated" in policy.bases else "prior_study"
    basis = draw(st.sampled_from([*policy.bases, favoured, favoured]))
    credits = draw(CREDITS)
    special = [word for word in WORDS["subject"] if word != "none"]
    return {
        "target": {
            "code": code,
            "credits": credits,
            "subject": draw(mostly(None, *special) | st.sampled_from(special)),
        },
        "basis": basis,
        "graded": draw(mostly(basis in GRADED, basis not in GRADED)),
        "content_overlap": draw(OVERLAPS),
        "partner_agreement": draw(YES),
        "approved_beforehand": draw(YES),
        "sources": draw(
            st.lists(
                sources(policy, day, basis, credits),
                min_size=1,
                max_size=2,
                unique_by=lambda source: source["code"],
            )
        ),
    }


PROGRAMMES = st.fixed_dictionaries(
    {
        "institution": st.just("UTHM"),
        "level": mostly("bachelor", *WORDS["level"]) | st.sampled_from(["master", "diploma", "bachelor"]),
        "mode": mostly("coursework", "mixed", "research", None),
        "graduating_credits": st.sampled_from([10, 20, 40, 120, 121, 125, Decimal("33.5")]),
        "mqa_accredited": st.sampled_from([True, True, False, None]),
    },
    optional={
        "duration_years": st.sampled_from([3, Decimal("3.5"), 4, 0, None]),
        "minimum_grade": mostly(None, "A-", "B", "C+", "D"),
        "standard_limit_percent": PERCENTS,
        "professional_limit_percent": PERCENTS,
        "coursework_credits": st.sampled_from([5, 20, None]),
    },
)
STUDENTS = st.fixed_dictionaries(
    {
        "standing": mostly("good", "probation", "fail", None),
        "semester": mostly(1, 2, None),
        "week": mostly(2, 1, 3, None),
    },
    optional={"status": words("status"), "final_semester": st.sampled_from([True, False, None])},
)


@st.composite
def grants(draw: st.DrawFn) -> list[Document]:
    """Credits granted earlier, most often none."""
    limits = (
        "vertical_limit",
        "overall_limit",
        "open_learning_limit",
        "external_graded_limit",
        "mobility_limit",
    )
    row = st.fixed_dictionaries(
        {
            "credits": st.sampled_from([0, 1, 3, 6, 30, Decimal("1.5")]),
            "limits": st.lists(st.sampled_from(limits), unique=True, max_size=3),
        }
    )
    return draw(st.just([]) | st.lists(row, max_size=2))


@st.composite
def cases(draw: st.DrawFn, policy: Policy, *, most_claims: int = 5, repeated: bool = True) -> Document:
    """A valid case; with `repeated`, some of its claims may be for the same target."""
    day = date.fromisoformat(draw(st.sampled_from(policy.days)))
    count = draw(st.integers(1, most_claims))
    codes = [f"T{draw(st.integers(1, count)) if repeated else i}" for i in range(1, count + 1)]
    programme = draw(PROGRAMMES)
    prior = draw(studies(policy, day, programme["level"]))
    if policy is MQA:
        programme = programme | {"institution": policy.institutions[0]}
    return {
        "kind": "transfer",
        "policy": policy.name,
        "applied_on": day.isoformat(),
        "student": draw(STUDENTS),
        "programme": programme,
        "prior_studies": prior,
        "granted": draw(grants()),
        "claims": [draw(claims(policy, day, code, programme["level"])) for code in codes],
    }


def any_case(*, most_claims: int = 5, repeated: bool = True) -> st.SearchStrategy[Document]:
    """A valid case of either pack."""
    return st.one_of([cases(policy, most_claims=most_claims, repeated=repeated) for policy in POLICIES])


LONG_AGO = st.sampled_from(["1990-01-01", "2009-06-30"])
UNKNOWNS: dict[str, st.SearchStrategy[Any]] = {
    "standing": st.sampled_from(WORDS["standing"]),
    "semester": st.integers(1, 3),
    "week": st.integers(1, 4),
    "final_semester": st.booleans(),
    "mode": st.sampled_from(WORDS["mode"]),
    "mqa_accredited": st.booleans(),
    "institution": st.sampled_from(["UTHM", "Universiti Malaysia Sabah", "Universiti Malaya"]),
    "level": st.sampled_from(WORDS["level"]),
    "outcome": st.sampled_from(WORDS["prior_outcome"]),
    "withdrawn_with_cause": st.booleans(),
    "ended_on": LONG_AGO,
    "accredited": st.booleans(),
    "also_holds_diploma": st.booleans(),
    "content_overlap": st.sampled_from([Decimal("0.79"), Decimal("0.8")]),
    "partner_agreement": st.booleans(),
    "approved_beforehand": st.booleans(),
    "credits": st.sampled_from([0, 1, 20]),
    "grade": st.sampled_from(WORDS["grade"]),
    "completed_on": LONG_AGO,
    "transferred_before": st.booleans(),
    "claimed_before": st.booleans(),
    "origin": st.sampled_from(WORDS["origin"]),
    "quality_verified": st.booleans(),
}
"""What a key that is null may turn out to be; keys whose null is a value of its own are not here."""

OF_SOURCE = ("credits", "grade", "completed_on", "transferred_before", "accredited", "claimed_before")
OF_CLAIM = ("content_overlap", "partner_agreement", "approved_beforehand")
OF_STUDY = ("level", "outcome", "withdrawn_with_cause", "ended_on", "accredited", "institution", "mode")


def unknowns_of(document: Document) -> list[tuple[Document, str]]:
    """The places in a case that are not known: the part, and the key in it."""
    parts = [(document["student"], ("standing", "semester", "week", "final_semester"))]
    parts.append((document["programme"], ("mode", "mqa_accredited")))
    parts += [(prior, (*OF_STUDY, "also_holds_diploma")) for prior in document["prior_studies"]]
    for claim in document["claims"]:
        parts.append((claim, OF_CLAIM))
        parts += [(source, (*OF_SOURCE, "institution", "origin")) for source in claim["sources"]]
    return [(part, key) for part, keys in parts for key in keys if key in part and _open(part, key)]


def _open(part: Document, key: str) -> bool:
    # One of the two marks tells enough: the other adds nothing to a course that was not used before.
    other = {"transferred_before": "claimed_before", "claimed_before": "transferred_before"}.get(key)
    return part[key] is None and (other is None or part.get(other) is None)
