"""Where somebody arrives from an LMS: logged in here, connected with their account, in the right course."""

from typing import Any, cast
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.models import Person
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import form_page
from portal.lti import claims as lti
from portal.lti import launching, offered
from portal.lti.actions import binding
from portal.lti.deep_linking import answer_for, return_address
from portal.lti.forms_offering import BindForm
from portal.lti.models import CourseLink, LmsAccount, Message
from portal.lti.views.tool_side import browser_of, not_opened


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def arrive(request: ActingRequest, secret: str) -> HttpResponse:
    """Connect the person, then go where the launch leads."""
    try:
        message = launching.arriving(secret, browser_of(request))
        if not is_connected(request, message):
            shown = {"message": message, "name": binding.told_name(message), "email": told_email(message)}
            response = render(request, "lti/connect.html", shown)
        else:
            response = onwards(request, message)
    except Refused as refused:
        return not_opened(request, refused)
    response["Cache-Control"] = "no-store"
    return response


def told_email(message: Message) -> str:
    """Return the email under which the LMS knows who comes."""
    return lti.words_of(message.claims.get("email"), 254)


def is_connected(request: ActingRequest, message: Message) -> bool:
    """Say whether the account of the LMS is this person's; connect it where that is beyond doubt.

    It is where they say so on the page, or where the LMS names an email that is verified as theirs here.
    """
    held = LmsAccount.objects.filter(lms=message.lms, subject=message.claims["sub"]).exists()
    if held or request.POST.get("connect") or is_verified(request.user, told_email(message)):
        binding.connect_account(request.user, message)
        return True
    return False


def is_verified(person: Person, email: str) -> bool:
    """Say whether an email is verified as this person's."""
    addresses = cast("Any", person).emailaddress_set
    return bool(email) and bool(addresses.filter(email__iexact=email, verified=True).exists())


def onwards(request: ActingRequest, message: Message) -> HttpResponse:
    """Answer a launch whose person is known."""
    if message.claims[lti.MESSAGE_TYPE] == lti.DEEP_LINKING_LAUNCH:
        return choose(request, message)
    course = binding.course_of(message)
    if course is None:
        return choose(request, message)
    binding.keep_services(course, message)
    return to_course(request, course)


def to_course(request: ActingRequest, course: CourseLink) -> HttpResponse:
    """Lead somebody to the offering that a course is."""
    if offered.may_connect(request.acting, course.offering):
        return redirect("lti:course", course.pk)
    if offered.part_of(request.user, course.offering) is None:
        shown = {"course": course, "page": offered.public_page(course.offering)}
        return render(request, "lti/not_enrolled.html", shown)
    return redirect(offered.learning_page(request.user, course.offering))


def choose(request: ActingRequest, message: Message) -> HttpResponse:
    """Let staff say which offering this course is; others learn that nobody did yet."""
    offerings = offered.connected_by(request.acting).filter(institution=message.lms.institution)
    teaches = lti.teaches(message.claims.get(lti.ROLES))
    if not teaches or not offerings.exists():
        return render(request, "lti/unbound.html", {"message": message, "teaches": teaches})
    asked = request.POST if "offering" in request.POST else None
    form = BindForm(offerings, asked)
    if asked is not None and form.is_valid():
        course = binding.bind(request.acting, message, form.cleaned_data["offering"])
        return chosen(request, message, course)
    shown = {"form": form, "message": message, "title": binding.context_of(message)[1]}
    return form_page(request, "lti/choose.html", shown)


def chosen(request: ActingRequest, message: Message, course: CourseLink) -> HttpResponse:
    """Go to the course, or send the LMS the link that it asked for."""
    if message.claims[lti.MESSAGE_TYPE] != lti.DEEP_LINKING_LAUNCH:
        return to_course(request, course)
    address = return_address(message)
    shown = {
        "address": address,
        "fields": {"JWT": answer_for(message, course)},
        "heading": _("Back to %(lms)s") % {"lms": message.lms.name},
    }
    Message.objects.filter(pk=message.pk).update(used_at=timezone.now())
    response = render(request, "lti/post.html", shown)
    parts = urlsplit(address)
    vars(response)["_csp_update"] = {"form-action": [f"{parts.scheme}://{parts.netloc}"]}
    return response
