"""Writing a proposal: starting it, keeping a page of its form, confirming, handing it in, withdrawing it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.models import Course
from portal.institutions.models import Faculty
from portal.institutions.numbering import next_number
from portal.packs import packs
from portal.processes.declared import process_called
from portal.processes.walk import changed_meanwhile
from portal.proposals.access import PROPOSERS, develops
from portal.proposals.advice import SERIES
from portal.proposals.checking import evaluated, proposed_code
from portal.proposals.choices import kinds_for
from portal.proposals.content import COLUMNS, is_filled, values_of, without_empties
from portal.proposals.editing import OPEN, digest_of, is_open
from portal.proposals.field import Section
from portal.proposals.models import Kind, Proposal
from portal.proposals.process import WALK
from portal.proposals.versions import make_version
from portal.records.register import entries_about, record
from tauliah.values.case import InvalidCase

SITTING = timedelta(minutes=30)
"""Who goes on writing for so long is entered in the register once."""
TWICE = timedelta(seconds=20)
"""Who sends the same title again so soon pressed the button twice."""
NUMBERS = frozenset({"part", "parts"})
PROCESS = "course_development"


class Changed(Refused):
    """Somebody else, or another window, changed the page meanwhile; nothing was saved over it."""


def may_start(acting: Appointment | None) -> bool:
    """Whether somebody may begin a proposal: who may also hand it in under the policy."""
    if acting is None or acting.institution is None or acting.role not in PROPOSERS:
        return False
    return acting.role in process_called(acting.institution.policy, PROCESS).steps["submit"].by


@transaction.atomic
def start(acting: Appointment, kind: str, faculty: Faculty, name_ms: str, name_en: str = "") -> Proposal:
    """Begin a proposal of one’s own under the policy of the institution."""
    institution = acting.institution
    if institution is None or not may_start(acting):
        raise NotAllowed(_("Proposals are begun by who may hand them in: change to your role as lecturer."))
    if faculty.institution_id != institution.pk or acting.faculty_id not in (None, faculty.pk):
        raise Refused(_("Choose a faculty of your own."), "faculty")
    if institution.policy not in packs():
        raise Refused(_("%(institution)s has no policy here yet.") % {"institution": institution.name})
    if kind not in kinds_for(institution.policy):
        raise Refused(_("Choose the kind of course."), "kind")
    year = timezone.localdate().year
    begun = Proposal.objects.create(
        institution=institution,
        faculty=faculty,
        reference=f"CK/{year}/{next_number(institution, 'proposal', year):05}",
        kind=kind,
        policy=institution.policy,
        developer=acting.person,
        name_ms=name_ms,
        name_en=name_en,
    )
    record(acting, "proposals.start", begun, after={"reference": begun.reference, "kind": kind})
    return begun


@transaction.atomic
def start_once(acting: Appointment, kind: str, faculty: Faculty, name_ms: str, name_en: str = "") -> Proposal:
    """Begin a proposal; where the button was pressed twice, return the one just begun."""
    Person.objects.select_for_update(no_key=True).get(pk=acting.person_id)
    same = Proposal.objects.filter(
        developer=acting.person, faculty=faculty, kind=kind, state="draft", name_ms=name_ms, name_en=name_en
    )
    just = same.filter(created_at__gte=timezone.now() - TWICE).first()
    return just or start(acting, kind, faculty, name_ms, name_en)


def opened(acting: Appointment, proposal: Proposal, section: str) -> Proposal:
    """Return the proposal, held, for somebody who may write on one of its pages now."""
    if not develops(acting, proposal):
        raise NotAllowed
    held = WALK.locked(proposal, None)
    if not is_open(held, section):
        raise Refused(_("This part can no longer be changed: the proposal was handed in or approved."))
    return held


@transaction.atomic
def save(
    acting: Appointment,
    proposal: Proposal,
    section: Section,
    values: Mapping[str, Any],
    *,
    seen: str,
    replacing: bool = False,
) -> Proposal:
    """Keep what can be kept of a page of the form; fields that are not among the values stay as they are.

    ``seen`` is the page’s mark as it was shown: where it is another now, raises ``Changed``. With
    ``replacing`` it is saved all the same, and what stood there is kept as a version.
    """
    held = opened(acting, proposal, section.name)
    if digest_of(held, section) != seen:
        if not replacing:
            raise Changed(changed_meanwhile(held))
        make_version(held, acting, "replaced")
    changed = write(held, section, values)
    if changed:
        held.touch("content", *COLUMNS, "original")
        note(acting, held, changed)
    return held


def write(held: Proposal, section: Section, values: Mapping[str, Any]) -> list[str]:
    """Put the values of a page into the proposal; returns the names of the fields that changed."""
    before = values_of(held)
    for field in section.fields:
        if field.name not in values:
            continue
        value = without_empties(values[field.name])
        if field.name == "original":
            held.original = course_called(held, value or "")
        elif field.name in COLUMNS:
            setattr(held, field.name, value if field.name in NUMBERS else value or "")
        elif is_filled(value):
            held.content[field.name] = value
        else:
            held.content.pop(field.name, None)
    after = values_of(held)
    return [field.name for field in section.fields if before.get(field.name) != after.get(field.name)]


def course_called(proposal: Proposal, code: str) -> Course | None:
    """Return the institution’s course with a code."""
    return Course.objects.filter(institution=proposal.institution_id, code__iexact=code).first()


def note(acting: Appointment, held: Proposal, changed: list[str]) -> None:
    """Enter that somebody writes; once for a sitting, for the versions keep what was written."""
    last = entries_about(held).last()
    goes_on = last is not None and last.action == "proposals.save" and last.person_id == acting.person_id
    if goes_on and last and last.at > timezone.now() - SITTING:
        return
    record(acting, "proposals.save", held, institution=held.institution, after={"fields": changed})


@transaction.atomic
def confirm(
    acting: Appointment, proposal: Proposal, *, policies: bool, ownership: bool, version: int
) -> Proposal:
    """Keep that the policies were read and understood, and to whom the materials belong (UNIMAS 1.5, 5.9)."""
    if not develops(acting, proposal):
        raise NotAllowed
    held = WALK.locked(proposal, version)
    if held.state not in OPEN:
        raise Refused(_("This part can no longer be changed: the proposal was handed in or approved."))
    now = timezone.now()
    if policies != (held.policies_confirmed_at is not None):
        held.policies_confirmed_at = now if policies else None
        held.policies_confirmed_by = acting.person if policies else None
    if ownership != (held.ownership_confirmed_at is not None):
        held.ownership_confirmed_at = now if ownership else None
    held.touch("policies_confirmed_at", "policies_confirmed_by", "ownership_confirmed_at")
    record(
        acting,
        "proposals.confirm",
        held,
        institution=held.institution,
        after={"policies": policies, "ownership": ownership},
    )
    return held


@transaction.atomic
def hand_in(
    acting: Appointment, proposal: Proposal, step: str, *, version: int, reason: str = ""
) -> Proposal:
    """Take one of the developer’s own steps: ``submit``, ``resubmit`` or ``withdraw``; a version is kept.

    On the first submission a course with a running number is given it, and the code is formed. Raises
    ``NotAllowed``, or ``Refused`` with everything that is missing.
    """
    held = WALK.opened(acting, proposal, step, version)
    if step != "withdraw":
        WALK.must_be_ready(acting, held, held.declared().steps[step])
        give_code(held)
        held.result = result_of(held)
        held.submitted_at = held.submitted_at or timezone.now()
        held.touch("number", "code", "result", "submitted_at")
    make_version(held, acting, step)
    return WALK.take(acting, held, step, reason=reason)


def result_of(proposal: Proposal) -> dict[str, Any] | None:
    """Return what the policy said when it was handed in."""
    try:
        return evaluated(proposal)
    except InvalidCase:
        return None


def give_code(held: Proposal) -> None:
    """Form the course code by the policy’s rule, if any; raises ``Refused`` for one that is taken."""
    if held.kind != Kind.ACCREDITED and held.number is None and has_running_code(held):
        held.number = next_number(held.institution, SERIES, 0)
    try:
        answer = proposed_code(held)
    except InvalidCase as lacking:
        raise Refused(
            _("The course code cannot be formed: name the original course and its part.")
        ) from lacking
    if answer is not None and answer["code"]:
        held.code = answer["code"]
    must_be_free(held, held.code)


def has_running_code(proposal: Proposal) -> bool:
    """Whether the policy numbers courses that have no original (UNIMAS 1.5(e)-stand-alone)."""
    pack = packs().get(proposal.policy)
    return pack is not None and pack.covers("course_code")


def must_be_free(proposal: Proposal, code: str) -> None:
    """Raise ``Refused`` where another proposal of the institution has the code."""
    others = Proposal.objects.filter(institution=proposal.institution_id, code=code).exclude(pk=proposal.pk)
    other = others.first() if code else None
    if other is not None:
        words = _("%(code)s is the code of %(reference)s already. Is this another part of the course?")
        raise Refused(words % {"code": code, "reference": other.reference}, "original")
