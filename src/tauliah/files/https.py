"""Gets a small document over https from a host that an administrator allows, and from nowhere inside.

Whoever writes a credential chooses the addresses in it. So a host has to be on the list; its name is
looked up once and every address it has must be public; the connection goes to that very address; no
redirection is followed; and size and time are bounded. What cannot be had is `CouldNotCheck`.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable
from http.client import HTTPException, HTTPResponse
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from tauliah.credentials import did
from tauliah.credentials.refusal import CouldNotCheck
from tauliah.values.text import Text

LARGEST_BYTES = 64 * 1024
LARGEST_HEADERS = 16 * 1024
LONGEST_SECONDS = 5.0
PORT = 443

Lookup = Callable[[str], Iterable[str]]
"""From a host name to its addresses in figures; raises `OSError`."""

Connect = Callable[[str, int, float], socket.socket]
"""From an address in figures, a port and seconds to a connection; raises `OSError`."""

NOT_HTTPS = Text(
    "Alamat {url} tidak boleh diperiksa: hanya https dengan nama hos biasa dibenarkan.",
    "The address {url} cannot be checked: only https with a plain host name is allowed.",
)
NOT_ALLOWED = Text(
    "Hos {host} tidak dalam senarai yang dibenarkan oleh pentadbir sistem ini.",
    "The host {host} is not on the list that this system's administrator allows.",
)
INSIDE = Text(
    "Hos {host} menunjuk ke alamat dalaman, jadi tidak dihubungi.",
    "The host {host} points to an internal address, so it was not contacted.",
)
UNREACHABLE = Text("Hos {host} tidak dapat dihubungi.", "The host {host} cannot be reached.")
TOO_SLOW = Text("Hos {host} menjawab terlalu perlahan.", "The host {host} answers too slowly.")
TOO_LARGE = Text(
    "Jawapan hos {host} terlalu besar; paling besar {most} bait.",
    "The answer of the host {host} is too large; {most} bytes at most.",
)
NO_DOCUMENT = Text(
    "Hos {host} tidak memberikan dokumen itu (jawapan {status}).",
    "The host {host} does not give the document (answer {status}).",
)


def public_addresses(host: str) -> list[str]:
    """The addresses of a host by the system's resolver; raises `OSError`."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an address in figures; raises `OSError`."""
    return socket.create_connection((address, port), timeout=seconds)


class GuardedHttps:
    """Gets documents from allowed hosts; `lookup`, `connect`, `tls` and `clock` are there for tests."""

    def __init__(
        self,
        allowed_hosts: Collection[str],
        *,
        lookup: Lookup = public_addresses,
        connect: Connect = connect,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
        seconds: float = LONGEST_SECONDS,
    ) -> None:
        self.allowed_hosts = frozenset(host.lower() for host in allowed_hosts)
        self.lookup, self.connect, self.clock, self.seconds = lookup, connect, clock, seconds
        self.tls = tls or ssl.create_default_context()

    def get(self, url: str, *, largest_bytes: int = LARGEST_BYTES) -> bytes:
        """The body of the document at the URL; raises `CouldNotCheck`."""
        host, target = self._parts(url)
        end = self.clock() + self.seconds
        try:
            answer = self._answer(host, target, end, largest_bytes)
            return _body(host, answer, largest_bytes)
        except TimeoutError:
            raise CouldNotCheck(TOO_SLOW.fill(host=host)) from None
        except (OSError, HTTPException, ValueError):
            raise CouldNotCheck(UNREACHABLE.fill(host=host)) from None

    def _parts(self, url: str) -> tuple[str, str]:
        """Host and request target of an allowed URL."""
        try:
            parts = urlsplit(url)
        except ValueError:
            raise CouldNotCheck(NOT_HTTPS.fill(url=repr(url))) from None
        host = parts.netloc
        plain = url.isascii() and url.isprintable() and " " not in url
        if parts.scheme != "https" or not plain or not did.HOST.fullmatch(host):
            raise CouldNotCheck(NOT_HTTPS.fill(url=repr(url)))
        if host not in self.allowed_hosts:
            raise CouldNotCheck(NOT_ALLOWED.fill(host=host))
        return host, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def _answer(self, host: str, target: str, end: float, largest_bytes: int) -> bytes:
        """All that the host sends to one request, bounded in size and in time."""
        request = (
            f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
            "Accept: application/json, application/ld+json\r\nAccept-Encoding: identity\r\n\r\n"
        )
        with (
            self.connect(self._address(host), PORT, self._left(end)) as plain,
            self.tls.wrap_socket(plain, server_hostname=host) as secure,
        ):
            secure.sendall(request.encode("ascii"))
            data = bytearray()
            while True:
                secure.settimeout(self._left(end))
                part = secure.recv(16 * 1024)
                data += part
                if not part:
                    return bytes(data)
                if len(data) > largest_bytes + LARGEST_HEADERS:
                    raise CouldNotCheck(TOO_LARGE.fill(host=host, most=str(largest_bytes)))

    def _address(self, host: str) -> str:
        """The address to connect to; refused unless every address of the host is public."""
        addresses = list(self.lookup(host))
        if not addresses:
            raise CouldNotCheck(UNREACHABLE.fill(host=host))
        if not all(is_public(address) for address in addresses):
            raise CouldNotCheck(INSIDE.fill(host=host))
        return addresses[0]

    def _left(self, end: float) -> float:
        left = end - self.clock()
        if left <= 0:
            raise TimeoutError
        return left


def is_public(text: str) -> bool:
    """Whether an address in figures is one of the open internet; one wrapped in another never is."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped or address.sixtofour or address.teredo or address.scope_id
    ):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


class _Received:
    """What was received, in the form that the standard library's reader of answers takes."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def makefile(self, mode: str) -> Any:
        return BytesIO(self.data)


def _body(host: str, answer: bytes, largest_bytes: int) -> bytes:
    """The body of a good answer; a redirection, an error or a coded body is none."""
    response = HTTPResponse(_Received(answer))  # type: ignore[arg-type]
    response.begin()
    if response.status != 200 or response.getheader("Content-Encoding", "identity") != "identity":
        raise CouldNotCheck(NO_DOCUMENT.fill(host=host, status=str(response.status)))
    body = response.read()
    if len(body) > largest_bytes:
        raise CouldNotCheck(TOO_LARGE.fill(host=host, most=str(largest_bytes)))
    return body
