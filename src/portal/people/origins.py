"""What lies between the portal and the universities' login servers: which pages lead there, and outages."""

import logging
from collections.abc import Callable

import requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.people.models import SingleSignOn

log = logging.getLogger(__name__)
LED_AWAY = {"openid_connect_login", "openid_connect_callback", "saml_login", "saml_finish_acs"}
PAGES = {"account_login", "socialaccount_connections", "saml_login", "openid_connect_login"}


class SignOnOriginsMiddleware:
    """Adds the servers of the logins to what the forms of these pages may lead to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.resolver_match and request.resolver_match.url_name in PAGES:
            found = SingleSignOn.objects.filter(institution__active=True).values_list("origins", flat=True)
            origins = sorted({origin for origins in found for origin in origins})
            if origins:
                vars(response)["_csp_update"] = {"form-action": origins}
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say in words that a university's login server does not answer."""
        away = isinstance(exception, requests.RequestException)
        if away and request.resolver_match and request.resolver_match.url_name in LED_AWAY:
            log.warning("a login server does not answer: %s", exception)
            return render(request, "socialaccount/authentication_error.html", status=503)
        return None
