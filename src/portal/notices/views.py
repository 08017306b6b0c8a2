"""Pages of notices: one's own, what comes by email, and for the administrator the emails that went out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.notices import actions
from portal.notices.access import STATES, mail_for, mails_for, notice_of, notices_of
from portal.notices.kinds import Kind, kinds
from portal.notices.models import Mail, Notice
from portal.notices.words import MAIL_STATES, MAIL_TONES

ON_A_PAGE = 25


@require_safe
@for_people
def listed(request: ActingRequest) -> HttpResponse:
    """Show a person's notices, all or the unread ones."""
    found = notices_of(request.user)
    unread_only = request.GET.get("show") == "unread"
    if unread_only:
        found = found.filter(read_at=None)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "unread_only": unread_only, "query": "show=unread" if unread_only else ""}
    return render(request, "notices/list.html", shown)


@require_POST
@for_people
def opened(request: ActingRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and go where it leads, or back to the list."""
    notice: Notice = notice_of(request.user, pk)
    actions.mark_read(notice)
    safe = url_has_allowed_host_and_scheme(notice.link, None, require_https=request.is_secure())
    return redirect(notice.link if notice.link and safe else "notices:list")


@require_POST
@for_people
def all_read(request: ActingRequest) -> HttpResponse:
    """Mark everything as read."""
    read = actions.mark_all_read(request.user)
    told = ngettext("%(n)d notice marked as read.", "%(n)d notices marked as read.", read)
    messages.success(request, told % {"n": read})
    return redirect("notices:list")


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def emails(request: ActingRequest) -> HttpResponse:
    """Show and keep of which kinds a person wants emails."""
    offered = kinds_for(request)
    if request.method == "POST":
        actions.choose_emails(request.user, offered, request.POST.getlist("kind"))
        messages.success(request, _("Your choice of emails is saved."))
        return redirect("notices:emails")
    muted = set(request.user.muted.values_list("kind", flat=True))
    shown = {
        "chosen": [(kind, kind.name not in muted) for kind in offered if not kind.mandatory],
        "always": [kind for kind in offered if kind.mandatory],
    }
    return render(request, "notices/emails.html", shown)


def kinds_for(request: ActingRequest) -> list[Kind]:
    """Return the kinds of which a person may be told: by their work, as an applicant, or both."""
    staff = {not appointment.is_learner for appointment in request.appointments} or {False}
    return [kind for kind in kinds().values() if kind.staff in staff]


@require_safe
@for_people
def outbox(request: ActingRequest) -> HttpResponse:
    """Show the administrator the emails of the institution, those that did not go out first asked for."""
    every = mails_for(request.acting)
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    found = every.filter(STATES[state]) if state in STATES else every
    if words:
        found = found.filter(Q(to__icontains=words) | Q(subject__icontains=words))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    shown = {
        "page": page,
        "rows": [row_of(mail) for mail in page],
        "states": MAIL_STATES.items(),
        "state": state,
        "words": words,
        "query": query.urlencode(),
        "failed": every.filter(STATES["failed"] | STATES["unconfirmed"]).count(),
    }
    return render(request, "notices/outbox.html", shown)


def row_of(mail: Mail) -> dict[str, object]:
    """Return an email with the words for how far it has come."""
    return {"mail": mail, "state": MAIL_STATES[mail.state], "tone": MAIL_TONES[mail.state]}


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def email(request: ActingRequest, pk: int) -> HttpResponse:
    """Show one email and, asked to, have it sent again."""
    mail = mail_for(request.acting, pk)
    if request.method == "POST":
        try:
            actions.send_again(request.acting, pk)
        except Refused as refused:
            messages.error(request, str(refused.message))
        else:
            messages.success(request, _("The email will be sent again in a moment."))
        return redirect("notices:email", pk)
    return render(request, "notices/email.html", row_of(get_object_or_404(Mail, pk=mail.pk)))
