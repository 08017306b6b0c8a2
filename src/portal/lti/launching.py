"""A launch from an LMS: the login that it begins, and the message that must belong to that login."""

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from secrets import compare_digest
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.institutions.models import Institution
from portal.lti import claims as lti
from portal.lti.addresses import of
from portal.lti.key_sets import key_set_of
from portal.lti.models import Lms, LoginState, Message
from portal.lti.outgoing import NotReached
from portal.lti.secret import digest, fresh
from portal.lti.tokens import BadToken, believed

log = logging.getLogger(__name__)
NUL = r"\u0000"
"""As JSON writes the character that the database keeps in no text."""
LOGIN_LASTS = timedelta(minutes=10)
ARRIVAL_LASTS = timedelta(minutes=30)
"""Long enough for somebody to log in, or to make an account, on the way."""


def begin(institution: Institution, given: Mapping[str, str], browser: str) -> str:
    """Return where the LMS goes on with a login that it began; raises ``Refused``."""
    lms = _asked_by(institution, given)
    if not given.get("login_hint"):
        raise Refused(_("The LMS did not say who is logging in (login_hint)."))
    LoginState.objects.filter(expires_at__lt=timezone.now()).delete()
    state, nonce = fresh(), fresh()
    LoginState.objects.create(
        lms=lms,
        digest=digest(state),
        browser=digest(browser),
        nonce=nonce,
        expires_at=timezone.now() + LOGIN_LASTS,
    )
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": lms.client_id,
        "redirect_uri": of(institution, "launch"),
        "state": state,
        "nonce": nonce,
        "login_hint": given["login_hint"],
    }
    if hint := given.get("lti_message_hint"):
        asked["lti_message_hint"] = hint
    return f"{lms.auth_url}{'&' if '?' in lms.auth_url else '?'}{urlencode(asked)}"


def _asked_by(institution: Institution, given: Mapping[str, str]) -> Lms:
    """Return the LMS that begins a login; raises ``Refused`` where it is unknown or cannot be told."""
    found = Lms.objects.in_use().filter(institution=institution, issuer=given.get("iss", ""))
    if client := given.get("client_id"):
        found = found.filter(client_id=client)
    if deployment := given.get("lti_deployment_id"):
        named = [lms for lms in found if deployment in lms.deployments]
    else:
        named = list(found)
    if not named:
        raise Refused(_("This LMS is not registered here, or not with this client ID and deployment ID."))
    if len(named) > 1:
        raise Refused(_("Several registrations fit this LMS; it must send its client ID."))
    return named[0]


def received(institution: Institution, given: Mapping[str, str], browser: str) -> str:
    """Return the secret of a launch that is believed; raises ``Refused``, and the login is used up."""
    login = _login_of(institution, given, browser)
    if given.get("error"):
        said = given.get("error_description") or given["error"]
        raise Refused(_("The LMS refused: %(said)s") % {"said": said[:300]})
    try:
        claims = believed_message(login, given.get("id_token", ""))
    except BadToken as bad:
        log.warning("a launch from %s was refused: %s", login.lms, bad.code)
        raise Refused(_("The launch is not believed. %(why)s") % {"why": bad.message}) from bad
    except NotReached as broken:
        raise Refused(_("The launch could not be checked. %(why)s") % {"why": broken}) from broken
    Message.objects.filter(expires_at__lt=timezone.now()).delete()
    secret = fresh()
    Message.objects.create(
        lms=login.lms,
        digest=digest(secret),
        browser=login.browser,
        claims=claims,
        expires_at=timezone.now() + ARRIVAL_LASTS,
    )
    return secret


