"""The pages on which an institution registers LMSs and tools, with our addresses to copy."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.lti import access, addresses
from portal.lti.actions import binding, registering
from portal.lti.forms_registration import LmsForm, ToolForm
from portal.lti.models import Lms, LmsAccount, Tool

PER_PAGE = 50
for_registrars = for_roles(*access.REGISTRARS)


@require_safe
@for_registrars
def overview(request: ActingRequest) -> HttpResponse:
    """List the institution's LMSs and tools."""
    context = {"all_lms": access.lms_for(request.acting), "tools": access.tools_for(request.acting)}
    return form_page(request, "lti/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_registrars
def lms(request: ActingRequest, pk: int | None = None) -> HttpResponse:
    """Register an LMS, or change one; what it must know of us stands beside the form."""
    institution = access.must_register(request.acting)
    row = access.one_lms_for(request.acting, pk) if pk else Lms(institution=institution)
    form = LmsForm(request.POST or None, instance=row)
    if request.method == "POST" and kept(
        form, keep=lambda: registering.keep_lms(request.acting, form.instance)
    ):
        return done(request, _("The LMS is kept."), redirect("lti:lms-edit", pk=form.instance.pk).url)
    shown = access.one_lms_for(request.acting, pk) if pk else None
    context = {"form": form, "lms": shown, "ours": addresses.as_tool(institution)}
    return form_page(request, "lti/lms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_registrars
def tool(request: ActingRequest, pk: int | None = None) -> HttpResponse:
    """Register a tool, or change one; what it must know of us stands beside the form."""
    institution = access.must_register(request.acting)
    row = access.one_tool_for(request.acting, pk) if pk else Tool(institution=institution)
    form = ToolForm(request.POST or None, instance=row)
    if request.method == "POST" and kept(
        form, keep=lambda: registering.keep_tool(request.acting, form.instance)
    ):
        return done(request, _("The tool is kept."), redirect("lti:tool-edit", pk=form.instance.pk).url)
    shown = access.one_tool_for(request.acting, pk) if pk else None
    context = {"form": form, "registered": shown, "ours": addresses.as_platform(institution)}
    return form_page(request, "lti/tool.html", context)


@require_safe
@for_registrars
def accounts(request: ActingRequest, pk: int) -> HttpResponse:
    """List the accounts of an LMS that people connected, by words in a name or address."""
    row = access.one_lms_for(request.acting, pk)
    words = request.GET.get("words", "").strip()
    found = row.accounts.select_related("person").order_by("person__name", "pk")
    if words:
        found = found.filter(
            Q(person__name__icontains=words) | Q(person__email__icontains=words) | Q(name__icontains=words)
        )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return form_page(request, "lti/accounts.html", {"lms": row, "page": page, "words": words})


@require_POST
@for_registrars
def account_end(request: ActingRequest, pk: int) -> HttpResponse:
    """Untie an account of an LMS from the person who connected it."""
    wanted = LmsAccount.objects.filter(lms__in=access.lms_for(request.acting)).select_related("lms")
    account: LmsAccount = get_object_or_404(wanted, pk=pk)
    where = redirect("lti:accounts", account.lms_id).url
    binding.disconnect_account(request.acting, account)
    return done(request, _("The accounts are no longer connected."), where)


@require_POST
@for_registrars
def lms_switch(request: ActingRequest, pk: int) -> HttpResponse:
    """End an LMS, or take it into use again."""
    row = access.one_lms_for(request.acting, pk)
    try:
        registering.switch_lms(request.acting, row, on=bool(request.POST.get("on")))
    except Refused as refused:
        return done(request, refused.message, "lti:overview")
    return done(request, _("Done: %(name)s.") % {"name": row.name}, "lti:overview")


@require_POST
@for_registrars
def tool_switch(request: ActingRequest, pk: int) -> HttpResponse:
    """End a tool, or take it into use again."""
    row = access.one_tool_for(request.acting, pk)
    try:
        registering.switch_tool(request.acting, row, on=bool(request.POST.get("on")))
    except Refused as refused:
        return done(request, refused.message, "lti:overview")
    return done(request, _("Done: %(name)s.") % {"name": row.name}, "lti:overview")
