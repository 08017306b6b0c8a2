"""The desk: what waits, what is late, where everything is, what the guideline asks of the role."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.desk.duties import duties_of
from portal.desk.shortcuts import shortcuts_of
from portal.desk.tasks_open import by_state, work_of
from portal.notices.models import Notice

LATEST = 5


@require_safe
@for_people
def desk(request: ActingRequest) -> HttpResponse:
    """Show the desk of the role that the person acts in; without a role, how one comes by it."""
    acting = request.acting
    unread = Notice.objects.filter(person=request.user, read_at=None)[:LATEST]
    shown: dict[str, object] = {"acting": acting, "notices": unread}
    if acting is not None:
        policy, duties = duties_of(acting)
        work = work_of(acting)
        shown |= {
            "work": work,
            "waiting": [item for item in work if item.count],
            "idle": [item for item in work if not item.count],
            "states": by_state(acting),
            "shortcuts": shortcuts_of(acting),
            "policy": policy,
            "duties": duties,
        }
    return render(request, "desk/desk.html", shown)
