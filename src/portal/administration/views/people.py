"""The people of an institution: the list, one person, inviting, appointing, ending, erasing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import Refused
from portal.accounts.roles import Role
from portal.administration import access, actions
from portal.administration.forms import AppointForm, EndForm, InviteForm
from portal.administration.invitations import send_invitation, tell_of_appointment
from portal.people.models import ErasureRequest
from portal.records.words import in_words

PER_PAGE = 25
FILTERS = ("words", "role", "faculty", "only")
for_administrators = for_roles(Role.ADMINISTRATOR)


@require_GET
@for_administrators
def people(request: ActingRequest) -> HttpResponse:
    """List the people of the institution, by words, role, faculty and whether they are in office."""
    asked = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    found = access.people_for(request.acting, **asked)
    held = access.appointments_for(request.acting).in_force(timezone.localdate()).order_by("role", "pk")
    page = Paginator(
        found.prefetch_related(Prefetch("appointments", held, to_attr="held")), PER_PAGE
    ).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    shown = {
        "page": page,
        "asked": asked,
        "query": query.urlencode(),
        "roles": Role.choices,
        "faculties": access.faculties_for(request.acting),
        "waiting": ErasureRequest.objects.filter(
            done_at__isnull=True, person__in=access.people_for(request.acting, only="all")
        ).select_related("person"),
        "tab": "people",
    }
    return render(request, "administration/people.html", shown)


@require_http_methods(["GET", "POST"])
@for_administrators
def invite(request: ActingRequest) -> HttpResponse:
    """Invite somebody by email, as something."""
    form = InviteForm(access.institution_of(request.acting), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person, new = actions.invite(request.acting, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal.message))
        else:
            return invited(request, person, new=new)
    return render(
        request,
        "administration/invite.html",
        {"form": form, "tab": "people"},
        status=422 if form.errors else 200,
    )


def invited(request: ActingRequest, person: Person, *, new: bool) -> HttpResponse:
    """Send the invitation, or word of the appointment to who has an account, and show the person."""
    institution = access.institution_of(request.acting)
    if new:
        send_invitation(request, person, institution)
        messages.success(request, _("An invitation goes to %(email)s.") % {"email": person.email})
    else:
        tell_of_appointment(request, person, institution)
        messages.success(
            request, _("%(name)s has an account already and is appointed.") % {"name": person.name}
        )
    return redirect("administration:person", person.pk)


@require_GET
@for_administrators
def person(request: ActingRequest, pk: int) -> HttpResponse:
    """Show one person: appointments, state of the account, history."""
    found = access.person_for(request.acting, pk)
    held = access.appointments_for(request.acting).filter(person=found).order_by("-starts_on", "-pk")
    told = access.history_of(request.acting, found)[:20]
    shown = {
        "person": found,
        "appointments": held,
        "entries": [(in_words(entry.action), entry.at) for entry in told],
        "may_invite_again": found.is_active and found.last_login is None and not found.has_usable_password(),
        "asked_for_erasure": ErasureRequest.objects.filter(person=found, done_at__isnull=True).first(),
        "tab": "people",
    }
    return render(request, "administration/person.html", shown)


@require_POST
@for_administrators
def invite_again(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the invitation once more to somebody who has never logged in."""
    found = access.person_for(request.acting, pk)
    if found.is_active and found.last_login is None and not found.has_usable_password():
        send_invitation(request, found, access.institution_of(request.acting))
        messages.success(request, _("An invitation goes to %(email)s.") % {"email": found.email})
    else:
        messages.error(request, _("This person has come in already."))
    return redirect("administration:person", found.pk)


@require_http_methods(["GET", "POST"])
@for_administrators
def appoint(request: ActingRequest, pk: int) -> HttpResponse:
    """Appoint one of the institution's people to a further role."""
    found = access.person_for(request.acting, pk)
    form = AppointForm(access.institution_of(request.acting), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appoint(request.acting, found, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal.message))
        else:
            messages.success(request, _("The appointment is made."))
            return redirect("administration:person", found.pk)
    shown = {"form": form, "person": found, "tab": "people"}
    return render(request, "administration/appoint.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_administrators
def end(request: ActingRequest, pk: int) -> HttpResponse:
    """End an appointment with a day and a reason."""
    held: Appointment = access.appointment_for(request.acting, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_appointment(request.acting, held, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal.message))
        else:
            messages.success(request, _("The appointment ends on that day."))
            return redirect("administration:person", held.person_id)
    shown = {"form": form, "appointment": held, "person": held.person, "tab": "people"}
    return render(request, "administration/end.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_administrators
def erase(request: ActingRequest, pk: int) -> HttpResponse:
    """Erase somebody who asked for it, after a page that says what goes and what stays."""
    found = access.person_for(request.acting, pk)
    refused = ""
    if request.method == "POST":
        try:
            actions.erase_person(request.acting, found)
        except Refused as refusal:
            refused = str(refusal.message)
        else:
            messages.success(request, _("The person is erased; the register stays whole."))
            return redirect("administration:people")
    shown = {"person": found, "refused": refused, "tab": "people"}
    return render(request, "administration/erase.html", shown, status=422 if refused else 200)
