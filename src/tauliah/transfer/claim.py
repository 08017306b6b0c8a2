"""A valid case as the rows that the policy's functions read: integers, booleans, unknowns."""

from decimal import Decimal
from typing import Any

from tauliah.transfer.case import Claim, PriorStudy, Source, Student, TransferCase
from tauliah.values import credit, day, share
from tauliah.values.vocabulary import CODES

Row = dict[str, Any]
Certificate = tuple[str | None, ...]


def case_row(case: TransferCase, names: tuple[str, ...]) -> Row:
    """What the case says of the student, the programme and the day."""
    student, programme = case.student or Student(), case.programme
    return {
        "applied_on": day.to_number(case.applied_on),
        "status": _code("status", student.status),
        "standing": _code("standing", student.standing),
        "semester": student.semester,
        "week": student.week,
        "final_semester": student.final_semester,
        "programme_level": _code("level", programme.level),
        "programme_mode": _code("mode", programme.mode),
        "graduating_credits": credit.to_units(programme.graduating_credits),
        "coursework_credits": _credits(programme.coursework_credits),
        "duration_hundredths": None
        if programme.duration_years is None
        else int(programme.duration_years * 100),
        "mqa_accredited": programme.mqa_accredited,
        "programme_minimum_grade": _code("grade", programme.minimum_grade),
        "standard_limit_percent": _percent(programme.standard_limit_percent),
        "professional_limit_percent": _percent(programme.professional_limit_percent),
        "own_programme": _plain(programme.institution) in {_plain(name) for name in names},
    }


def claim_rows(case: TransferCase, names_of_institution: tuple[str, ...]) -> list[Row]:
    """What the case says of each claim, its sources under `sources`, studies merged into them."""
    seen: set[Certificate] = set()
    return [_claim_row(case, claim, names_of_institution, seen) for claim in case.claims]


def _claim_row(case: TransferCase, claim: Claim, names: tuple[str, ...], seen: set[Certificate]) -> Row:
    earlier = set(seen)
    seen.update(_certificate(source) for source in claim.sources if claim.basis == "mooc")
    return {
        "basis": _code("basis", claim.basis),
        "graded": claim.graded is True,
        "subject": _code("subject", claim.target.subject or "none"),
        "target_credits": credit.to_units(claim.target.credits),
        "content_overlap": None if claim.content_overlap is None else share.to_units(claim.content_overlap),
        "partner_agreement": claim.partner_agreement,
        "approved_beforehand": claim.approved_beforehand,
        "sources": [_source_row(case, claim, source, names, earlier) for source in claim.sources],
    }


def _certificate(source: Source) -> Certificate:
    """What tells one MOOC from another: platform, institution and code (readings/utm.md 15)."""
    return tuple(part and _plain(part) for part in (source.platform, source.institution, source.code))


def _source_row(
    case: TransferCase, claim: Claim, source: Source, names: tuple[str, ...], earlier: set[Certificate]
) -> Row:
    study = case.study(source.study) or PriorStudy(id="none")
    level = source.level or study.level
    institution = source.institution or study.institution
    return {
        "credits": _credits(source.credits),
        "grade": _code("grade", source.grade),
        "completed_on": _day(source.completed_on),
        "transferred_before": source.transferred_before,
        "claimed_before": source.claimed_before,
        "level": _code("level", level),
        "level_compared": source.study is not None or level is not None or claim.basis == "integrated",
        "study_named": source.study is not None,
        "accredited": study.accredited if source.accredited is None else source.accredited,
        "own_institution": _own(claim, institution, case.programme.institution, names),
        "prior_outcome": _code("prior_outcome", study.outcome),
        "withdrawn_with_cause": study.withdrawn_with_cause,
        "ended_on": _day(study.ended_on),
        "study_mode": _code("mode", study.mode),
        "also_holds_diploma": study.also_holds_diploma,
        "origin": _code("origin", source.origin),
        "quality_verified": source.quality_verified,
        "platform": _platform(source.platform),
        "certificate": _code("certificate", source.certificate),
        "proctoring": _code("proctoring", source.proctoring),
        "onsite_grade": _code("grade", source.onsite_grade),
        "claimed_in_case": source.code is not None and _certificate(source) in earlier,
        "clo_lowest": _lowest(source.clo_percent),
        "clo_complete": _complete(source.clo_percent),
    }


def _own(claim: Claim, institution: str | None, programme: str, names: tuple[str, ...]) -> bool | None:
    """Whether a source is the deciding institution's own, which may go by several names."""
    if institution is None:
        return True if claim.basis == "same_institution" else None
    one, other = _plain(institution), _plain(programme)
    known = {_plain(name) for name in names}
    return one == other or (one in known and other in known)


def _platform(name: str | None) -> int | None:
    codes = CODES["platform"]
    if name is None:
        return None
    plain = "".join(_plain(name).split()).removesuffix(".org").removesuffix(".com")
    return codes.get(plain, codes["other"])


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _lowest(percents: dict[str, Decimal | None] | None) -> int | None:
    known = [value for value in (percents or {}).values() if value is not None]
    return share.percent_to_units(min(known)) if known else None


def _complete(percents: dict[str, Decimal | None] | None) -> bool | None:
    return True if percents and None not in percents.values() else None


def _code(vocabulary: str, value: str | None) -> int | None:
    return None if value is None else CODES[vocabulary][value]


def _credits(value: Decimal | None) -> int | None:
    return None if value is None else credit.to_units(value)


def _percent(value: Decimal | None) -> int | None:
    return None if value is None else share.percent_to_units(value)


def _day(value: Any) -> int | None:
    return None if value is None else day.to_number(value)
