"""Where a course is registered, and how its certificate describes it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.credentials.forms_course import CourseForm, part_forms, problems_of, rows_of
from portal.proposals.access import proposal_for
from portal.proposals.actions.certifying import achievement_of, describe_certificate, may_describe
from portal.proposals.actions.registering import Where, may_register, places_of, register
from portal.proposals.forms_review import RegistrationForm
from portal.proposals.models import Proposal
from portal.proposals.views.course import acting_of, course_page, for_readers, version_of
from tauliah.values.case import InvalidCase


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_readers
def listing(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the registrations of a course; who registers it records them here."""
    acting, found = acting_of(request), proposal_for(request.acting, pk)
    open_ = [where for where in places_of(found) if may_register(acting, found, where)]
    form = RegistrationForm(open_ if request.method != "POST" else places_of(found), request.POST or None)
    if request.method == "POST":

        def keep() -> None:
            register(acting, found, form.entry(), version=version_of(request))

        if kept(form, keep=keep):
            where = reverse("proposals:registrations", args=[pk])
            return done(request, _("The registration is recorded."), where)
    at = {row.where: row for row in found.registrations.select_related("by__person")}
    shown = course_page(
        found,
        "registrations",
        rows=[(Where(where).label, at.get(where)) for where in places_of(found)],
        form=form if open_ else None,
        may_describe=may_describe(acting, found),
    )
    return render(request, "proposals/registrations.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_readers
def certificate(request: ActingRequest, pk: int) -> HttpResponse:
    """Describe the course as its certificates do, filled in from the proposal."""
    acting, found = acting_of(request), proposal_for(request.acting, pk)
    if not may_describe(acting, found):
        raise NotAllowed(_("The e-learning centre describes the certificate once the course is developed."))
    achievement, data = achievement_of(found), request.POST or None
    form, parts = CourseForm(found.institution, data, instance=achievement), part_forms(achievement, data)
    right = data is not None and all([form.is_valid(), *(part.is_valid() for part in parts.values())])
    if right and described(request, found, form, parts):
        where = reverse("proposals:registrations", args=[pk])
        return done(request, _("The certificate is described."), where)
    shown = course_page(found, "registrations", form=form, parts=parts, achievement=achievement)
    return form_page(request, "proposals/certificate.html", shown)


def described(request: ActingRequest, found: Proposal, form: CourseForm, parts: dict[str, Any]) -> bool:
    """Keep the description; what is wrong with it goes to the form."""
    filled = form.save(commit=False)
    for name, part in parts.items():
        setattr(filled, name, rows_of(part))
    filled.skills = [s.strip() for s in form.cleaned_data["skill_words"].split(",") if s.strip()]
    try:
        describe_certificate(acting_of(request), found, filled, version=version_of(request))
    except InvalidCase as wrong:
        for place, words in problems_of(wrong):
            form.add_error(place if place in form.fields else None, words)
        return False
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        return False
    return True
