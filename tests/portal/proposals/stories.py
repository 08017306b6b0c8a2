"""Course proposals for tests: a complete draft, and the same further along its way, taken there by actions."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.portal import cast

from portal.accounts.models import Appointment
from portal.approvals.models import Item
from portal.approvals.signals import decided
from portal.proposals.actions.attaching import attach
from portal.proposals.actions.certifying import achievement_of, describe_certificate
from portal.proposals.actions.developing import finish
from portal.proposals.actions.evaluating import Filled, appoint_evaluator, begin, fill_in
from portal.proposals.actions.registering import Entry, register
from portal.proposals.actions.reviewing import take_step
from portal.proposals.actions.vetting import appoint_expert, vet
from portal.proposals.criteria import sections_of
from portal.proposals.models import Attachment, Evaluation, Proposal, Registration, Vetting
from portal.proposals.progress import BEFORE_VETTING

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "789c63606060000000040001f61738550000000049454e44ae426082"
)
"""The smallest picture that is whole."""
SENATE = {
    "endorsement_jtsppa": "JTSPPA",
    "endorsement_jtsps": "JTSPS",
    "endorsement_jppeu": "JPPEU",
    "senate": "Senat",
}
WAY = ("draft", "head_review", "centre_review", "development", "vetting", "presentation")
Sort, Where = Evaluation.Sort, Registration.Where


def again(proposal: Proposal) -> Proposal:
    """The proposal as it stands now."""
    return Proposal.objects.get(pk=proposal.pk)


def complete_content(kind: str = "accredited") -> dict[str, Any]:
    """What a form holds that is filled in wholly and keeps to every guideline."""
    units = [unit(number) for number in range(1, 6)]
    return {
        "delivery": "odl",
        "online_share": "1",
        "mode": "online_taught",
        "conventional_origin": False,
        "mpu": False,
        "level": "bachelor",
        "source": "smaller_programme",
        "justification": "Majikan di Sarawak memerlukan kemahiran ini.",
        "need": "Kaji selidik industri 2026.",
        "respondents": 42,
        "survey_analysis": "38 daripada 42 responden mahu mengikuti kursus ini.",
        "entry_requirement": "Lulus SPM atau setara.",
        "prerequisite": "Tiada",
        "effort_hours": "40",
        "synopsis_ms": "Peranti, sensor dan rangkaian bagi pemula.",
        "synopsis_en": "Devices, sensors and networks for beginners.",
        "lecturers": [{"name": "Laila binti Bujang", "email": "laila@unimas.example"}],
        "outcomes": [outcome(1), outcome(2)],
        "study_session": "2026/2027 Semester 2",
        "units": units,
        "modules": [{"title_ms": "Modul 1", "outcomes": ["CLO1"], "topics": ["Asas"]},
                    {"title_ms": "Modul 2", "outcomes": ["CLO2"], "topics": ["Aplikasi"]}],
        "assessments": [
            {"name": "Kuiz", "type": "continuous", "percent": "40", "outcomes": ["CLO1"]},
            {"name": "Projek", "type": "final", "percent": "60", "outcomes": ["CLO2"]},
        ],
        "offer_period": "14 minggu",
        "commitment": "3 jam seminggu",
        "promotion": "Laman web dan media sosial.",
        "continuous_improvement": "Kaji selidik selepas setiap penawaran.",
        "fee": "150.00",
        "credits": "1",
        "hours": "40",
        "standard": "COPPA: ODL",
        "alignment": "Hasil, aktiviti dan pentaksiran sejajar.",
        "field": "technology",
        "licence": "CC BY-NC-SA 4.0",
        "disclaimer": "Tiada bahan pihak ketiga.",
        "no_personal_data": True,
        "platform": "openlearning",
        "languages": ["ms", "en"],
        "skills": ["IoT"],
    }  # fmt: skip


def outcome(number: int) -> dict[str, Any]:
    """A learning outcome."""
    return {
        "code": f"CLO{number}",
        "ms": f"Menerangkan konsep {number} peranti IoT.",
        "en": f"Explain concept {number} of IoT devices.",
        "verb": "menerangkan",
        "criteria": "dengan tepat",
        "conditions": "menggunakan contoh",
        "taxonomy": "C2",
        "original_taxonomy": "C2",
        "mqf_level": 6,
        "cluster": "knowledge",
    }


def unit(number: int) -> dict[str, Any]:
    """A week with its outcome, two activities, a film and something to read."""
    return {
        "title_ms": f"Minggu {number}",
        "title_en": f"Week {number}",
        "outcomes": ["CLO1" if number % 2 else "CLO2"],
        "topics": [f"Topik {number}.1", f"Topik {number}.2"],
        "activities": [
            {"type": "video", "minutes": 32, "title": f"Video {number}"},
            {"type": "quiz", "questions": 5, "title": f"Kuiz {number}"},
            {"type": "forum", "minutes": 20, "title": f"Forum {number}"},
            {"type": "reading", "pages": 4, "title": f"Bacaan {number}"},
        ],
        "assessed": True,
    }


def draft(acting: Appointment, kind: str = "accredited", **changes: Any) -> Proposal:
    """A draft of somebody’s that can be submitted; ``content`` among the changes is laid over the content."""
    number = Proposal.objects.count() + 1
    content = complete_content(kind) | dict(changes.pop("content", {}))
    institution = acting.institution
    assert institution is not None
    original = cast.course(institution, f"TMN40{number:02}") if kind == "accredited" else None
    given: dict[str, Any] = {
        "reference": f"CK-{institution.code}-{number:03}",
        "institution": institution,
        "faculty": acting.faculty or institution.faculties.first() or cast.faculty("FCSIT", institution),
        "policy": institution.policy,
        "kind": kind,
        "developer": acting.person,
        "original": original,
        "name_ms": "Pentauliahan Mikro dalam Asas IoT",
        "name_en": "Micro-Credential in IoT Fundamentals",
        "content": content,
        "policies_confirmed_at": timezone.now(),
        "policies_confirmed_by": acting.person,
        "ownership_confirmed_at": timezone.now(),
    }
    made = Proposal.objects.create(**(given | changes))
    if kind != "accredited":
        attach(acting, made, upload(), Attachment.Kind.MARKET_SURVEY)
    return made


def upload(name: str = "kerja.png", data: bytes = PNG) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data, content_type="image/png")


def step(key: str, proposal: Proposal, name: str, reason: str = "") -> Proposal:
    """Somebody of the cast takes a step."""
    return take_step(cast.appear(key), proposal, name, version=again(proposal).version, reason=reason)


def committee_decides(proposal: Proposal, decision: str = Item.Decision.APPROVED) -> Proposal:
    """The committee that has the course before it decides, as a recorded meeting does."""
    item = Item.objects.get(kind="proposal", subject=proposal.pk, decision="", withdrawn_at=None)
    secretary = cast.appear("abu")
    Item.objects.filter(pk=item.pk).update(
        decision=decision, decided_on=timezone.localdate(), decided_by=secretary
    )
    decided.send(Item, item=Item.objects.get(pk=item.pk), acting=secretary)
    return again(proposal)


# --- UNIMAS ----------------------------------------------------------------------------------------


def at(state: str, kind: str = "accredited", **changes: Any) -> Proposal:
    """A UNIMAS course that stands in a state, taken there step by step."""
    proposal = draft(cast.appear("laila"), kind, **changes)
    ways = (
        ("head_review", submitted),
        ("centre_review", approved_by_head),
        ("development", approved_by_centre),
        ("vetting", handed_in),
        ("presentation", vetted),
        ("committees", presented),
        ("senate", endorsed),
        ("registration", senate_approved),
        ("registered", registered),
    )
    for reached, way in ways:
        if proposal.state == state:
            break
        proposal = way(proposal)
        if reached == state:
            break
    return again(proposal)


def submitted(proposal: Proposal) -> Proposal:
    return step("laila", proposal, "submit")


def approved_by_head(proposal: Proposal) -> Proposal:
    if proposal.kind == "accredited":
        return step("rosli", proposal, "approve_head")
    return step("winnie", proposal, "approve_head_industry")


def approved_by_centre(proposal: Proposal) -> Proposal:
    ticked(cast.appear("salleh"), proposal, Sort.CENTRE)
    return step("catherine", proposal, "approve_centre")


def ticked(acting: Appointment, proposal: Proposal, sort: str, **filled: Any) -> Evaluation:
    """Somebody begins an evaluation, ticks everything and hands it in."""
    evaluation = begin(acting, again(proposal), sort)
    return filled_in(acting, evaluation, **filled)


def filled_in(acting: Appointment, evaluation: Evaluation, **filled: Any) -> Evaluation:
    """Somebody ticks every point, rates every indicator 4, and hands an evaluation in."""
    sections = sections_of(evaluation.proposal, evaluation.sort)
    standard: dict[str, Any] = {
        "ticks": {item.key: True for section in sections for item in section.items},
        "ratings": {section.name: 4 for section in sections if section.rated},
        "conclusion": "Memenuhi kriteria.",
        "url": "https://mooc.utm.example/iot",
        "figures": with_own_videos(evaluation.figures),
    }
    return fill_in(acting, evaluation, Filled(**(standard | filled)), hand_in=True)


def with_own_videos(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a MOOC all of whose videos are the developer’s own."""
    video = dict(figures.get("video") or {})
    return {**figures, "video": {**video, "original_minutes": video.get("minutes")}} if video else {}


