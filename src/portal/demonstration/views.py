"""The page of the demonstration's logins; it does not exist where the setting is off."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import Person
from portal.demonstration.banner import logins
from portal.demonstration.people import PASSWORD


@require_safe
def logins_page(request: HttpRequest) -> HttpResponse:
    """List the people of the demonstration."""
    if not settings.DEMONSTRATION:
        raise Http404
    return render(request, "demonstration/logins.html", {"logins": logins()})


@require_POST
def log_in(request: HttpRequest) -> HttpResponse:
    """Log in as one of the demonstration's people, by the password that everybody knows."""
    if not settings.DEMONSTRATION:
        raise Http404
    number = request.POST.get("person", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise Http404
    person = get_object_or_404(Person, pk=number, email__endswith=".example", is_active=True)
    entered = authenticate(request, email=person.email, password=PASSWORD)
    if entered is None:  # somebody changed the password, or it is nobody of the demonstration
        return redirect(settings.LOGIN_URL)
    logout(request)
    login(request, entered)
    return redirect(settings.LOGIN_REDIRECT_URL)
