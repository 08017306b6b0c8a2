"""What a student of a story writes: a prior study, claims, documents, the checklist."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.models import Appointment
from portal.applications.actions.asking import ask_approval
from portal.applications.drafting import Declared, add_claims, attach, save_checklist, save_study, start
from portal.applications.evidence import keep
from portal.applications.forms_claim import ClaimValues, SourceValues
from portal.applications.models import Application, PriorStudy
from portal.applications.process import process_of
from portal.catalogue.models import Course, Student
from portal.demonstration.story import Story, Wish
from portal.institutions.models import Institution
from portal.matching.models import Comparison, Precedent
from tauliah.files.letter import Facts, Letter, Paragraph, Table, letter_pdf
from tauliah.files.paper import Institution as Letterhead
from tauliah.values.text import same


def apply(story: Story, student: Student, acting: Appointment, today: date) -> Application:
    """Write the whole draft of a story's application."""
    application = start(acting, student)
    study = prior_study(acting, today) if story.basis == "prior_study" else None
    claims = [claim_values(story, wish, study, student, today) for wish in story.wishes]
    add_claims(acting, application, application.version, claims)
    document, _new = keep(acting, transcript(story, student, today), "transcript")
    attach(acting, application, application.version, [document])
    items = process_of(application).checklists.get("applicant", ())
    declared = Declared(first_use=True, true=True)
    save_checklist(acting, application, application.version, [item.key for item in items], declared)
    return Application.objects.get(pk=application.pk)


def prior_study(acting: Appointment, today: date) -> PriorStudy:
    """A diploma of the polytechnic, finished half a year ago."""
    polytechnic = Institution.objects.get(code="PMM")
    values = {
        "institution": polytechnic,
        "institution_name": polytechnic.name_ms,
        "programme_name": "Diploma Teknologi Maklumat (Teknologi Digital)",
        "field": "Teknologi Maklumat",
        "level": "diploma",
        "mode": "coursework",
        "outcome": "completed",
        "ended_on": today - timedelta(days=180),
        "accredited": True,
    }
    return save_study(acting, None, values)


def claim_values(
    story: Story, wish: Wish, study: PriorStudy | None, student: Student, today: date
) -> ClaimValues:
    """One claim with the course that it rests on."""
    target = Course.objects.get(institution=student.programme.institution, code=wish.target)
    columns: dict[str, Any] = {
        "code": wish.code,
        "title": wish.title,
        "credits": Decimal(wish.credits),
        "original_credits": str(wish.credits) if wish.code else "",
        "grade": wish.grade,
        "original_grade": wish.grade,
        "completed_on": today - timedelta(days=400) if wish.code else None,
    }
    return ClaimValues(
        target=target,
        basis=story.basis,
        graded=story.graded,
        partner_agreement=True if story.basis == "mobility" else None,
        approval=None,
        replacement=None,
        comparison=settled_before(target, wish) if story.precedents else None,
        sources=[SourceValues(study, columns, dict(wish.details))],
        evidence=[],
    )


def settled_before(target: Course, wish: Wish) -> Comparison:
    """What the faculty settled before for the same courses, as the form offers it."""
    same_courses = Precedent.objects.filter(comparison__target=target, comparison__source__codes=wish.code)
    return same_courses.select_related("comparison")[0].comparison


def ask_beforehand() -> None:
    """Let a student ask for approval of a MOOC before taking it (UTHM 23); the faculty has not answered."""
    student = Student.objects.get(person__email="aisyah@uthm.example")
    values = {
        "basis": "mooc",
        "title": "Cloud Computing Foundations",
        "provider": "Universiti Contoh Antarabangsa",
        "platform": "edx",
        "link": "https://kursus.example/cloud-foundations",
        "credits": Decimal(3),
        "learning_hours": Decimal(120),
        "target": Course.objects.get(institution__code="UTHM", code="BIT33203"),
    }
    ask_approval(student.person.appointments.get(), student, values)


def transcript(story: Story, student: Student, today: date) -> SimpleUploadedFile:
    """A transcript of the demonstration as PDF."""
    name = same("Politeknik Merlimau" if story.basis == "prior_study" else "Penyedia kursus (contoh)")
    rows = [(wish.code, wish.title, str(wish.credits), wish.grade) for wish in story.wishes if wish.code]
    letter = Letter(
        Letterhead(name, "DEMO"),
        "ms",
        today,
        "Transkrip akademik (contoh demonstrasi)",
        (
            Facts((("Nama", student.person.name),)),
            Table(header=("Kod", "Kursus", "Kredit", "Gred"), rows=rows, widths=(0, 1, 0, 0), numeric=(2,)),
            Paragraph("Dokumen ini dijana untuk demonstrasi dan bukan transkrip sebenar."),
        ),
        salutation="",
        closing=(),
        valediction="",
    )
    return SimpleUploadedFile(f"transkrip-{story.mailbox}.pdf", letter_pdf(letter))
