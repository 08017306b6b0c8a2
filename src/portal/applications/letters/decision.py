"""The letters of decision: what was decided of each claim, why, by which clauses, and what comes next."""

from collections.abc import Iterable
from decimal import Decimal

from portal.accounts.models import Appointment
from portal.applications.actions.concluding import fee_lines
from portal.applications.decided import current_decisions
from portal.applications.letters.claims import (
    Decided,
    clauses_of,
    course_of,
    decided,
    original_grades,
    reasons_of,
    sources_of,
)
from portal.applications.letters.entry import entry_year
from portal.applications.letters.kinds import COPIED
from portal.applications.letters.notices import process_has_appeal
from portal.applications.letters.sheet import Sheet, printed
from portal.applications.models import Application, Decision
from portal.applications.process import process_of
from portal.payments.bridge import fees_of, has_fee
from tauliah.files.letter import Facts, Heading, Items, Notice, Paragraph, Part, Table
from tauliah.values.vocabulary import VOCABULARY

TAKES_COURSE_AFTER_ALL = frozenset({"uthm"})
"""Policies by which a student may ask to take a course after all (UTHM 8)."""


def first_decisions(application: Application) -> dict[int, Decision]:
    """Return the decisions before an appeal: the faculty's, and the Senate's where it was asked."""
    return current_decisions(application, "decision") | current_decisions(application, "senate")


def decision(sheet: Sheet) -> bytes:
    """Print the decision on every claim (UTM 6.4(b); UTHM 17.2)."""
    words, application = sheet.words, sheet.application
    claims = decided(application, first_decisions(application))
    parts: list[Part] = [
        Paragraph(words("matter")),
        Paragraph(
            words(
                "decided",
                reference=application.reference,
                applied_on=words.day(application.applied_on),
                programme=sheet.programme,
                policy=sheet.policy,
                version=sheet.version,
            )
        ),
        Paragraph(counted(sheet, claims)),
        *body(sheet, claims),
        *next_steps(sheet, claims),
    ]
    return printed(sheet, parts, signed_by=signer(claims), copies=copies(sheet))


def appeal_decision(sheet: Sheet) -> bytes:
    """Print the decision on the appeal, which is final (UTM 6.4(d))."""
    words, application = sheet.words, sheet.application
    claims = decided(application, current_decisions(application, "appeal"))
    parts: list[Part] = [
        Paragraph(words("matter")),
        Paragraph(
            words(
                "appeal_decided",
                lodged_on=words.day(application.appeal.lodged_at),
                reference=application.reference,
                policy=sheet.policy,
                version=sheet.version,
            )
        ),
        *body(sheet, claims),
        Notice(words("appeal_final")),
        *after_granting(sheet, claims),
    ]
    return printed(sheet, parts, signed_by=signer(claims), copies=copies(sheet))


def counted(sheet: Sheet, claims: list[Decided]) -> str:
    """Say how many of the courses are approved, with how many credits in all."""
    granted = [each for each in claims if each.granted]
    if not granted:
        return sheet.words("decided_none")
    credits = sheet.words.number(sum((each.decision.credits for each in granted), Decimal(0)))
    if len(granted) == len(claims):
        name = "decided_one" if len(claims) == 1 else "decided_all"
        return sheet.words(name, asked=len(claims), credits=credits)
    refused = len(claims) - len(granted)
    values = {"asked": len(claims), "granted": len(granted), "refused": refused}
    return sheet.words("decided_count", **values, credits=credits)


def body(sheet: Sheet, claims: list[Decided]) -> Iterable[Part]:
    """Return what was decided: a table, the reasons, the clauses, the conditions, the limits."""
    yield outcomes(sheet, claims)
    yield from reasons(sheet, claims)
    yield from clauses(sheet, claims)
    yield from conditions(sheet)
    yield from limits(sheet, claims)


def outcomes(sheet: Sheet, claims: list[Decided]) -> Table:
    """Return the claims with their decisions, original and converted values side by side."""
    words = sheet.words
    columns = ("number", "target", "sources", "outcome", "credits", "grade", "carried")
    rows = [
        (
            f"{place}.",
            course_of(each.claim, words),
            sources_of(each.claim),
            outcome(sheet, each),
            words.number(each.decision.credits) if each.granted else "–",
            original_grades(each.claim),
            each.decision.grade or "–",
        )
        for place, each in enumerate(claims, start=1)
    ]
    return Table(
        tuple(words.column(name) for name in columns), rows, widths=(0, 2.4, 2.4, 1.9, 0, 0, 0), numeric=(4,)
    )


def outcome(sheet: Sheet, each: Decided) -> str:
    """Say what was decided of a claim, with the award as the transcript has it."""
    words = sheet.words
    return f"{words('approved')}: {term(sheet, each)}" if each.granted else words("refused")


