"""The login page may send its forms to the universities' login servers, and no other page may."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.people.models import SingleSignOn

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
