"""A person's way from an offering into a tool: the login is begun here, and the message is signed here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from secrets import compare_digest
from urllib.parse import urlencode, urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.models import Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.credentials.addresses import whole
from portal.institutions.models import Institution
from portal.lti import claims as lti
from portal.lti import offered
from portal.lti.addresses import issuer_of, of
from portal.lti.keys import signed
from portal.lti.models import LineItem, Placement, Side, Ticket, Tool, ToolUser
from portal.lti.secret import digest, fresh

TICKET_LASTS = timedelta(minutes=5)
MESSAGE_LASTS = timedelta(minutes=5)
ALL_SCOPES = (lti.ITEMS_SCOPE, lti.ITEMS_READ_SCOPE, lti.RESULTS_SCOPE, lti.SCORE_SCOPE)
FATHER = re.compile(r"\s(?=(?:bin|binti|bt|b|a/l|a/p|anak)\b)", re.IGNORECASE)
EXPECTED = {
    "scope": "openid",
    "response_type": "id_token",
    "response_mode": "form_post",
    "prompt": "none",
}


def user_of(tool: Tool, person: Person) -> ToolUser:
    """Return the name under which a tool knows a person; made when first needed."""
    found: ToolUser = ToolUser.objects.get_or_create(tool=tool, person=person)[0]
    return found


@transaction.atomic
def open_tool(person: Person, placement: Placement) -> str:
    """Return where the tool begins its login; raises ``NotAllowed`` for who does not take part."""
    if placement.ended_at is not None or not placement.tool.is_open:
        raise Refused(_("This tool is not open any more."))
    part = offered.part_of(person, placement.offering)
    if part is None:
        raise NotAllowed(_("Only those who are enrolled in the offering, or teach it, can open this."))
    Ticket.objects.filter(expires_at__lt=timezone.now()).delete()
    secret = fresh()
    Ticket.objects.create(
        placement=placement,
        person=person,
        digest=digest(secret),
        teaches=part == offered.TEACHES,
        expires_at=timezone.now() + TICKET_LASTS,
    )
    tool = placement.tool
    asked = {
        "iss": issuer_of(tool.institution),
        "target_link_uri": placement.target,
        "login_hint": user_of(tool, person).subject,
        "lti_message_hint": secret,
        "client_id": tool.client_id,
        "lti_deployment_id": tool.deployment_id,
    }
    return f"{tool.login_url}{'&' if '?' in tool.login_url else '?'}{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser posts to the tool."""

    address: str
    id_token: str
    state: str

    @property
    def origin(self) -> str:
        """Scheme and host, as a Content Security Policy names them."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


@transaction.atomic
def authorised(institution: Institution, given: Mapping[str, str], person: Person) -> Answer:
    """Return the signed message that a tool asked for; the ticket is used up. Raises ``Refused``."""
    ticket = _ticket_of(institution, given, person)
    tool = ticket.placement.tool
    wrong = [name for name, value in EXPECTED.items() if given.get(name) != value]
    if wrong:
        raise Refused(
            _("The tool asks in a way that is not LTI 1.3: %(names)s.") % {"names": ", ".join(wrong)}
        )
    if given.get("client_id") != tool.client_id:
        raise Refused(_("The tool asks with a client ID that is not its own."))
    if given.get("redirect_uri") not in tool.launch_urls:
        raise Refused(_("The tool asks to be answered at an address that is not registered."))
    if not given.get("nonce") or not given.get("state"):
        raise Refused(_("The tool asks without state or nonce."))
    if not Ticket.objects.filter(Ticket.good(), pk=ticket.pk).update(used_at=timezone.now()):
        raise Refused(_("This was opened already. Open it again from the offering."))
    message = message_for(ticket) | {"nonce": given["nonce"]}
    token = signed(institution, Side.PLATFORM, message, MESSAGE_LASTS)
    return Answer(given["redirect_uri"], token, given["state"])


def _ticket_of(institution: Institution, given: Mapping[str, str], person: Person) -> Ticket:
    """Return the ticket that a request of a tool goes back to; raises ``Refused``."""
    waiting = Ticket.objects.filter(
        Ticket.good(),
        digest=digest(given.get("lti_message_hint", "")),
        person=person,
        placement__ended_at=None,
        placement__tool__institution=institution,
        placement__tool__ended_at=None,
    )
    ticket = waiting.select_related("placement__tool__institution", "placement__offering").first()
    if ticket is None:
        raise Refused(_("This way into the tool has ended. Open it again from the offering."))
    subject = user_of(ticket.placement.tool, person).subject
    if not compare_digest(given.get("login_hint", "").encode(), subject.encode()):
        raise Refused(_("The tool asks for somebody else than who opened it."))
    if offered.part_of(person, ticket.placement.offering) is None:
        raise Refused(_("Only those who are enrolled in the offering, or teach it, can open this."))
    return ticket


def message_for(ticket: Ticket) -> lti.Claims:
    """Return what the tool is told: who, as what, in which offering, and which services it may ask."""
    placement, tool = ticket.placement, ticket.placement.tool
    institution = tool.institution
    language = "en-MY" if get_language() == "en" else "ms-MY"
    return {
        "iss": issuer_of(institution),
        "aud": tool.client_id,
        "azp": tool.client_id,
        "sub": user_of(tool, ticket.person).subject,
        "locale": language,
        **names_of(tool, ticket.person),
        lti.MESSAGE_TYPE: lti.RESOURCE_LAUNCH,
        lti.VERSION_CLAIM: lti.VERSION,
        lti.DEPLOYMENT: tool.deployment_id,
        lti.TARGET: placement.target,
        lti.RESOURCE_LINK: {"id": placement.code, "title": placement.title},
        lti.ROLES: [lti.INSTRUCTOR if ticket.teaches else lti.LEARNER],
        lti.CONTEXT: {
            "id": offered.context_id(placement.offering),
            "label": offered.label_of(placement.offering),
            "title": offered.title_of(placement.offering),
            "type": ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"],
        },
        lti.CUSTOM: placement.custom,
        lti.PLATFORM: {"guid": issuer_of(institution), "name": "Tauliah", "product_family_code": "tauliah"},
        lti.PRESENTATION: {
            "document_target": "window",
            "locale": language,
            "return_url": whole(offered.tools_page(placement.offering)),
        },
        **services_of(placement),
    }


def services_of(placement: Placement) -> lti.Claims:
    """Return where a tool asks for the members of the offering and reports scores."""
    institution, offering = placement.tool.institution, placement.offering
    grades = {"scope": list(ALL_SCOPES), "lineitems": of(institution, "items", offering.pk)}
    items = list(LineItem.objects.filter(placement=placement)[:2])
    if len(items) == 1:
        grades["lineitem"] = of(institution, "item", offering.pk, items[0].pk)
    return {
        lti.NAMES_AND_ROLES: {
            "context_memberships_url": of(institution, "members", offering.pk),
            "service_versions": ["2.0"],
        },
        lti.GRADES: grades,
    }


def names_of(tool: Tool, person: Person) -> lti.Claims:
    """Return the names and the email that a tool is told, if any.

    Tools want a given and a family name; a Malaysian name is parted before ``bin``, ``binti``, ``a/l``, and
    otherwise after its first word, so that both together are always the name itself.
    """
    told: lti.Claims = {}
    if tool.shares_names:
        parts = FATHER.split(person.name, maxsplit=1)
        if len(parts) == 1:
            parts = person.name.split(maxsplit=1)
        told = {"name": person.name, "given_name": parts[0], "family_name": parts[-1]}
    if tool.shares_emails:
        told["email"] = person.email
    return told