def term(sheet: Sheet, each: Decided) -> str:
    """Name an award as the transcript does."""
    named = process_of(sheet.application).terms.get(each.decision.award)
    return sheet.words.text(named or VOCABULARY["award"][each.decision.award])


def reasons(sheet: Sheet, claims: list[Decided]) -> Iterable[Part]:
    """Return why claims were not approved, and why a decision departs from the recommendation."""
    refused = [each for each in claims if not each.granted]
    if refused:
        yield Heading(sheet.words("reasons"))
        yield Facts(tuple((each.claim.target.code, reasons_of(each, sheet.words)) for each in refused))
    overridden = [each for each in claims if each.granted and each.decision.overrides]
    if overridden:
        yield Heading(sheet.words("overridden"))
        yield Facts(tuple((each.claim.target.code, each.decision.reason) for each in overridden))


def clauses(sheet: Sheet, claims: list[Decided]) -> Iterable[Part]:
    """Return the clauses applied to each claim."""
    rows = [(each.claim.target.code, "; ".join(clauses_of(each))) for each in claims]
    if any(listed for _course, listed in rows):
        yield Heading(sheet.words("clauses"))
        yield Facts(tuple(row for row in rows if row[1]))


def conditions(sheet: Sheet) -> Iterable[Part]:
    """Return the conditions of the evaluation, such as residency."""
    words = sheet.words
    found = (sheet.application.result or {}).get("conditions", ())
    told = [
        f"{words.text(each['label'])}: {words.text(each.get('message'))} ({'; '.join(each['clauses'])})"
        for each in found
    ]
    if told:
        yield Heading(words("conditions"))
        yield Items(told)


def limits(sheet: Sheet, claims: list[Decided]) -> Iterable[Part]:
    """Return the room under each limit, where the decisions are those that the evaluation counted."""
    if any(each.decision.overrides for each in claims):
        return
    words = sheet.words
    rows = [
        (
            words.text(limit["label"]),
            words.number((limit.get("granted_credits") or 0) + limit["accepted_credits"]),
            words.number(limit["limit_credits"]),
            "; ".join(limit["clauses"]),
        )
        for limit in (sheet.application.result or {}).get("limits", ())
        if limit["limit_credits"] is not None
    ]
    if rows:
        yield Heading(words("limits"))
        header = tuple(words.column(name) for name in ("limit", "used", "most", "clauses"))
        yield Table(header, rows, widths=(3, 0, 0, 3), numeric=(1, 2))


def next_steps(sheet: Sheet, claims: list[Decided]) -> Iterable[Part]:
    """Return what follows: fee, transcript, appeal with its fee, taking the course."""
    words, application = sheet.words, sheet.application
    yield from after_granting(sheet, claims)
    if all(each.granted for each in claims):
        return
    told = [words("attend")]
    if process_has_appeal(application):
        told.append(words("next_appeal"))
        if has_fee(application.policy, "appeal", application.applied_on):
            fee = fees_of(application.policy, "appeal", level=application.programme.level)["total"]
            told[-1] = f"{told[-1]} {words('next_appeal_fee', total=words.money(fee))}"
    else:
        told.append(words("next_no_appeal", faculty=sheet.faculty))
    if not any(each.granted for each in claims):
        yield Heading(words("next"))
    yield Items(told)


def after_granting(sheet: Sheet, claims: list[Decided]) -> Iterable[Part]:
    """Return what follows for what was granted."""
    words, application = sheet.words, sheet.application
    granted = [each for each in claims if each.granted]
    if not granted:
        return
    yield Heading(words("next"))
    told = []
    fee = sum(
        (Decimal(line["amount"]) for each in granted for line in fees_for(application, each)), Decimal(0)
    )
    if fee:
        told.append(words("next_fee", total=words.money(fee)))
    terms = ", ".join(dict.fromkeys(term(sheet, each) for each in granted))
    told.append(words("next_transcript", term=f"“{terms}”"))
    if application.policy in TAKES_COURSE_AFTER_ALL:
        told.append(words("next_take"))
    if year := entry_year(application, claims):
        told.append(words("next_entry", year=year))
    yield Items(told)


def fees_for(application: Application, each: Decided) -> list[dict[str, str]]:
    """Return the lines of the transfer fee of a granted claim whose amounts are known."""
    return [line for line in fee_lines(application, each.claim) if line["amount"]]


def signer(claims: list[Decided]) -> Appointment | None:
    """Return who signs: the one who decided last."""
    latest = max(claims, key=lambda each: each.decision.decided_at, default=None)
    return latest.decision.decided_by if latest else None


def copies(sheet: Sheet) -> tuple[str, ...]:
    """Return who gets a copy."""
    words = sheet.words
    if sheet.application.policy in COPIED:
        return (words("administrator"), words("student_file"))
    return (words("student_file"),)
