"""Forms filled in: the approval certificate, the exemption form, and the two checklists."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from portal.applications.actions.concluding import is_granted
from portal.applications.decided import final_decisions
from portal.applications.letters.claims import (
    claims_with_sources,
    course_of,
    decided,
    original_grades,
    reasons_of,
    sources_of,
)
from portal.applications.letters.decision import signer, term
from portal.applications.letters.notices import claimed
from portal.applications.letters.sheet import Sheet, signatory
from portal.applications.models import OnsiteAssessment
from portal.applications.process import process_of
from portal.records.register import entries_about
from tauliah.files.form import Form, FormPart, Signed, Tick, Ticks, form_pdf
from tauliah.files.letter import Facts, Heading, Letter, Paragraph, Table, letter_pdf
from tauliah.policy.process import Item


def whose(sheet: Sheet) -> Facts:
    """Return the student and the studies, as forms begin."""
    application, words = sheet.application, sheet.words
    student = application.student
    rows = [
        (words.fact("student"), student.person.name),
        (words.fact("identity"), student.person.identity_number),
        (words.fact("matric"), student.matric),
        (words.fact("programme"), sheet.programme),
        (words.fact("faculty"), sheet.faculty),
        (words.fact("semester"), application.semester.label if application.semester else ""),
        (words.fact("reference"), application.reference),
        (words.fact("applied_on"), words.day(application.applied_on)),
    ]
    return Facts(tuple(row for row in rows if row[1]))


def approval_certificate(sheet: Sheet) -> bytes:
    """Print the certificate of what was granted (UTM Jadual 5(5)(v))."""
    application, words = sheet.application, sheet.words
    claims = decided(application, {k: d for k, d in final_decisions(application).items() if is_granted(d)})
    credits = sum((each.decision.credits for each in claims), Decimal(0))
    signed_by = signer(claims)
    facts = whose(sheet).rows
    rows = [
        (
            f"{place}.",
            course_of(each.claim, words),
            sources_of(each.claim),
            term(sheet, each),
            words.number(each.decision.credits),
            each.decision.grade or "–",
        )
        for place, each in enumerate(claims, start=1)
    ]
    columns = ("number", "target", "sources", "outcome", "credits", "carried")
    letter = Letter(
        sheet.institution,
        sheet.language,
        sheet.day,
        words.title("approval_certificate"),
        (
            Paragraph(words("certified", policy=sheet.policy, version=sheet.version)),
            Facts(
                (
                    *facts,
                    (words.fact("approved_on"), words.day(application.decided_at or timezone.now())),
                )
            ),
            Table(
                tuple(words.column(name) for name in columns),
                rows,
                widths=(0, 2.4, 2.6, 1.6, 0, 0),
                numeric=(4,),
            ),
            Facts(((words.fact("credits"), words.number(credits)),)),
        ),
        reference=sheet.reference,
        signatories=(signatory(signed_by),) if signed_by else (),
        salutation="",
        closing=(),
        valediction="",
    )
    return letter_pdf(letter)


def exemption_form(sheet: Sheet) -> bytes:
    """Print the course exemption form, filled in (UTHM 17)."""
    application, words = sheet.application, sheet.words
    student = application.student
    studies = {s.study for c in claims_with_sources(application) for s in c.sources.all() if s.study}
    more = [
        (words.fact("email"), student.person.email),
        (words.fact("phone"), student.person.phone),
        (words.fact("prior"), sorted(str(study) for study in studies)),
    ]
    parts: list[FormPart] = [
        Facts((*whose(sheet).rows, *(row for row in more if row[1]))),
        Heading(words("courses")),
        claimed(application, words),
        Heading(words("declaration")),
        declarations(sheet),
        Heading(words("faculty_use")),
        faculty_part(sheet),
    ]
    signatures = (
        Signed(words("applicant"), student.person.name, words.day(application.submitted_at)),
        Signed(words("officer")),
        Signed(words("dean")),
    )
    return form_pdf(form_of(sheet, parts, signatures))


def declarations(sheet: Sheet) -> Ticks:
    """Return what the applicant declared."""
    words, application = sheet.words, sheet.application
    return Ticks(
        words("points"),
        (
            Tick("1.", words("declared_true"), application.declared_true),
            Tick("2.", words("declared_first_use"), application.declared_first_use),
        ),
    )


def faculty_part(sheet: Sheet) -> Table:
    """Return the decision on each course, empty lines where none was taken yet."""
    words, application = sheet.words, sheet.application
    made = {each.claim.pk: each for each in decided(application, final_decisions(application))}
    rows = []
    for place, claim in enumerate(claims_with_sources(application), start=1):
        each = made.get(claim.pk)
        told = (words("approved") if each.granted else words("refused")) if each else "………………"
        why = "; ".join(reasons_of(each, words)) if each and not each.granted else ""
        rows.append((f"{place}.", course_of(claim, words), original_grades(claim), told, why))
    header = tuple(words.column(name) for name in ("number", "target", "grade", "outcome"))
    return Table((*header, words("reasons")), rows, widths=(0, 2.4, 0, 1.2, 2.4))


def applicant_checklist(sheet: Sheet) -> bytes:
    """Print the applicant's checklist as ticked (UTM Lampiran D)."""
    application, words = sheet.application, sheet.words
    items = process_of(application).checklists.get("applicant", ())
    parts: list[FormPart] = [
        whose(sheet),
        ticked(sheet, items, application.checklist),
        Heading(words("courses")),
        claimed(application, words),
        Heading(words("declaration")),
        declarations(sheet),
    ]
    day = words.day(application.submitted_at)
    signatures = (Signed(words("applicant"), application.student.person.name, day),)
    return form_pdf(form_of(sheet, parts, signatures))


def faculty_checklist(sheet: Sheet) -> bytes:
    """Print the faculty's checklist as ticked, with the day of the assessment (UTM Lampiran E)."""
    application, words = sheet.application, sheet.words
    items = process_of(application).checklists.get("faculty", ())
    parts: list[FormPart] = [whose(sheet), ticked(sheet, items, application.faculty_checklist)]
    parts += [Paragraph(words("checked_on", day=day)) for day in assessed_on(sheet)]
    last = entries_about(application).filter(action="applications.checklist").select_related("person").last()
    name = last.person.name if last and last.person else ""
    signatures = (Signed(words("officer"), name, words.day(last.at) if last else ""),)
    return form_pdf(form_of(sheet, parts, signatures))


def assessed_on(sheet: Sheet) -> Iterable[str]:
    """Return the days on which learning outcomes were assessed face to face (UTM Lampiran E 7)."""
    held = OnsiteAssessment.objects.filter(
        claim__application=sheet.application, recorded_at__isnull=False, cancelled_at=None
    )
    days = dict.fromkeys(timezone.localdate(each.at) for each in held.order_by("at"))
    return [sheet.words.day(day) for day in days]


def ticked(sheet: Sheet, items: Iterable[Item], given: dict[str, bool]) -> Ticks:
    """Return a checklist of the policy with what was ticked."""
    words = sheet.words
    rows = [
        Tick(f"{place}.", words.text(item.label), bool(given.get(item.key)), "; ".join(item.clauses))
        for place, item in enumerate(items, start=1)
    ]
    return Ticks(words("points"), rows)


def form_of(sheet: Sheet, parts: list[FormPart], signatures: tuple[Signed, ...]) -> Form:
    """Return a form on the institution's paper."""
    return Form(
        sheet.institution,
        sheet.language,
        sheet.day,
        sheet.words.title(sheet.kind),
        parts,
        subtitle=sheet.policy,
        reference=sheet.reference,
        signatures=signatures,
    )
