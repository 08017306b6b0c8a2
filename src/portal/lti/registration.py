"""Dynamic registration (LTI-DR 1.0): an LMS tells its addresses itself and gets ours in return."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.institutions.models import Institution
from portal.lti import claims as lti
from portal.lti.addresses import as_tool
from portal.lti.models import Lms
from portal.lti.outgoing import NotReached, asking, host_of, json_from, may_be_asked

CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration"
PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration"
NEEDED = {
    "issuer": "issuer",
    "authorization_endpoint": "auth_url",
    "token_endpoint": "token_url",
    "jwks_uri": "jwks_url",
}
ASKED_SCOPES = (lti.MEMBERS_SCOPE, lti.ITEMS_SCOPE, lti.ITEMS_READ_SCOPE, lti.RESULTS_SCOPE)


def configuration_at(address: str) -> lti.Claims:
    """Return what an LMS says of itself at an address of its own; raises ``Refused``."""
    if not may_be_asked(address):
        raise Refused(_("The LMS did not send a good address of its configuration (openid_configuration)."))
    try:
        told = lti.object_of(json_from(asking(address), address))
    except NotReached as broken:
        raise Refused(str(broken)) from broken
    wrong = [name for name in (*NEEDED, "registration_endpoint") if not may_be_asked(_text(told, name))]
    if wrong:
        words = _("The configuration of the LMS lacks a good address: %(names)s.")
        raise Refused(words % {"names": ", ".join(wrong)})
    host = host_of(address)
    if {host_of(_text(told, "issuer")), host_of(_text(told, "registration_endpoint"))} != {host}:
        raise Refused(_("The LMS’s configuration belongs to another host than %(host)s.") % {"host": host})
    return told


def _text(told: lti.Claims, name: str) -> str:
    return lti.words_of(told.get(name), 500)


def name_of(told: lti.Claims) -> str:
    """Return a name for an LMS: its product and its host."""
    product = lti.words_of(lti.object_of(told.get(PLATFORM)).get("product_family_code"), 30)
    host = host_of(_text(told, "issuer"))
    return f"{product.title()} ({host})"[:80] if product else host[:80]


def ours(institution: Institution) -> lti.Claims:
    """Return what the LMS is told of us."""
    addresses = as_tool(institution)
    messages: list[lti.Claims] = [
        {"type": lti.DEEP_LINKING_LAUNCH, "target_link_uri": addresses["launch"], "label": "Tauliah"},
        {"type": lti.RESOURCE_LAUNCH, "target_link_uri": addresses["launch"], "label": "Tauliah"},
    ]
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": addresses["login"],
        "redirect_uris": [addresses["launch"]],
        "client_name": f"Tauliah ({institution.code})",
        "jwks_uri": addresses["keys"],
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(ASKED_SCOPES),
        CONFIGURATION: {
            "domain": urlsplit(settings.TAULIAH_ADDRESS).netloc,
            "target_link_uri": addresses["launch"],
            "claims": ["iss", "sub", "name", "email"],
            "messages": messages,
        },
    }


def registered_at(institution: Institution, told: lti.Claims, token: str) -> Lms:
    """Return the LMS, not kept yet, after it registered us; raises ``Refused``."""
    answer = _sent(told["registration_endpoint"], ours(institution), token)
    client = lti.words_of(answer.get("client_id"), 255)
    if not client:
        raise Refused(_("The LMS answers without a client ID."))
    given = lti.object_of(answer.get(CONFIGURATION)).get("deployment_id")
    deployment = lti.words_of(str(given), 255) if given is not None else ""
    known = Lms.objects.filter(institution=institution, issuer=told["issuer"], client_id=client).first()
    lms = known or Lms(institution=institution, client_id=client, name=name_of(told))
    for name, field in NEEDED.items():
        setattr(lms, field, told[name])
    lms.deployments = [deployment] if deployment else []
    return lms


def _sent(address: str, body: lti.Claims, token: str) -> lti.Claims:
    headers = (
        {"Authorization": f"Bearer {token}"} if token.isascii() and token.isprintable() and token else {}
    )
    try:
        response = asking(address).post(address, json=body, headers=headers, allow_redirects=False)
        answer: Any = response.json()
    except NotReached as broken:
        raise Refused(str(broken)) from broken
    except ValueError as unread:
        raise Refused(_("The LMS answers in a form that cannot be read.")) from unread
    if not response.ok:
        said = lti.words_of(lti.object_of(answer).get("error_description"), 200) or response.reason
        raise Refused(_("The LMS refused: %(said)s") % {"said": said})
    return lti.object_of(answer)
