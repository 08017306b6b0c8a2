"""Asking an LMS as its tool: an access token for our assertion, then its services, page by page."""

import json
from collections.abc import Iterator
from typing import Any

import requests
from django.utils.translation import gettext as _
from pylti1p3.exception import LtiServiceException
from pylti1p3.registration import Registration
from pylti1p3.service_connector import ServiceConnector
from requests.utils import parse_header_links

from portal.accounts.refusal import Refused
from portal.lti import claims as lti
from portal.lti.keys import signing_key
from portal.lti.models import Lms, Side
from portal.lti.outgoing import NotReached, asking, host_of

MOST_PAGES = 200


class OurRegistration(Registration):
    """What the library needs to know of us at an LMS; the key's name is the one that we publish."""

    def __init__(self, lms: Lms) -> None:
        key = signing_key(lms.institution, Side.TOOL)
        self.set_issuer(lms.issuer).set_client_id(lms.client_id).set_auth_token_url(lms.token_url)
        self.set_tool_private_key(key.private)
        if lms.token_audience:
            self.set_auth_audience(lms.token_audience)
        self.kid = key.kid

    def get_kid(self) -> str:
        """Return the name of the key that signs now."""
        return self.kid


class Connector(ServiceConnector):
    """The library's connector over guarded requests; the next page keeps its address letter by letter."""

    def __init__(self, lms: Lms, *addresses: str) -> None:
        hosts = {host_of(each) for each in (lms.issuer, lms.auth_url, lms.token_url, lms.jwks_url)}
        strangers = [each for each in addresses if host_of(each) not in hosts]
        if strangers:
            host = host_of(strangers[0])
            raise Refused(_("The LMS names a service at %(host)s, which is not its own.") % {"host": host})
        self.lms = lms
        super().__init__(OurRegistration(lms), asking(lms.token_url, lms.auth_url, lms.issuer, lms.jwks_url))

    def ask(self, scope: str, address: str, accept: str) -> tuple[Any, str]:
        """Return what a service answers and where its next page is; raises ``Refused``."""
        answer = self._service([scope], address, accept=accept)
        links = parse_header_links(_header(answer["headers"], "link"))
        onwards = next((link["url"] for link in links if link.get("rel") == "next"), "")
        return answer["body"], onwards

    def send(self, scope: str, address: str, told: lti.Claims, kind: str) -> Any:
        """Return what a service answers to something that is made there; raises ``Refused``."""
        sent = {"is_post": True, "data": json.dumps(told), "content_type": kind, "accept": kind}
        return self._service([scope], address, **sent)["body"]

    def pages(self, scope: str, address: str, accept: str) -> Iterator[Any]:
        """Yield the pages of a list; raises ``Refused``."""
        for _page in range(MOST_PAGES):
            body, address = self.ask(scope, address, accept)
            yield body
            if not address:
                return
        raise Refused(_("The list of the LMS does not end."))

    def _service(self, scopes: list[str], address: str, **how: Any) -> Any:
        try:
            return self.make_service_request(scopes, address, **how)
        except LtiServiceException as wrong:
            raise Refused(self._words(wrong.response)) from wrong
        except NotReached as broken:
            raise Refused(str(broken)) from broken
        except (ValueError, KeyError, TypeError) as unread:
            raise Refused(_("The LMS answers in a form that cannot be read.")) from unread

    def _words(self, response: requests.Response) -> str:
        try:
            told = lti.object_of(response.json())
        except ValueError:
            told = {}
        said = lti.words_of(told.get("error_description") or told.get("error") or told.get("message"), 200)
        answer = {"name": self.lms.name, "status": response.status_code, "said": said or response.reason}
        return _("%(name)s refuses (answer %(status)s: %(said)s).") % answer


def _header(headers: Any, name: str) -> str:
    """Return a header, however its name is written."""
    return next((str(value) for key, value in dict(headers).items() if key.lower() == name), "")