def developed(proposal: Proposal) -> Proposal:
    """Every milestone before vetting is done."""
    for name in ("table_4_approved", *BEFORE_VETTING):
        milestone = proposal.milestones.get(name=name)
        who = cast.appear("salleh" if name == "table_4_approved" else "laila")
        finish(who, milestone, timezone.localdate(), version=again(proposal).version)
    return again(proposal)


def handed_in(proposal: Proposal) -> Proposal:
    return step("laila", developed(proposal), "hand_in_materials")


def vetted(proposal: Proposal) -> Proposal:
    salleh, unggat = cast.appear("salleh"), cast.appear("unggat")
    due = timezone.localdate() + timedelta(days=14)
    vetting = appoint_expert(salleh, proposal, unggat.person, due, version=again(proposal).version)
    passed(unggat, vetting)
    return step("salleh", proposal, "accept_vetting")


def passed(expert: Appointment, vetting: Vetting) -> Vetting:
    """An expert ticks everything and passes the course."""
    items = vetting.proposal.declared().checklists["expert"]
    return vet(expert, vetting, {item.key: True for item in items}, "Baik.", Vetting.Decision.PASSED)


def presented(proposal: Proposal) -> Proposal:
    return step("salleh", proposal, "present")


def endorsed(proposal: Proposal) -> Proposal:
    while again(proposal).state.startswith("endorsement"):
        committee_decides(again(proposal))
    return again(proposal)


