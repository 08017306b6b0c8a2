"""Committees and their members."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people, for_roles
from portal.approvals.access import KEEPERS, committee_for, committees_for, may_keep, must_keep, must_read
from portal.approvals.actions import keeping
from portal.approvals.forms import CommitteeForm, MemberForm
from portal.approvals.models import Committee, Meeting
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, form_page, kept


@require_safe
@for_people
def listing(request: ActingRequest) -> HttpResponse:
    """List the committees that the person may see."""
    must_read(request.acting)
    waiting = Count("items", Q(items__decision="", items__withdrawn_at=None), distinct=True)
    found = committees_for(request.acting).annotate(
        waiting=waiting, member_count=Count("members", distinct=True)
    )
    shown = {"committees": found, "may_keep": may_keep(request.acting)}
    return render(request, "approvals/committees.html", shown)


@require_safe
@for_people
def committee(request: ActingRequest, pk: int) -> HttpResponse:
    """Show a committee, who sits on it, and its meetings."""
    must_read(request.acting)
    return _page(request, committee_for(request.acting, pk), None)


def _page(request: ActingRequest, found: Committee, form: MemberForm | None) -> HttpResponse:
    keeps = may_keep(request.acting)
    shown = {
        "committee": found,
        "members": found.members.select_related("person"),
        "meetings": found.meetings.exclude(state=Meeting.State.CANCELLED)[:10],
        "may_keep": keeps,
        "form": (form or MemberForm(found.institution)) if keeps else None,
    }
    return render(request, "approvals/committee.html", shown, status=UNPROCESSABLE if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*KEEPERS)
def new(request: ActingRequest) -> HttpResponse:
    """Keep a new committee."""
    assert request.acting is not None
    return _kept(request, Committee(institution_id=request.acting.institution_id or 0))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*KEEPERS)
def edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a committee."""
    return _kept(request, committee_for(request.acting, pk))


def _kept(request: ActingRequest, found: Committee) -> HttpResponse:
    form = CommitteeForm(found.institution, request.POST or None, instance=found)
    if request.method == "POST" and kept(
        form, keep=lambda: keeping.keep_committee(request.acting, form.instance)
    ):
        return done(request, _("The committee is kept."), found.get_absolute_url())
    return form_page(request, "approvals/committee_form.html", {"form": form, "committee": found})


@require_POST
@for_roles(*KEEPERS)
def add_member(request: ActingRequest, pk: int) -> HttpResponse:
    """Put somebody on a committee."""
    found = committee_for(request.acting, pk)
    form = MemberForm(found.institution, request.POST)
    if kept(form, keep=lambda: keeping.add_member(request.acting, found, **form.cleaned_data)):
        told = _("%(name)s sits on the committee.") % {"name": form.cleaned_data["person"].name}
        return done(request, told, found.get_absolute_url())
    return _page(request, found, form)


@require_POST
@for_roles(*KEEPERS)
def remove_member(request: ActingRequest, pk: int, member: int) -> HttpResponse:
    """Take somebody off a committee."""
    found = committee_for(request.acting, pk)
    must_keep(request.acting, found.institution_id)
    one = get_object_or_404(found.members.select_related("person"), pk=member)
    keeping.remove_member(request.acting, one)
    return redirect(found)
