"""Taking a step of the process: role, state and needs are asked, then it is done and recorded at once."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.facts import facts_for
from portal.applications.models import Application
from portal.applications.process import may_take, process_of
from portal.applications.signals import moved
from portal.records.register import entries_about, record
from tauliah.policy.process import Step, destination, facts_of, unmet


def locked(application: Application, version: int | None) -> Application:
    """Return the application, held until the transaction ends; refuse it if somebody changed it meanwhile.

    ``version`` is the one that the person saw; None where nothing was seen, as for the system itself.
    """
    held = Application.objects.select_for_update(of=("self",), no_key=True).select_related(
        "institution", "faculty", "programme__institution", "student__person", "student__intake", "order"
    )
    now = held.get(pk=application.pk)
    if version is not None and version != now.version:
        raise Refused(changed_meanwhile(now))
    return now


def hold(applications: QuerySet[Application]) -> None:
    """Hold applications until the transaction ends, in the order of their numbers."""
    numbers = list(applications.values_list("pk", flat=True))
    rows = Application.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk")
    list(rows.values_list("pk", flat=True))


def changed_meanwhile(application: Application) -> str:
    """Say who changed the application since it was shown."""
    last = entries_about(application).select_related("person").last()
    who = last.person.name if last and last.person else _("Somebody")
    when = date_format(timezone.localtime(last.at if last else application.updated_at), "j F Y, H:i")
    return _(
        "%(who)s changed this application on %(when)s, after you opened it. Nothing of yours was saved; "
        "look at it as it is now and decide again."
    ) % {"who": who, "when": when}


def opened(
    acting: Appointment | None, application: Application, name: str, version: int | None
) -> Application:
    """Return the application, held, for somebody who may take a step of it now.

    The role is asked before the version: who may not do a thing is not told what others did.
    """
    must_be_theirs(acting, application, name)
    held = locked(application, version)
    permitted(acting, held, name)
    return held


def must_be_theirs(acting: Appointment | None, application: Application, name: str) -> None:
    """Raise ``NotAllowed`` where a step is not for the role that somebody acts in, in whatever state."""
    step = process_of(application).steps.get(name)
    if step is not None and not may_take(acting, application, step):
        raise NotAllowed


def touch(application: Application, *fields: str) -> None:
    """Save the named fields and give the application its next version."""
    application.version += 1
    application.save(update_fields=[*fields, "version", "updated_at"])


def step_of(application: Application, name: str) -> Step:
    """Return a step that can be taken in the state the application is in; raises ``Refused``."""
    process = process_of(application)
    step = process.steps.get(name)
    if step is None or application.state not in step.from_:
        state = process.states[application.state].label.in_language(get_language() or "ms")
        raise Refused(_("This cannot be done now: the application stands at “%(state)s”.") % {"state": state})
    return step


def permitted(acting: Appointment | None, application: Application, name: str) -> Step:
    """Return a step that the person may take now; raises ``NotAllowed`` or ``Refused``."""
    step = step_of(application, name)
    if not may_take(acting, application, step):
        raise NotAllowed
    return step


@transaction.atomic(savepoint=False)
def take(acting: Appointment | None, application: Application, name: str, *, reason: str = "") -> Application:
    """Take a step: the state changes, its deadline begins, the register says so, others are told.

    ``application`` must be held by ``locked``. Raises ``NotAllowed`` or ``Refused`` with what is missing.
    """
    step = permitted(acting, application, name)
    return _walk(acting, application, step, reason)


def _walk(acting: Appointment | None, application: Application, step: Step, reason: str) -> Application:
    facts = must_be_ready(acting, application, step)
    before = application.state
    arrive(application, destination(step, facts))
    record(
        acting,
        f"applications.{step.name}",
        application,
        institution=application.institution,
        before={"state": before},
        after={"state": application.state},
        reason=reason,
    )
    moved.send(Application, application=application, step=step.name, before=before, acting=acting)
    go_on(application)
    return application


def must_be_ready(acting: Appointment | None, application: Application, step: Step) -> dict[str, bool]:
    """Return the facts of a step; raises ``Refused`` with everything that it still lacks."""
    facts = facts_for(application, acting, facts_of(step))
    missing = unmet(step, facts)
    if missing:
        language = get_language() or "ms"
        raise Refused(" ".join(need.message.in_language(language) for need in missing))
    return facts


def arrive(application: Application, state: str) -> None:
    """Put the application into a state: since now, due by the state's days, nobody's in particular."""
    days = process_of(application).states[state].days
    application.state = state
    application.state_since = timezone.now()
    application.due_on = timezone.localdate() + timedelta(days=days) if days else None
    application.handler = None
    touch(application, "state", "state_since", "due_on", "handler")


def go_on(application: Application) -> None:
    """Take every step that the process takes by itself and whose needs are met now."""
    for step in process_of(application).steps_from(application.state):
        if step.by_itself and not unmet(step, facts_for(application, None, facts_of(step))):
            _walk(None, application, step, "")
            return
