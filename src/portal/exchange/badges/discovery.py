"""The service description that other software reads first (Open Badges 3.0, 6.3)."""

from django.urls import reverse

from portal.credentials.addresses import whole
from portal.exchange.badges.scopes import SCOPES
from tauliah.credentials.strict_json import Json

PLACE = "/ims/ob/v3p0"


def service_description() -> Json:
    """Return the description: where things are, and which scope each needs."""
    return {
        "openapi": "3.0.1",
        "info": {
            "title": "Tauliah",
            "description": "Open Badges API 3.0",
            "version": "3.0",
            "termsOfService": whole(reverse("home")),
            "x-imssf-privacyPolicyUrl": whole(reverse("home")),
            "x-imssf-image": whole("/static/portal/icon.svg"),
        },
        "servers": [{"url": whole(PLACE)}],
        "tags": [],
        "paths": _paths(),
        "components": {"securitySchemes": {"OAuth2ACG": _oauth()}, "schemas": {}},
    }


def _paths() -> Json:
    named = {
        "/credentials": {
            "get": ("getCredentials", "credential.readonly"),
            "post": ("upsertCredential", "credential.upsert"),
        },
        "/profile": {"get": ("getProfile", "profile.readonly"), "put": ("putProfile", "profile.update")},
        "/discovery": {"get": ("getServiceDescription", "")},
    }
    return {
        place: {method: _operation(*words) for method, words in each.items()} for place, each in named.items()
    }


def _operation(name: str, scope: str) -> Json:
    full = next((known for known in SCOPES if scope and known.endswith(scope)), "")
    found: Json = {"operationId": name, "responses": {"200": {"description": "OK"}}}
    return found | ({"security": [{"OAuth2ACG": [full]}]} if full else {})


def _oauth() -> Json:
    token = whole(reverse("idp:oidc:token"))
    return {
        "type": "oauth2",
        "x-imssf-registrationUrl": whole(reverse("idp:oidc:client_registration")),
        "flows": {
            "authorizationCode": {
                "authorizationUrl": whole(reverse("idp:oidc:authorization")),
                "tokenUrl": token,
                "refreshUrl": token,
                "scopes": {scope: str(words) for scope, words in SCOPES.items()},
            }
        },
    }
