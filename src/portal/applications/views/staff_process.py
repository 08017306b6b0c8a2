"""The process of a policy as a drawing with its words, for everybody who is logged in."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.roles import Role
from portal.applications.access import application_for
from portal.applications.models import Application
from portal.numbers import whole_number
from portal.packs import packs
from portal.processes.drawing import drawn
from portal.wording import in_language
from tauliah.policy.process import Process, Step

NAME = "credit_transfer"


@require_safe
@for_people
def process(request: ActingRequest, policy: str) -> HttpResponse:
    """Draw a policy's process; ``?application=12`` marks where an application of one's own view stands."""
    pack = packs().get(policy)
    found = pack.processes.get(NAME) if pack else None
    if pack is None or found is None:
        raise Http404
    application = asked_about(request, policy)
    current = application.state if application else None
    shown = {
        "pack": pack,
        "process": found,
        "application": application,
        "current": current,
        **drawn(found, current),
        "steps": [step_words(found, step) for step in found.steps.values()],
        "states": [
            (state, role_words(state.holder) if state.holder else "", state.name == current)
            for state in found.states.values()
        ],
    }
    return render(request, "applications/staff_process.html", shown)


def asked_about(request: ActingRequest, policy: str) -> Application | None:
    """Return the application whose state is to be marked; a stranger's is not found."""
    number = whole_number(request.GET.get("application", ""))
    if number is None:
        return None
    application = application_for(request.acting, number)
    return application if application.policy == policy else None


def step_words(process: Process, step: Step) -> dict[str, object]:
    """Return a step in words: who takes it, from where to where, what it needs, by which clauses."""
    return {
        "step": step,
        "by": [role_words(role) for role in step.by],
        "from": [in_language(process.states[name].label) for name in step.from_],
        "to": list(dict.fromkeys(in_language(process.states[way.to].label) for way in step.ways)),
        "clauses": list(dict.fromkeys([*step.clauses, *(c for need in step.needs for c in need.clauses)])),
    }


def role_words(role: str) -> str:
    """Name a role."""
    return str(Role(role).label) if role in Role.values else role