def senate_approved(proposal: Proposal) -> Proposal:
    return committee_decides(proposal)


def registered(proposal: Proposal) -> Proposal:
    today = timezone.localdate()
    if proposal.kind == "accredited":
        entry = Entry(Where.MQA, number="MQA/FA 0001", registered_on=today)
        register(cast.appear("betty"), proposal, entry, version=again(proposal).version)
    entry = Entry(Where.UNIVERSITY, number="UNIMAS-1", registered_on=today)
    register(cast.appear("salleh"), again(proposal), entry, version=again(proposal).version)
    described(cast.appear("salleh"), proposal)
    return step("salleh", proposal, "register")


def described(acting: Appointment, proposal: Proposal, **changes: Any) -> Proposal:
    """The centre describes the certificate as the proposal prefills it."""
    now = again(proposal)
    achievement = achievement_of(now)
    for name, value in changes.items():
        setattr(achievement, name, value)
    describe_certificate(acting, now, achievement, version=now.version)
    return again(proposal)


def registered_course(kind: str = "accredited", **changes: Any) -> Proposal:
    """A UNIMAS course that went all the way to its registration."""
    return at("registered", kind, **changes)


# --- UTM -------------------------------------------------------------------------------------------


def mooc(state: str = "registered", **changes: Any) -> Proposal:
    """A UTM MOOC that stands in a state, taken there step by step."""
    proposal = draft(cast.appear("yusuf"), "mooc", **changes)
    ways = (
        ("request", lambda p: step("yusuf", p, "submit")),
        ("development", accepted),
        ("evaluation", self_evaluated),
        ("registration", panel_evaluated),
        ("registered", mooc_registered),
    )
    for reached, way in ways:
        if proposal.state == state:
            break
        proposal = way(proposal)
        if reached == state:
            break
    return again(proposal)


def accepted(proposal: Proposal) -> Proposal:
    entry = Entry(Where.INSTITUTION_ACCOUNT, number="UTM-MOOC-7", registered_on=timezone.localdate())
    register(cast.appear("zarina"), proposal, entry, version=again(proposal).version)
    return step("zarina", proposal, "accept")


def self_evaluated(proposal: Proposal) -> Proposal:
    ticked(cast.appear("yusuf"), proposal, Sort.SELF)
    return step("yusuf", proposal, "hand_in")


def panel_evaluated(proposal: Proposal) -> Proposal:
    for key, sort in (("devi", Sort.COORDINATOR), ("salmah", Sort.EXTERNAL)):
        filled_in(cast.appear(key), evaluator(proposal, key, sort))
    return step("zarina", proposal, "conclude")


def evaluator(proposal: Proposal, key: str, sort: str, due_on: date | None = None) -> Evaluation:
    """UTMLead appoints somebody of the cast to evaluate a MOOC."""
    now = again(proposal)
    return appoint_evaluator(
        cast.appear("zarina"), now, sort, cast.appear(key).person, due_on, version=now.version
    )


def mooc_registered(proposal: Proposal) -> Proposal:
    described(cast.appear("zarina"), proposal, code=f"UTMOOC{proposal.pk:04}", credits=Decimal(2))
    return step("zarina", proposal, "register")
