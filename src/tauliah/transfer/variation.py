"""What is tried: claims in order on every basis, and one thing changed on each side of every threshold."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from tauliah.policy.compare import Side
from tauliah.transfer.situation import PROGRAMME_CREDITS, Situation
from tauliah.values.text import Text
from tauliah.values.vocabulary import GRADES, VOCABULARY

USUAL = "usual"
"""The question of a claim in order: what decides on it says which one it is."""

BASES: tuple[tuple[Text, Situation], ...] = (
    (
        Text("Pengajian terdahulu, Diploma ke Sarjana Muda", "Prior study, diploma to bachelor"),
        Situation("prior_study", from_level="diploma"),
    ),
    (
        Text("Pengajian terdahulu, Sarjana Muda ke Sarjana Muda", "Prior study, bachelor to bachelor"),
        Situation("prior_study", from_level="bachelor"),
    ),
    (
        Text("Pengajian terdahulu, Sarjana ke Sarjana", "Prior study, master to master"),
        Situation("prior_study", "master", "master"),
    ),
    (
        Text("Kursus di institusi sendiri", "Course at the own institution"),
        Situation("same_institution", own=True, graded=True),
    ),
    (Text("Mobiliti", "Mobility"), Situation("mobility", graded=True)),
    (Text("Mobiliti, tanpa gred", "Mobility, without the grade"), Situation("mobility")),
    (
        Text("Ijazah dwi, dual atau bersama", "Dual, double or joint award"),
        Situation("dual_award", graded=True),
    ),
    (Text("Tukar program", "Change of programme"), Situation("programme_change", graded=True)),
    (
        Text("Pengajian yang disambung semula", "Resumed study"),
        Situation("resumed_study", from_level="bachelor", graded=True, outcome="withdrawn", cause=True),
    ),
    (
        Text("Pengajian yang diteruskan dari institusi lain", "Study continued from another institution"),
        Situation("continued_study", from_level="bachelor", graded=True, outcome="withdrawn", cause=True),
    ),
    (Text("MOOC", "MOOC"), Situation("mooc")),
    (Text("MOOC, pascasiswazah", "MOOC, postgraduate"), Situation("mooc", "master")),
    (
        Text("Pentauliahan mikro program terakreditasi", "Micro-credential of an accredited programme"),
        Situation("micro_credential", origin="accredited_programme"),
    ),
    (
        Text("Pentauliahan mikro berdiri sendiri", "Stand-alone micro-credential"),
        Situation("micro_credential", origin="stand_alone", verified=False),
    ),
    (
        Text(
            "Pentauliahan mikro berdiri sendiri yang disahkan",
            "Quality-verified stand-alone micro-credential",
        ),
        Situation("micro_credential", origin="stand_alone", verified=True),
    ),
    (Text("APEL(C)", "APEL(C)"), Situation("apel_c")),
    (Text("Program Integrasi", "Integrated programme"), Situation("integrated", "master", "bachelor")),
)
LIMITS = (
    ("vertical_limit", ("vertical_limit", "vertical_limit_accredited"), ("prior_study",)),
    ("mobility_limit", ("mobility_limit", "external_graded_limit"), ("mobility", "dual_award")),
    ("open_learning_limit", ("open_learning_limit", "mooc_limit"), ("mooc",)),
    (
        "stand_alone_limit",
        ("stand_alone_limit", "stand_alone_limit_verified", "open_learning_limit", "consortium_limit"),
        ("micro_credential",),
    ),
    ("apel_c", ("apel_c_limit",), ("apel_c",)),
    (
        "overall_limit",
        ("overall_limit", "integrated_limit"),
        ("prior_study", "mobility", "mooc", "micro_credential", "integrated"),
    ),
)
MPU_PATHS = (
    ("foundation", "diploma"),
    ("foundation", "bachelor"),
    ("certificate", "diploma"),
    ("certificate", "bachelor"),
    ("diploma", "bachelor"),
)


@dataclass(frozen=True)
class Variation:
    """One thing changed in a claim that is otherwise in order, and the question it tests."""

    question: str
    label: Text
    change: Callable[[Situation], Situation]
    bases: tuple[str, ...] = ()

    def of(self, situation: Situation) -> Situation:
        """The situation changed, where it is of a basis that this looks at."""
        return self.change(situation) if not self.bases or situation.basis in self.bases else situation


def situations(sides: Sequence[Side]) -> Iterator[tuple[str, Text, Text, Situation, Situation | None]]:
    """Question, what is changed, basis, the situation, and the one without the change."""
    seen = set()
    listed = variations(sides)
    for basis, usual in BASES:
        yield USUAL, IN_ORDER, basis, usual, None
        for variation in listed:
            changed = variation.of(usual)
            if changed != usual and changed not in seen:
                seen.add(changed)
                yield variation.question, variation.label, basis, changed, usual
    yield from _paths()


IN_ORDER = Text("Semuanya teratur", "Everything in order")
CLAIMS_IN_ORDER = frozenset(situation for _, situation in BASES)


def _paths() -> Iterator[tuple[str, Text, Text, Situation, None]]:
    basis = VOCABULARY["basis"]["prior_study"]
    levels = VOCABULARY["level"]
    for one, name in levels.items():
        for other, target in levels.items():
            situation = Situation("prior_study", other, one)
            if situation in CLAIMS_IN_ORDER:
                continue
            question = "certificate_to_diploma" if (one, other) == ("certificate", "diploma") else "direction"
            label = Text(f"{name.ms} ke {target.ms}", f"{name.en} to {target.en}")
            yield question, label, basis, situation, None
            if (one, other) in MPU_PATHS:
                mpu = Text(f"Kursus MPU, {label.ms}", f"MPU course, {label.en}")
                yield "exemption", mpu, basis, replace(situation, subject="mpu"), None
    research = Text(
        "Metodologi Penyelidikan, Sarjana ke Doktor Falsafah", "Research methodology, master to doctorate"
    )
    yield (
        "direction",
        research,
        basis,
        Situation("prior_study", "doctorate", "master", subject="research_methodology"),
        None,
    )


def variations(sides: Sequence[Side]) -> list[Variation]:
    """Every change worth trying, on each side of each threshold that any side has."""
    return [*_thresholds(sides), *_limits(sides), *_plain()]


def _thresholds(sides: Sequence[Side]) -> Iterator[Variation]:
    for place in sorted({GRADES.index(g) for g in _values(sides, "minimum_grade", "vertical_grade")}):
        for grade in GRADES[place : place + 2]:
            yield _set("minimum_grade", Text(f"gred {grade}", f"grade {grade}"), grade=grade)
    for percent in sorted({int(p) for p in _values(sides, "content_overlap")}):
        for share in (percent, percent - 1):
            label = Text(f"kandungan sama {share} %", f"content overlap {share} %")
            yield _set("content_overlap", label, overlap_percent=share)
    for percent in sorted({int(p) for p in _values(sides, "learning_outcomes")}):
        for share in (percent, percent - 1):
            label = Text(f"hasil pembelajaran terendah {share} %", f"lowest learning outcome {share} %")
            yield _set("apel_c", label, clo_percent=share)
    yield from _clocks(sides)
    yield from _windows(sides)
    for place in sorted({GRADES.index(g) for g in _values(sides, "onsite_minimum_grade")}):
        for grade in GRADES[place : place + 2]:
            label = Text(f"tanpa pengawasan, ujian fakulti {grade}", f"no proctoring, faculty's test {grade}")
            yield _set("verification", label, ("mooc",), proctoring="none", onsite_grade=grade)


def _clocks(sides: Sequence[Side]) -> Iterator[Variation]:
    for years in sorted({int(n) for n in _values(sides, "currency_years")}):
        for days in (0, 1):
            label = Text(
                f"kursus tamat {_years_ms(years, days)}", f"course completed {_years_en(years, days)}"
            )
            yield Variation("currency", label, _taken(years, days))
    for years in sorted({int(n) for n in _values(sides, "resume_within_years")}):
        for days in (0, 1):
            label = Text(
                f"pengajian ditinggalkan {_years_ms(years, days)}", f"studies left {_years_en(years, days)}"
            )
            yield Variation("currency", label, _left(years, days), ("resumed_study", "continued_study"))


def _taken(years: int, days: int) -> Callable[[Situation], Situation]:
    return lambda s: replace(s, taken=(years, days))


def _left(years: int, days: int) -> Callable[[Situation], Situation]:
    """Studies left so long ago; the course was completed on that day at the latest."""
    return lambda s: replace(s, left=(years, days), taken=max(s.taken, (years, days)))


def _years_ms(years: int, days: int) -> str:
    return f"{years} tahun dan sehari lalu" if days else f"tepat {years} tahun lalu"


def _years_en(years: int, days: int) -> str:
    return f"{years} years and a day ago" if days else f"exactly {years} years ago"


def _windows(sides: Sequence[Side]) -> Iterator[Variation]:
    for last in sorted({int(n) for n in _values(sides, "window_semester")} | {1}):
        yield _set("window", Text(f"semester {last + 1}", f"semester {last + 1}"), semester=last + 1)
    for last in sorted({int(n) for n in _values(sides, "window_weeks")}):
        for week in (last, last + 1):
            label = Text(f"minggu {week}", f"week {week}")
            yield _set("window", label, week=week)
            label = Text(f"semester 2, minggu {week}", f"semester 2, week {week}")
            yield _set("window", label, semester=2, week=week)
    yield _set(
        "window",
        Text("semester akhir, minggu 1", "final semester, week 1"),
        final_semester=True,
        semester=8,
    )


def _limits(sides: Sequence[Side]) -> Iterator[Variation]:
    for question, parameters, bases in LIMITS:
        shares = {Fraction(str(value)) for value in _values(sides, *parameters)}
        for most in sorted({int(PROGRAMME_CREDITS * share) for share in shares}):
            for credits in (most, most + 1):
                label = Text(
                    f"{credits} daripada {PROGRAMME_CREDITS} kredit",
                    f"{credits} of {PROGRAMME_CREDITS} credits",
                )
                if question == "vertical_limit":
                    yield from _vertical(sides, label, credits)
                else:
                    yield _set(question, label, bases, credits=credits)


def _vertical(sides: Sequence[Side], label: Text, credits: int) -> Iterator[Variation]:
    """So many credits from a lower level: accredited or not, and around the grade that is asked for."""
    yield _upward(label, credits=credits)
    plain = Text(f"{label.ms}, program belum diakreditasi", f"{label.en}, programme not accredited")
    yield _upward(plain, credits=credits, mqa_accredited=False)
    for place in sorted({GRADES.index(g) for g in _values(sides, "vertical_grade")}):
        for grade in GRADES[place : place + 2]:
            with_grade = Text(f"{label.ms}, gred {grade}", f"{label.en}, grade {grade}")
            yield _upward(with_grade, credits=credits, grade=grade)


def _upward(label: Text, **changes: Any) -> Variation:
    def change(s: Situation) -> Situation:
        return replace(s, **changes) if s.from_level == "diploma" else s

    return Variation("vertical_limit", label, change, ("prior_study",))


def _plain() -> Iterator[Variation]:
    """What has no threshold: yes or no, and words of the contract."""
    studies = ("prior_study", "resumed_study", "continued_study")
    yield Variation(
        "grading_mode",
        Text("cara sebaliknya: dengan atau tanpa gred", "the other way: with or without the grade"),
        lambda s: replace(s, graded=not s.graded),
    )
    yield _set("exemption", Text("kursus MPU", "MPU course"), studies, subject="mpu")
    for outcome, label in VOCABULARY["prior_outcome"].items():
        said = Text(f"pengajian {label.ms}", f"study {label.en}")
        yield _set("prior_outcome", said, studies, outcome=outcome, cause=None)
    for cause, ms, en in (
        (True, "dengan alasan munasabah", "with a reasonable cause"),
        (False, "tanpa alasan munasabah", "without a reasonable cause"),
    ):
        left = Text(f"pengajian berhenti {ms}", f"study withdrawn {en}")
        yield _set("prior_outcome", left, studies, outcome="withdrawn", cause=cause)
    yield _set(
        "quality",
        Text("program asal tidak diakreditasi", "programme of origin not accredited"),
        accredited=False,
    )
    yield Variation(
        "credit_value",
        Text("kurang satu kredit", "one credit short"),
        lambda s: replace(s, source_credits=s.credits - 1),
    )
    yield _set(
        "once", Text("kursus sudah dipindahkan dahulu", "course transferred before"), transferred_before=True
    )
    yield _set("once", Text("kursus sudah dituntut dahulu", "course claimed before"), claimed_before=True)
    yield _set(
        "mobility_limit",
        Text("tiada perjanjian institusi", "no agreement between the institutions"),
        ("mobility", "dual_award"),
        agreement=False,
    )
    yield _set(
        "verification",
        Text("tiada kelulusan terdahulu", "no prior approval"),
        ("mooc", "micro_credential"),
        approved=False,
    )
    for platform, label in VOCABULARY["platform"].items():
        yield _set("verification", label, ("mooc",), platform=platform)
    yield _set("verification", Text("tiada pengawasan", "no proctoring"), ("mooc",), proctoring="none")
    for mode in ("mixed", "research"):
        label = VOCABULARY["mode"][mode]
        said = Text(f"mod {label.ms}", f"mode: {label.en}")
        yield _set("study_mode", said, (*studies, "integrated"), mode=mode, study_mode=mode)
    yield _set("window", Text("pelajar tangguh", "student deferred"), status="deferred")
    yield _set("window", Text("Kedudukan Bersyarat", "on probation"), standing="probation")
    yield _set("residency", Text("kursus institusi sendiri", "the institution's own course"), own=True)


def _set(question: str, label: Text, bases: tuple[str, ...] = (), **changes: Any) -> Variation:
    return Variation(question, label, lambda s: replace(s, **changes), bases)


def _values(sides: Sequence[Side], *parameters: str) -> set[Any]:
    return {row.value for side in sides for name in parameters for row in side.rows(name) or ()}
