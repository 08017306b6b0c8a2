"""The page on which a person lets software in, or not: the library's, with PKCE for everybody."""

from urllib.parse import urlsplit

from allauth.idp.oidc import views
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from portal.errors import explain


def authorize(request: HttpRequest) -> HttpResponseBase:
    """Ask the person; the answer goes to the address that the software registered, and nowhere else."""
    asked = request.GET
    if request.method == "GET" and not (
        asked.get("code_challenge") and asked.get("code_challenge_method") == "S256"
    ):
        words = _("The software did not protect its request (PKCE with S256). Tell its makers.")
        return explain(request, 400, _("This request is not safe"), words)
    response: HttpResponseBase = views.authorization(request)
    if isinstance(response, TemplateResponse):  # the form; a mistake is told in a plain response
        target = urlsplit(asked.get("redirect_uri", ""))
        if target.scheme in {"http", "https"} and target.netloc:
            vars(response)["_csp_update"] = {"form-action": [f"{target.scheme}://{target.netloc}"]}
    return response