def _login_of(institution: Institution, given: Mapping[str, str], browser: str) -> LoginState:
    """Return the login that a launch answers, and use it up; raises ``Refused``."""
    if not browser:
        raise Refused(
            _("Your browser kept no cookie of this site. Have the LMS open Tauliah in a new window.")
        )
    waiting = LoginState.objects.filter(LoginState.good(), lms__institution=institution)
    login = waiting.select_related("lms__institution").filter(digest=digest(given.get("state", ""))).first()
    if login is None or not compare_digest(login.browser, digest(browser)):
        raise Refused(_("This launch belongs to no login that began here. Open it again from the LMS."))
    if not LoginState.objects.filter(LoginState.good(), pk=login.pk).update(used_at=timezone.now()):
        raise Refused(_("This launch was used already. Open it again from the LMS."))
    if not login.lms.is_open:
        raise Refused(_("Launches from this LMS are not taken any more."))
    return login


def believed_message(login: LoginState, token: str) -> lti.Claims:
    """Return what a launch says, in the claims that are kept; raises ``BadToken`` or ``NotReached``."""
    lms = login.lms
    told = believed(token, key_set_of(lms), issuer=lms.issuer, audience=[lms.client_id])
    must_be_for(lms, told)
    if not compare_digest(str(told.get("nonce", "")).encode(), login.nonce.encode()):
        raise BadToken("nonce", _("It answers another login."))
    if told.get(lti.DEPLOYMENT) not in lms.deployments:
        raise BadToken("deployment", _("It comes from a deployment that is not registered."))
    if told.get(lti.VERSION_CLAIM) != lti.VERSION:
        raise BadToken("version", _("It is not of LTI 1.3."))
    if not lti.words_of(told.get("sub"), 255):
        raise BadToken("anonymous", _("It does not say who opens it."))
    must_be_complete(told)
    kept = {name: told[name] for name in KEPT if name in told}
    if NUL in json.dumps(kept):
        raise BadToken("malformed", _("It cannot be read."))
    return kept


def must_be_for(lms: Lms, told: lti.Claims) -> None:
    """Raise ``BadToken`` for a message that names others beside us, or another as its authorised party."""
    audience: Any = told["aud"]
    party = told.get("azp")
    alone = isinstance(audience, str) or audience == [lms.client_id]
    if (party is None and not alone) or (party is not None and party != lms.client_id):
        raise BadToken("party", _("It is meant for another party (azp)."))


def must_be_complete(told: lti.Claims) -> None:
    """Raise ``BadToken`` for a message of another kind, or one that lacks what its kind needs."""
    match told.get(lti.MESSAGE_TYPE):
        case lti.RESOURCE_LAUNCH:
            needed = lti.object_of(told.get(lti.RESOURCE_LINK)).get("id")
        case lti.DEEP_LINKING_LAUNCH:
            settings = lti.object_of(told.get(lti.DEEP_LINKING_SETTINGS))
            accepted = settings.get("accept_types")
            takes = isinstance(accepted, list) and "ltiResourceLink" in accepted
            needed = settings.get("deep_link_return_url") if takes else None
        case _:
            raise BadToken("kind", _("It is a message of a kind that is not taken here."))
    if not lti.words_of(needed, 1000):
        raise BadToken("incomplete", _("It lacks what a launch must say."))


KEPT = (
    "sub",
    "name",
    "given_name",
    "family_name",
    "email",
    lti.MESSAGE_TYPE,
    lti.DEPLOYMENT,
    lti.RESOURCE_LINK,
    lti.ROLES,
    lti.CONTEXT,
    lti.CUSTOM,
    lti.DEEP_LINKING_SETTINGS,
    lti.NAMES_AND_ROLES,
    lti.GRADES,
)
"""What is kept of a message until its person has arrived."""


def arriving(secret: str, browser: str) -> Message:
    """Return the launch that a browser brings; raises ``Refused`` where it ended or is another's."""
    found = Message.objects.filter(Message.good(), digest=digest(secret), browser=digest(browser))
    message = found.select_related("lms__institution").first()
    if message is None or not message.lms.is_open:
        raise Refused(_("This launch has ended. Open it again from the LMS."))
    return message
