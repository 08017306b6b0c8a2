"""Taking a step: role, version, state and needs are asked, then it is done, recorded and told at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models
from django.dispatch import Signal
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.processes.models import Walking
from portal.records.register import entries_about, record
from tauliah.policy.process import Need, Step, destination, exists, facts_of, unmet

Thing = TypeVar("Thing", bound=Walking)


@dataclass(frozen=True, slots=True)
class Walk(Generic[Thing]):
    """How the things of one table go through their process.

    ``area`` is the first part of the register's words (``proposals.submit``); ``facts`` answer what a
    process asks, by name; ``permits`` says whether somebody may take a step, in whatever state; ``related``
    are fetched with a row that is held; ``moved`` is sent in the transaction of each step with ``thing``,
    ``step``, ``before`` and ``acting``.
    """

    model: type[Thing]
    area: str
    facts: Mapping[str, Callable[[Thing, Appointment | None], bool]]
    permits: Callable[[Appointment, Thing, Step], bool]
    moved: Signal
    related: tuple[str, ...] = ("institution",)

    def facts_for(self, thing: Thing, acting: Appointment | None, names: Iterable[str]) -> dict[str, bool]:
        """Return whether each named fact holds now; raises ``KeyError`` for one that nobody answers."""
        return {name: self.facts[name](thing, acting) for name in names}

    def missing(self, acting: Appointment | None, thing: Thing, step: Step) -> tuple[Need, ...]:
        """Return what a step still lacks."""
        return unmet(step, self.facts_for(thing, acting, facts_of(step)))

    def steps_for(self, acting: Appointment | None, thing: Thing) -> list[Step]:
        """Return the steps that somebody's role may take now, whether or not their needs are met."""
        steps = thing.declared().steps_from(thing.state)
        return [step for step in steps if self.may_take(acting, thing, step)]

    def may_take(self, acting: Appointment | None, thing: Thing, step: Step) -> bool:
        """Say whether a step is for somebody, in whatever state the thing stands."""
        if acting is None or step.by_itself or not self.permits(acting, thing, step):
            return False
        return exists(step, self.facts_for(thing, acting, [fact.removeprefix("not ") for fact in step.only]))

    def may_be_taken(self, acting: Appointment | None, thing: Thing, name: str) -> bool:
        """Say whether a step is open to somebody in the state the thing is in."""
        return any(step.name == name for step in self.steps_for(acting, thing))

    def locked(self, thing: Thing, version: int | None) -> Thing:
        """Return the row, held until the transaction ends; refuse it if somebody changed it meanwhile.

        ``version`` is the one that the person saw; None where nothing was seen, as for the system itself.
        """
        held = self.model._default_manager.select_for_update(of=("self",), no_key=True).select_related(
            *self.related
        )
        now = held.get(pk=thing.pk)
        if version is not None and version != now.version:
            raise Refused(changed_meanwhile(now))
        return now

    def opened(self, acting: Appointment | None, thing: Thing, name: str, version: int | None) -> Thing:
        """Return the row, held, for somebody who may take a step of it now.

        The role is asked before the version: who may not do a thing is not told what others did.
        """
        self.must_be_theirs(acting, thing, name)
        held = self.locked(thing, version)
        self.permitted(acting, held, name)
        return held

    def must_be_theirs(self, acting: Appointment | None, thing: Thing, name: str) -> None:
        """Raise ``NotAllowed`` where a step is not for the role that somebody acts in, in whatever state."""
        step = thing.declared().steps.get(name)
        if step is not None and not self.may_take(acting, thing, step):
            raise NotAllowed

    def permitted(self, acting: Appointment | None, thing: Thing, name: str) -> Step:
        """Return a step that the person may take now; raises ``NotAllowed`` or ``Refused``."""
        step = step_of(thing, name)
        if not self.may_take(acting, thing, step):
            raise NotAllowed
        return step

    def take(self, acting: Appointment | None, thing: Thing, name: str, *, reason: str = "") -> Thing:
        """Take a step: the state changes, its deadline begins, the register says so, others are told.

        ``thing`` must be held by ``locked``, in the caller's transaction. Raises ``NotAllowed``, or
        ``Refused`` with what is missing.
        """
        return self._walk(acting, thing, self.permitted(acting, thing, name), reason)

    def must_be_ready(self, acting: Appointment | None, thing: Thing, step: Step) -> dict[str, bool]:
        """Return the facts of a step; raises ``Refused`` with everything that it still lacks."""
        facts = self.facts_for(thing, acting, facts_of(step))
        missing = unmet(step, facts)
        if missing:
            language = get_language() or "ms"
            raise Refused(" ".join(need.message.in_language(language) for need in missing))
        return facts

    def go_on(self, thing: Thing) -> None:
        """Take every step that the process takes by itself and whose needs are met now."""
        for step in thing.declared().steps_from(thing.state):
            if step.by_itself and self._is_due(thing, step):
                self._walk(None, thing, step, "")
                return

    def _is_due(self, thing: Thing, step: Step) -> bool:
        facts = self.facts_for(thing, None, facts_of(step))
        return exists(step, facts) and not unmet(step, facts)

    def _walk(self, acting: Appointment | None, thing: Thing, step: Step, reason: str) -> Thing:
        facts = self.must_be_ready(acting, thing, step)
        before = thing.state
        thing.arrive(destination(step, facts))
        record(
            acting,
            f"{self.area}.{step.name}",
            thing,
            institution=thing.institution,
            before={"state": before},
            after={"state": thing.state},
            reason=reason,
        )
        self.moved.send(self.model, thing=thing, step=step.name, before=before, acting=acting)
        self.go_on(thing)
        return thing


def step_of(thing: Walking, name: str) -> Step:
    """Return a step that can be taken in the state a thing is in; raises ``Refused``."""
    process = thing.declared()
    step = process.steps.get(name)
    if step is None or thing.state not in step.from_:
        state = process.states[thing.state].label.in_language(get_language() or "ms")
        raise Refused(_("This cannot be done now: it stands at “%(state)s”.") % {"state": state})
    return step


def changed_meanwhile(thing: models.Model) -> str:
    """Say who changed a thing since it was shown, as the register knows."""
    last = entries_about(thing).select_related("person").last()
    who = last.person.name if last and last.person else _("Somebody")
    when = date_format(timezone.localtime(last.at if last else timezone.now()), "j F Y, H:i")
    return _(
        "%(who)s changed this on %(when)s, after you opened it. Nothing of yours was saved; "
        "look at it as it is now and decide again."
    ) % {"who": who, "when": when}
