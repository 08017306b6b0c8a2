"""The course as its certificates describe it, made from the proposal and completed by the centre."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.credentials.access import ISSUERS
from portal.credentials.actions.preparing import keep_course
from portal.credentials.models import Achievement
from portal.proposals.access import CENTRE, works_for
from portal.proposals.checking import learning_time, proposed_code
from portal.proposals.choices import THRUSTS
from portal.proposals.models import Kind, Proposal
from portal.proposals.process import WALK
from portal.records.register import record
from tauliah.credentials.achievement import LANGUAGES, MQF_LEVEL_OF
from tauliah.values.case import InvalidCase

DESCRIBERS = CENTRE & ISSUERS
"""Who describes the certificate: the centre, which issues it."""
STATES = frozenset({"development", "evaluation", "presentation", "senate", "registration", "registered"})
"""Where a course stands while its certificate is described; its content is settled by then."""
BACHELOR = 6
APART = str.maketrans({":": " –", ",": ";"})
"""Signs that part skills where they are typed, or mark other facts in a credential."""


def may_describe(acting: Appointment | None, proposal: Proposal) -> bool:
    """Whether somebody may describe the certificate of a course now."""
    return (
        acting is not None
        and acting.role in DESCRIBERS
        and works_for(acting, proposal)
        and proposal.state in STATES
    )


@transaction.atomic
def describe_certificate(
    acting: Appointment, proposal: Proposal, achievement: Achievement, *, version: int
) -> Achievement:
    """Keep the course as it is certified and tie it to the proposal, which goes on if it waited for that.

    Raises ``InvalidCase`` with everything that is wrong with the description.
    """
    if acting.role not in DESCRIBERS or not works_for(acting, proposal):
        raise NotAllowed
    proposal = WALK.locked(proposal, version)
    if proposal.state not in STATES:
        raise Refused(_("The certificate is described once the course is developed."))
    if achievement.institution_id != proposal.institution_id or achievement.pk != proposal.achievement_id:
        raise NotAllowed
    must_be_free(achievement)
    keep_course(acting, achievement)
    proposal.achievement = achievement
    columns = ["achievement"]
    if not proposal.code:
        must_be_free_code(proposal, achievement.code)
        proposal.code = achievement.code
        columns.append("code")
    proposal.touch(*columns)
    after = {"code": achievement.code, "edition": achievement.edition}
    record(acting, "proposals.describe_certificate", proposal, institution=proposal.institution, after=after)
    WALK.go_on(proposal)
    return achievement


def must_be_free(achievement: Achievement) -> None:
    """Raise ``Refused`` where another course is certified under the same code."""
    others = Achievement.objects.filter(
        institution=achievement.institution_id, code=achievement.code, edition=achievement.edition
    )
    if others.exclude(pk=achievement.pk).exists():
        raise Refused(
            _("Another course is certified under this code. Give it another code or edition."), "code"
        )


def must_be_free_code(proposal: Proposal, code: str) -> None:
    """Raise ``Refused`` where another proposal has the code."""
    others = Proposal.objects.filter(institution=proposal.institution_id, code=code).exclude(pk=proposal.pk)
    if others.exists():
        raise Refused(_("Another course of the institution has this code already."), "code")


def achievement_of(proposal: Proposal) -> Achievement:
    """Return the course as it is certified; one not described yet is filled in from the proposal."""
    if proposal.achievement is not None:
        return proposal.achievement
    content: Mapping[str, Any] = proposal.content
    formed = formed_from(proposal)
    return Achievement(
        institution=proposal.institution,
        faculty=proposal.faculty,
        kind="mooc" if proposal.kind == Kind.MOOC else "micro_credential",
        code=proposal.code or formed.get("code") or "",
        name_ms=title_in(proposal, formed, "ms"),
        name_en=title_in(proposal, formed, "en"),
        description_ms=content.get("synopsis_ms") or content.get("synopsis_en") or "",
        description_en=content.get("synopsis_en") or content.get("synopsis_ms") or "",
        enrolment_ms=content.get("entry_requirement") or "",
        enrolment_en=content.get("entry_requirement") or "",
        instruction=languages_of(content),
        examination=languages_of(content),
        delivery=content.get("delivery") or "odl",
        study_mode="self_paced" if proposal.kind == Kind.MOOC else "part_time",
        mqf_level=level_of(proposal),
        credits=decimal(content.get("credits")) or Decimal(0),
        learning_hours=hours_of(proposal),
        outcomes=[outcome_of(each) for each in content.get("outcomes") or []],
        assessment=[component_of(each) for each in content.get("assessments") or []],
        assurance=assurance_of(proposal),
        skills=skills_of(content),
        field=str(dict(THRUSTS).get(content.get("field") or "", content.get("field") or "")),
    )


def formed_from(proposal: Proposal) -> dict[str, Any]:
    """Return code and title as the policy forms them; nothing where something is missing for it."""
    try:
        return proposed_code(proposal) or {}
    except InvalidCase:
        return {}


def title_in(proposal: Proposal, formed: Mapping[str, Any], language: str) -> str:
    """Return the title in a language as the policy forms it, or the course’s own name."""
    own = proposal.name_ms if language == "ms" else proposal.name_en or proposal.name_ms
    title = formed.get("title")
    if language == "en" and isinstance(title, str):
        return title[:200]
    return own


def languages_of(content: Mapping[str, Any]) -> list[str]:
    """Return the languages of the course that certificates know."""
    return [each for each in content.get("languages") or () if each in LANGUAGES] or ["ms"]


def level_of(proposal: Proposal) -> int:
    """Return the level in the qualifications framework: that of the outcomes, or of the level of study."""
    levels = [decimal(each.get("mqf_level")) for each in proposal.content.get("outcomes") or []]
    named = [int(level) for level in levels if level]
    return max(named, default=MQF_LEVEL_OF.get(proposal.content.get("level") or "", BACHELOR))


def hours_of(proposal: Proposal) -> Decimal:
    """Return the hours of learning that were decided on, or the most that the activities take."""
    content = proposal.content
    decided = decimal(content.get("hours")) or decimal(content.get("effort_hours"))
    if decided:
        return decided
    try:
        computed = learning_time(proposal) or {}
    except InvalidCase:
        return Decimal(0)
    return decimal((computed.get("hours") or {}).get("most")) or Decimal(0)


def skills_of(content: Mapping[str, Any]) -> list[str]:
    """Return the skills, and the level of competency that is certified (UNIMAS 1.6(a)-3; UMPSA 4.2.1)."""
    skills, level = list(content.get("skills") or ()), content.get("competency")
    return [*skills, f"Kompeten / Competent – {level.translate(APART)}"] if level else skills


def outcome_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Return an outcome as certificates print it."""
    ms, en = row.get("ms") or "", row.get("en") or ""
    return {"code": row.get("code") or "", "ms": ms or en, "en": en or ms}


def component_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a part of the assessment as certificates print it."""
    name = row.get("name") or ""
    return {
        "ms": row.get("name_ms") or name,
        "en": row.get("name_en") or name,
        "percent": str(row.get("percent") or "0"),
        "summative": row.get("type") == "final",
    }


def assurance_of(proposal: Proposal) -> list[dict[str, str]]:
    """Return who vouches for the course’s quality."""
    at = {row.where: row for row in proposal.registrations.all()}
    if proposal.kind == Kind.ACCREDITED:
        number = at["mqa"].number if "mqa" in at else ""
        return [{"kind": "mqa_accredited", "body": "MQA", "reference": number, "url": ""}]
    return [{"kind": "internal", "body": proposal.institution.name_ms, "reference": "", "url": ""}]


def decimal(value: Any) -> Decimal | None:
    """Read a number of the content; None for what is none."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
