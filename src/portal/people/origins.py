"""The login page may send its forms to the universities' login servers, and no other page may."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from portal.people.models import SingleSignOn


class SignOnOriginsMiddleware:
    """Adds the servers of the logins to what the forms of the login and connection pages may reach."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path in (reverse("account_login"), reverse("socialaccount_connections")):
            found = SingleSignOn.objects.filter(institution__active=True).values_list("origins", flat=True)
            origins = sorted({origin for origins in found for origin in origins})
            if origins:
                vars(response)["_csp_update"] = {"form-action": origins}
        return response
