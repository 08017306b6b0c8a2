"""Requests to an LMS or a tool: to the hosts that were registered, and to nowhere else.

Whoever registers an LMS chooses its addresses, and an LMS answers with further ones. So the host has to be
one of the registration's; its name is looked up once, every address it has must be public unless the
operator names the host in ``TAULIAH_LTI_INSIDE_HOSTS``, and the connection goes to that very address; no
redirection is followed; size and time are bounded.
"""

import time
from collections.abc import Callable, Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from requests.adapters import HTTPAdapter

from tauliah.files.https import is_public, public_addresses

LARGEST_BYTES = 2_000_000
"""A class of ten thousand, in pages, stays below it."""
LONGEST_SECONDS = 10.0
CHUNK = 16 * 1024

Lookup = Callable[[str], Iterable[str]]


class NotReached(requests.RequestException):
    """What was asked for could not be had; the message says why, in the person's language."""


def host_of(address: str) -> str:
    """Return host and port of an address, in small letters; empty where there is none."""
    try:
        parts = urlsplit(address)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname or "")
    except ValueError:
        return ""


def is_inside(host: str) -> bool:
    """Say whether the operator lets a host be asked that lies in the university's own network."""
    return host in settings.TAULIAH_LTI_INSIDE_HOSTS or host.rpartition(":")[0] in (
        settings.TAULIAH_LTI_INSIDE_HOSTS
    )


def may_be_asked(address: str) -> bool:
    """Say whether an address has a form that is asked at all: https, or an inside host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and " " not in address
    if not plain or not host_of(address) or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_inside(host_of(address)))


class GuardedAdapter(HTTPAdapter):
    """Carries requests to allowed hosts; ``lookup`` and ``clock`` are there for tests."""

    def __init__(
        self,
        hosts: Collection[str],
        *,
        lookup: Lookup = public_addresses,
        clock: Callable[[], float] = time.monotonic,
        largest_bytes: int = LARGEST_BYTES,
        seconds: float = LONGEST_SECONDS,
    ) -> None:
        self.hosts, self.lookup, self.clock = frozenset(hosts) - {""}, lookup, clock
        self.largest_bytes, self.seconds = largest_bytes, seconds
        super().__init__(max_retries=0)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Return the whole answer of an allowed host; raises ``NotReached``."""
        host = self._allowed(str(request.url))
        request.headers["Host"] = urlsplit(str(request.url)).netloc
        request.headers["Accept-Encoding"] = "identity"
        end = self.clock() + self.seconds
        kwargs |= {"stream": True, "timeout": (self.seconds / 2, self.seconds), "proxies": {}}
        try:
            response = super().send(request, *args, **kwargs)
            self._read(host, response, end)
        except NotReached:
            raise
        except (OSError, requests.RequestException) as broken:
            raise NotReached(_("%(host)s cannot be reached.") % {"host": host}) from broken
        if 300 <= response.status_code < 400:
            raise NotReached(_("%(host)s leads to another address, which is not followed.") % {"host": host})
        return response

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Connect to the address that was looked up, and hold the certificate against the host's name."""
        place, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        name = str(urlsplit(str(request.url)).hostname)
        place["host"] = self._address(name, host_of(str(request.url)))
        if place["scheme"] == "https":
            pool |= {"server_hostname": name, "assert_hostname": name}
        return place, pool

    def _allowed(self, address: str) -> str:
        host = host_of(address)
        if not may_be_asked(address):
            raise NotReached(
                _("%(address)s is not asked: it must begin with https://.") % {"address": address}
            )
        if host not in self.hosts:
            raise NotReached(_("%(host)s does not belong to this registration.") % {"host": host})
        return host

    def _address(self, name: str, host: str) -> str:
        found = list(self.lookup(name))
        if not found:
            raise OSError
        if not is_inside(host) and not all(is_public(each) for each in found):
            raise NotReached(
                _(
                    "%(host)s lies in an inside network. The operator of this installation must name it in "
                    "TAULIAH_LTI_INSIDE_HOSTS."
                )
                % {"host": host}
            )
        return found[0]

    def _read(self, host: str, response: requests.Response, end: float) -> None:
        body = bytearray()
        for part in response.iter_content(CHUNK):
            body += part
            if len(body) > self.largest_bytes:
                raise NotReached(_("The answer of %(host)s is too large.") % {"host": host})
            if self.clock() > end:
                raise NotReached(_("%(host)s answers too slowly.") % {"host": host})
        response._content = bytes(body)


def asking(*addresses: str, **limits: Any) -> requests.Session:
    """Return a session that may ask the hosts of these addresses."""
    session = requests.Session()
    session.trust_env, session.max_redirects = False, 0
    adapter = GuardedAdapter({host_of(each) for each in addresses}, **limits)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.headers["User-Agent"] = "Tauliah"
    return session


def json_from(session: requests.Session, address: str) -> Any:
    """Return a JSON document; raises ``NotReached``."""
    response = session.get(address, headers={"Accept": "application/json"}, allow_redirects=False)
    host = host_of(address)
    if not response.ok:
        answer = {"host": host, "status": response.status_code}
        raise NotReached(_("%(host)s does not give the document (answer %(status)s).") % answer)
    try:
        return response.json()
    except ValueError as broken:
        raise NotReached(_("%(host)s answers with something that is not JSON.") % {"host": host}) from broken
