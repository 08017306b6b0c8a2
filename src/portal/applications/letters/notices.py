"""The letters on the way to a decision: receipt, request for evidence, invitation to an assessment."""

from portal.applications.letters.claims import claims_with_sources, course_of, original_grades, sources_of
from portal.applications.letters.kinds import Words
from portal.applications.letters.sheet import Sheet, printed
from portal.applications.models import Application, EvidenceRequest, OnsiteAssessment
from portal.applications.process import process_of
from portal.packs import packs
from portal.payments.models import Order
from tauliah.files.letter import Facts, Items, Notice, Paragraph, Part, Table
from tauliah.policy.answer import values_on

KINDS_OF_ASSESSMENT = {
    "oral": {"ms": "lisan", "en": "oral"},
    "written": {"ms": "bertulis", "en": "written"},
    "product": {"ms": "produk", "en": "product"},
    "performance": {"ms": "prestasi", "en": "performance"},
}
"""UTM 6.3.12."""


def acknowledgement(sheet: Sheet) -> bytes:
    """Print that an application arrived, what it asks for, what is to be paid and how it goes on."""
    words, application = sheet.words, sheet.application
    parts: list[Part] = [
        Paragraph(words("matter")),
        Paragraph(
            words(
                "received",
                programme=sheet.programme,
                submitted_at=words.day(application.submitted_at or application.applied_on),
                reference=application.reference,
                policy=sheet.policy,
                version=sheet.version,
            )
        ),
        Paragraph(words("received_claims")),
        claimed(application, words),
    ]
    order = application.order
    if order is not None and order.state == Order.State.OPEN:
        parts.append(Paragraph(words("received_fee", total=words.money(order.total), number=order.number)))
    elif application.due_on:
        parts.append(Paragraph(words("received_next", due_on=words.day(application.due_on))))
    return printed(sheet, parts, note=words("no_signature"))


def claimed(application: Application, words: Words) -> Table:
    """Return the courses claimed and what each rests on."""
    rows = [
        (
            f"{place}.",
            course_of(claim, words),
            words.number(claim.target.credits),
            sources_of(claim),
            words.word("basis", claim.basis),
            original_grades(claim),
        )
        for place, claim in enumerate(claims_with_sources(application), start=1)
    ]
    columns = ("number", "target", "credits", "sources", "basis", "grade")
    return Table(
        tuple(words.column(name) for name in columns), rows, widths=(0, 3, 0, 3, 1.6, 0), numeric=(2,)
    )


def evidence_request(sheet: Sheet) -> bytes:
    """Print what the faculty asks for, and until when (UTM 6.3.13(f))."""
    words, request = sheet.words, sheet.about
    assert isinstance(request, EvidenceRequest)
    asked = [line.strip() for line in request.text.splitlines() if line.strip()]
    parts: list[Part] = [
        Paragraph(words("matter")),
        Paragraph(words("evidence", reference=sheet.application.reference)),
    ]
    if request.claim:
        parts.append(Facts(((words.fact("course"), course_of(request.claim, words)),)))
    parts += [
        Items(asked),
        Notice(words("evidence_due", due_on=words.day(request.due_on))),
        Paragraph(words("evidence_late")),
    ]
    return printed(sheet, parts, signed_by=request.asked_by)


def onsite_invitation(sheet: Sheet) -> bytes:
    """Print when, where and how a claim is assessed, and what to bring (UTM 6.3.5 to 6.3.12)."""
    words, assessment = sheet.words, sheet.about
    assert isinstance(assessment, OnsiteAssessment)
    kinds = ", ".join(
        words.text(KINDS_OF_ASSESSMENT[k]) for k in assessment.kinds if k in KINDS_OF_ASSESSMENT
    )
    facts = [
        (words.fact("course"), course_of(assessment.claim, words)),
        (words.fact("at"), words.moment(assessment.at)),
        (words.fact("place"), assessment.place),
        (words.fact("kinds"), kinds[:1].upper() + kinds[1:]),
        (words.fact("assessor"), assessment.assessor.person.name),
    ]
    if grade := minimum_grade(sheet.application):
        facts.append((words.fact("minimum"), grade))
    parts: list[Part] = [
        Paragraph(words("matter")),
        Paragraph(words("invited", reference=sheet.application.reference)),
        Facts(facts),
        Notice(words("invited_identity")),
        Paragraph(words("invited_absent")),
    ]
    return printed(sheet, parts, note=words("no_signature"))


def minimum_grade(application: Application) -> str:
    """Return the grade that passes an on-site assessment by the policy (UTM Jadual 6), if it states one."""
    pack = packs().get(application.policy)
    values = values_on(pack, application.applied_on) if pack else None
    if values is None or not values.has("onsite_minimum_grade"):
        return ""
    level = "undergraduate" if application.programme.level in UNDERGRADUATE else "postgraduate"
    return str(values.read("onsite_minimum_grade", study_level=level) or "")


UNDERGRADUATE = frozenset({"certificate", "diploma", "advanced_diploma", "bachelor"})


def process_has_appeal(application: Application) -> bool:
    """Say whether the policy's process knows an appeal."""
    return "appeal" in process_of(application).steps
