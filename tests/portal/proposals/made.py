"""Proposals for tests: an empty draft, and one that can be handed in, by kind of course and policy."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from tests.portal import cast

from portal.accounts.models import Appointment
from portal.institutions.models import Faculty
from portal.proposals.actions.drafting import start
from portal.proposals.models import Attachment, Kind, Proposal

PDF = b"%PDF-1.7 kaji selidik %%EOF"
CONTENT: dict[str, Any] = {
    "justification": "Industri tempatan memerlukan tenaga kerja yang mahir dalam pemikiran reka bentuk.",
    "respondents": 34,
    "survey_analysis": "34 responden daripada 20 syarikat; 29 akan menghantar pekerja.",
    "survey_supply": "Tiga kursus seumpamanya, semuanya di Semenanjung.",
    "source": "pep",
    "level": "bachelor",
    "standard": "coppa",
    "entry_requirement": "Tiada syarat khas.",
    "effort_hours": "40",
    "synopsis_ms": "Kursus ini memperkenalkan pemikiran reka bentuk.",
    "synopsis_en": "This course introduces design thinking.",
    "lecturers": [{"name": "Laila binti Bujang", "email": "laila@unimas.example"}],
    "outcomes": [
        {
            "code": "CLO1",
            "ms": "Menerangkan lima fasa pemikiran reka bentuk dengan contoh daripada industri.",
            "en": "Explain the five phases of design thinking with examples from industry.",
            "verb": "menerangkan",
            "criteria": "lima fasa",
            "conditions": "dengan contoh daripada industri",
            "taxonomy": "C2",
            "mqf_level": "6",
            "cluster": "1",
        },
        {
            "code": "CLO2",
            "ms": "Membina prototaip bagi masalah sebenar dalam kumpulan.",
            "en": "Build a prototype for a real problem in a team.",
            "verb": "membina",
            "criteria": "prototaip bagi masalah sebenar",
            "conditions": "dalam kumpulan",
            "taxonomy": "C6",
            "mqf_level": "6",
            "cluster": "3a",
        },
    ],
    "delivery": "odl",
    "conventional_origin": False,
    "mpu": False,
    "study_session": "Dua jam sesi langsung setiap minggu.",
    "offer_period": "14 minggu, setiap semester",
    "commitment": "Empat jam seminggu.",
    "units": [
        {
            "title_ms": "Pengenalan",
            "title_en": "Introduction",
            "outcomes": ["CLO1"],
            "topics": ["Sejarah", "Lima fasa"],
            "activities": [
                {"type": "video", "minutes": "60", "title": "Apa itu reka bentuk"},
                {"type": "reading", "pages": "40"},
                {"type": "quiz", "questions": "20"},
            ],
            "assessed": True,
        },
        {
            "title_ms": "Prototaip",
            "title_en": "Prototypes",
            "outcomes": ["CLO2"],
            "topics": ["Bahan", "Ujian dengan pengguna"],
            "activities": [
                {"type": "forum", "minutes": "120"},
                {"type": "video_assignment", "minutes": "30"},
            ],
            "assessed": True,
        },
    ],
    "modules": [
        {"title_ms": "Pengenalan", "outcomes": ["CLO1"], "topics": ["Sejarah"]},
        {"title_ms": "Prototaip", "outcomes": ["CLO2"], "topics": ["Bahan"]},
        {"title_ms": "Pembentangan", "outcomes": ["CLO2"], "topics": ["Naratif"]},
    ],
    "hours": "40",
    "credits": "1",
    "assessments": [
        {
            "name": "Kuiz",
            "type": "continuous",
            "purpose": "formative",
            "form": "quiz",
            "percent": "40",
            "outcomes": ["CLO1"],
        },
        {
            "name": "Prototaip",
            "type": "final",
            "purpose": "summative",
            "form": "video_submission",
            "percent": "60",
            "outcomes": ["CLO2"],
        },
    ],
    "promotion": "Media sosial dan rakan industri.",
    "continuous_improvement": "Tinjauan pelajar pada akhir setiap tawaran.",
    "fee": "150.00",
    "licence": "CC BY-NC-SA 4.0",
    "field": "technology",
    "mode": "online_taught",
    "no_personal_data": True,
}
"""Everything that the forms of all kinds and policies ask for."""


def faculty_of(acting: Appointment) -> Faculty:
    """The faculty of somebody, or one of the institution."""
    assert acting.institution
    return acting.faculty or acting.institution.faculties.first() or cast.faculty("PUSAT", acting.institution)


def draft(acting: Appointment, kind: str = "", **content: Any) -> Proposal:
    """Begin a draft by its own action; ``content`` fills fields, ``name_ms`` and ``name_en`` the titles."""
    assert acting.institution
    kind = kind or (Kind.MOOC if acting.institution.policy == "utm" else Kind.STAND_ALONE)
    name_ms = content.pop("name_ms", "Micro-Credential in Pemikiran Reka Bentuk")
    name_en = content.pop("name_en", "Micro-Credential in Design Thinking")
    made = start(acting, kind, faculty_of(acting), name_ms, name_en)
    if content:
        made.content = content
        made.save(update_fields=["content"])
    return made


def complete_draft(acting: Appointment, kind: str = "", **content: Any) -> Proposal:
    """Begin a draft that passes every need of ``submit``."""
    made = draft(acting, kind, **(deepcopy(CONTENT) | content))
    if made.kind == Kind.ACCREDITED:
        made.original = cast.course(made.institution, "TMF1014", name_en="Design Thinking")
    attached(made, acting)
    now = timezone.now() - timedelta(minutes=1)
    made.policies_confirmed_at = made.ownership_confirmed_at = now
    made.policies_confirmed_by = acting.person
    made.save()
    return made


def attached(
    proposal: Proposal, acting: Appointment, kind: str = Attachment.Kind.MARKET_SURVEY
) -> Attachment:
    """Attach a file without looking into it."""
    kept, _new = Attachment.objects.get_or_create(
        proposal=proposal,
        kind=kind,
        defaults={
            "name": "kaji-selidik.pdf",
            "media_type": "application/pdf",
            "size": len(PDF),
            "sha256": "0" * 64,
            "own_work": True,
            "uploaded_by": acting.person,
        },
    )
    if not kept.file:
        kept.file.save("k.pdf", ContentFile(PDF))
    return kept
