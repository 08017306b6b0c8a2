"""Revoking, suspending, lifting, and correcting by a new credential; the status list says so at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.credentials.access import must_issue
from portal.credentials.actions.issuing import titled
from portal.credentials.addresses import page_of
from portal.credentials.bridge import Cohort, issue_of
from portal.credentials.codes import new_code, serials
from portal.credentials.editions import course_of, edition_of, issuer_on
from portal.credentials.models import Change, Credential
from portal.credentials.signing import signed
from portal.credentials.status import places, set_bits
from portal.credentials.telling import tell_changed, tell_issued, told
from portal.records.register import record
from tauliah.credentials.document import open_badge, statement_bytes
from tauliah.credentials.statement import check_statement
from tauliah.values.case import InvalidCase

State: TypeAlias = Credential.State
What: TypeAlias = Change.What


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to a credential: from which states, into which, and whether its bit is set."""

    name: str
    what: What
    before: frozenset[str]
    after: State
    bit: bool
    notice: str


STEPS = {
    "revoke": Step(
        "revoke", What.REVOKED, frozenset({State.ISSUED, State.SUSPENDED}), State.REVOKED, True,
        "credential_revoked",
    ),
    "suspend": Step(
        "suspend", What.SUSPENDED, frozenset({State.ISSUED}), State.SUSPENDED, True, "credential_suspended"
    ),
    "lift": Step("lift", What.LIFTED, frozenset({State.SUSPENDED}), State.ISSUED, False, "credential_lifted"),
}  # fmt: skip
"""By the word of the form; revoking and replacing are final, a suspension can be lifted."""
MOST_AT_ONCE = 1_000


def change(acting: Appointment | None, chosen: Iterable[Credential], name: str, reason: str) -> int:
    """Do one thing to several credentials, all or none, with a reason; returns to how many.

    Raises ``Refused`` with the serial number of the first to which it cannot be done.
    """
    acting, step, reason = must_issue(acting), STEPS[name], reason.strip()
    if not reason:
        raise Refused(_("Give the reason: the learner reads it, and it is kept."), "reason")
    with transaction.atomic():
        held = _held(acting, chosen)
        if not held:
            raise Refused(_("Choose at least one credential."))
        for credential in held:
            _must_stand(credential, step.before)
        mark(held, step.bit)
        for credential in held:
            note(acting, credential, step, reason)
    return len(held)


def _held(acting: Appointment, chosen: Iterable[Credential]) -> list[Credential]:
    """Lock credentials of the person's own institution, always in the same order."""
    numbers = sorted({credential.pk for credential in chosen})
    if len(numbers) > MOST_AT_ONCE:
        raise Refused(_("At most %(most)s at once.") % {"most": MOST_AT_ONCE})
    rows = Credential.objects.select_for_update(of=("self",), no_key=True).select_related(
        "status_list", "institution", "person"
    )
    held = list(rows.filter(pk__in=numbers).order_by("pk"))
    if any(credential.institution_id != acting.institution_id for credential in held):
        raise NotAllowed
    return held


def _must_stand(credential: Credential, states: Iterable[str]) -> None:
    if credential.state not in states:
        words = {"serial": credential.serial, "state": credential.get_state_display()}
        raise Refused(_("%(serial)s: this cannot be done, its state is “%(state)s”.") % words)


def mark(held: list[Credential], bit: bool) -> None:
    """Set or clear the bits of credentials in their lists, which are published anew."""
    lists = {credential.status_list_id: credential.status_list for credential in held}
    for pk, listed in sorted(lists.items()):
        set_bits(listed, [c.status_index for c in held if c.status_list_id == pk], set_to=bit)


def note(acting: Appointment | None, credential: Credential, step: Step, reason: str) -> None:
    """Keep what became of a credential: its state, its history, the register, a word to its learner."""
    before = credential.state
    credential.state = step.after
    credential.save(update_fields=["state", "changed_at"])
    Change.objects.create(credential=credential, what=step.what, reason=reason, acting=acting)
    record(
        acting,
        f"credentials.{step.name}",
        credential,
        institution=credential.institution,
        before={"serial": credential.serial, "state": before},
        after={"state": credential.state},
        reason=reason,
    )
    tell_changed(credential, step.notice, reason)


# --- Correct and issue anew ------------------------------------------------------------------------

REPLACED = Step(
    "replace", What.SUPERSEDED, frozenset({State.ISSUED, State.SUSPENDED}), State.SUPERSEDED, True,
    "credential_superseded",
)  # fmt: skip
CORRECTABLE = (
    "name", "grade", "formative_mark", "summative_mark", "started_on", "ended_on", "awarded_on", "stamped_on",
    "term", "payment",
)  # fmt: skip


@transaction.atomic
def correct(
    acting: Appointment | None, credential: Credential, corrected: Mapping[str, Any], reason: str
) -> Credential:
    """Issue a corrected credential that supersedes this one; raises ``Refused``.

    The course is taken as it is described today, so that a corrected description comes along.
    """
    acting, reason = must_issue(acting), reason.strip()
    held = _held(acting, [credential])[0]
    _must_stand(held, REPLACED.before)
    if not reason:
        raise Refused(_("Give the reason: the learner reads it, and it is kept."), "reason")
    if held.kind != Credential.Kind.AWARD or held.achievement is None:
        raise Refused(_("A decision is corrected by deciding anew: its credential follows by itself."))
    values = held.values | {name: corrected[name] for name in CORRECTABLE if name in corrected}
    issuer = issuer_on(held.institution, _day(values["stamped_on"]), held.achievement)
    edition = edition_of(held.institution, course_of(held.achievement), issuer)
    if values == held.values and edition.pk == held.edition_id:
        raise Refused(_("Nothing was changed, so there is nothing to correct."))
    mark([held], bit=True)
    made = _replacement(acting, held, values, edition)
    note(acting, held, REPLACED, reason)
    record(
        acting,
        "credentials.correct",
        made,
        before={"serial": held.serial},
        after={
            "serial": made.serial,
            "changed": sorted(n for n in values if values[n] != held.values.get(n)),
        },
        reason=reason,
    )
    tell_issued([made])
    return made


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _replacement(acting: Appointment, old: Credential, values: dict[str, Any], edition: Any) -> Credential:
    now = timezone.now()
    listed, (index,) = places(old.institution, 1)
    year = int(values["awarded_on"][:4])
    made = Credential(
        public_id=uuid4(),
        short_code=new_code(),
        institution=old.institution,
        achievement=old.achievement,
        run=old.run,
        person=old.person,
        name=values["name"],
        email=old.email,
        serial=serials(old.institution, values["certificate"], year, 1)[0],
        values=values,
        status_list=listed,
        status_index=index,
        supersedes=old,
        shown=old.shown,
        issued_at=now,
        issued_by=acting,
        **titled(edition),
    )
    statement = Cohort(edition).statement(values, made.serial, page_of(made))
    try:
        check_statement(statement)
        made.document = signed(old.institution, open_badge(statement, issue_of(made, now, old.public_id)))
    except InvalidCase as wrong:
        raise Refused(told(wrong)) from wrong
    made.mms = statement_bytes(statement).decode()
    made.save(force_insert=True)
    return made
