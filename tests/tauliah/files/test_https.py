"""The guarded way out: only to allowed hosts, only to the open internet, bounded in size and time."""

import contextlib
import json
import socket
import ssl
import threading
import time
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.tauliah.credentials.samples import CREATED, KEY, NOW, small

from tauliah.credentials import did, proof
from tauliah.credentials.did import DatedKey
from tauliah.credentials.refusal import CouldNotCheck, Reason, Refused
from tauliah.files import https
from tauliah.files.contexts import published
from tauliah.files.did_web import DidWebResolver
from tauliah.files.https import GuardedHttps

HOST = "ukb.example"
PUBLIC = "8.8.8.8"
URL = f"https://{HOST}/.well-known/did.json"
UNIVERSITY = f"did:web:{HOST}"
DOCUMENT = json.dumps(did.did_web_document(UNIVERSITY, [DatedKey("key-2026", KEY.public)])).encode()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test")])
    start = datetime(2020, 1, 1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


class Host:
    """A host on the loopback that gives one answer, in pieces with pauses; counts who connected."""

    def __init__(self, certificate, pieces, pause):
        self.pieces, self.pause, self.sent = pieces, pause, 0
        self.connected, self.requests = [], []
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                plain, _ = self.listener.accept()
                with (
                    contextlib.suppress(OSError),
                    plain,
                    self.context.wrap_socket(plain, server_side=True) as secure,
                ):
                    self.requests.append(secure.recv(4096))
                    for piece in self.pieces:
                        secure.sendall(piece)
                        self.sent += len(piece)
                        time.sleep(self.pause)
                    secure.unwrap()

    def connect(self, address, port, seconds):
        self.connected.append((address, port))
        return socket.create_connection(self.listener.getsockname(), timeout=seconds)


@pytest.fixture
def host(certificate):
    hosts = []

    def made(*pieces, pause=0.0):
        hosts.append(Host(certificate, pieces, pause))
        return hosts[-1]

    yield made
    for one in hosts:
        one.listener.shutdown(socket.SHUT_RDWR)
        one.listener.close()
        one.thread.join(timeout=5)


@pytest.fixture
def guarded(certificate):
    tls = ssl.create_default_context(cafile=str(certificate))

    def made(host, addresses=(PUBLIC,), **options):
        lookup = options.pop("lookup", lambda _: addresses)
        return GuardedHttps([HOST], lookup=lookup, connect=host.connect, tls=tls, **options)

    return made


def answer(body, status="200 OK", *headers):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def could_not(get, url=URL, **limits):
    with pytest.raises(CouldNotCheck) as caught:
        get(url, **limits)
    return caught.value.message.en


def words(text, **values):
    return text.fill(host=HOST, **values).en


def test_a_credential_is_verified_with_the_keys_from_its_issuer_s_host(host, guarded):
    server = host(answer(DOCUMENT))
    resolver = DidWebResolver(guarded(server))
    document = proof.sign(small(), KEY, proof.ProofOptions(f"{UNIVERSITY}#key-2026", CREATED), published())

    assert len(proof.verified_proofs(document, published(), resolver, at=NOW)) == 1
    assert server.connected == [(PUBLIC, 443)]
    assert b"GET /.well-known/did.json HTTP/1.1\r\nHost: ukb.example\r\n" in server.requests[0]


def test_a_chunked_answer_is_read(host, guarded):
    server = host(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"2\r\n{}\r\n0\r\n\r\n")

    assert guarded(server).get(URL) == b"{}"


@pytest.mark.parametrize(
    "url",
    [
        "http://ukb.example/x",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest/meta-data",
        "https://2130706433/x",
        "https://0177.0.0.1/x",
        "https://ukb.example:8443/x",
        "https://ukb.example%3A8443/x",
        "https://user:secret@ukb.example/x",
        "https://user@ukb.example/x",
        "https://ukb.example\\@lain.example/x",
        "https://ukb.example/x y",
        "https://ukb.example/\r\nHost: lain.example",
        "https://ukbé.example/x",
        "https://[/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_item_3_an_address_that_is_no_plain_https_is_not_contacted(host, guarded, url):
    server = host(answer(b"{}"))

    assert "only https with a plain host name" in could_not(guarded(server).get, url)
    assert server.connected == []


def test_item_3_a_host_that_is_not_on_the_list_is_not_even_looked_up(host, guarded):
    server, asked = host(answer(b"{}")), []
    get = guarded(server, lookup=asked.append).get

    assert could_not(get, "https://lain.example/x") == https.NOT_ALLOWED.fill(host="lain.example").en
    assert (asked, server.connected) == ([], [])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:0:0:0:0:80ff:fffe",
        "ff02::1",
        "not an address",
        "fe80::1%eth0",
    ],
)
def test_item_3_a_name_that_points_inside_is_not_contacted(host, guarded, address):
    server = host(answer(b"{}"))

    assert could_not(guarded(server, [address]).get) == words(https.INSIDE)
    assert could_not(guarded(server, [PUBLIC, address]).get) == words(https.INSIDE)
    assert server.connected == []


@pytest.mark.parametrize("address", [PUBLIC, "2001:4860:4860::8888"])
def test_addresses_of_the_open_internet_are_public(address):
    assert https.is_public(address)


def test_item_3_a_name_is_looked_up_once_and_that_address_is_connected_to(host, guarded):
    """A name server that answers with a public address first and an internal one then (rebinding)."""
    server, answers = host(answer(b"{}")), iter([[PUBLIC], ["127.0.0.1"]])
    get = guarded(server, lookup=lambda _: next(answers)).get

    assert get(URL) == b"{}"
    assert server.connected == [(PUBLIC, 443)]
    assert next(answers) == ["127.0.0.1"]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_item_3_a_redirection_is_not_followed(host, guarded, status):
    server = host(answer(b"", status, "Location: https://127.0.0.1/"))

    assert could_not(guarded(server).get) == words(https.NO_DOCUMENT, status=status[:3])
    assert len(server.connected) == 1


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oh", "204 No Content"])
def test_an_answer_without_the_document_is_told(host, guarded, status):
    assert could_not(guarded(host(answer(b"", status))).get) == words(https.NO_DOCUMENT, status=status[:3])


def test_a_packed_answer_is_not_unpacked(host, guarded):
    packed = host(answer(b"\x1f\x8b", "200 OK", "Content-Encoding: gzip"))

    assert could_not(guarded(packed).get) == words(https.NO_DOCUMENT, status="200")


def test_item_3_an_answer_that_is_too_large_is_cut_off(host, guarded):
    large = words(https.TOO_LARGE, most=str(https.LARGEST_BYTES))
    endless = host(b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 16_384] * 2000)

    assert could_not(guarded(host(answer(b"x" * (https.LARGEST_BYTES + 1)))).get) == large
    assert could_not(guarded(endless).get) == large
    assert endless.sent < 16_000_000
    assert len(guarded(host(answer(b"x" * 100_000))).get(URL, largest_bytes=100_000)) == 100_000


def test_item_3_an_answer_that_drips_is_cut_off(host, guarded):
    server = host(b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 200, pause=0.02)
    start = time.perf_counter()

    assert could_not(guarded(server, seconds=0.2).get) == words(https.TOO_SLOW)
    assert time.perf_counter() - start < 2


def test_a_certificate_of_another_host_or_authority_is_not_trusted(host, guarded, certificate):
    server = host(answer(b"{}"))
    stranger = GuardedHttps([HOST], lookup=lambda _: [PUBLIC], connect=server.connect)
    other = GuardedHttps(
        ["lain.example"],
        lookup=lambda _: [PUBLIC],
        connect=server.connect,
        tls=ssl.create_default_context(cafile=str(certificate)),
    )

    assert could_not(stranger.get) == words(https.UNREACHABLE)
    assert could_not(other.get, "https://lain.example/x") == https.UNREACHABLE.fill(host="lain.example").en


def test_a_host_that_cannot_be_reached_is_told(host, guarded):
    def fails(_):
        raise OSError("no such host")

    server = host(answer(b"{}"))
    assert could_not(guarded(server, lookup=fails).get) == words(https.UNREACHABLE)
    assert could_not(guarded(server, []).get) == words(https.UNREACHABLE)
    assert could_not(guarded(host(b"not http at all")).get) == words(https.UNREACHABLE)


def test_a_host_without_time_left_is_not_waited_for(host, guarded):
    server = host(answer(b"{}"))

    assert could_not(guarded(server, seconds=0).get) == words(https.TOO_SLOW)
    assert server.connected == []


def test_the_system_s_own_resolver_and_sockets_are_used_by_default(host):
    server = host(answer(b"{}"))
    address, port = server.listener.getsockname()

    assert https.public_addresses(address) == [address]
    with https.connect(address, port, 1.0) as plain:
        assert plain.getpeername() == (address, port)
    assert could_not(GuardedHttps([HOST], lookup=lambda _: [address]).get) == words(https.INSIDE)


def test_what_the_host_gives_has_to_be_its_own_document(host, guarded):
    foreign = json.dumps(did.did_web_document("did:web:lain.example", [])).encode()
    for body, reason in (
        (foreign, Reason.DID_DOCUMENT),
        (b"{", Reason.NOT_JSON),
        (b"[]", Reason.NOT_AN_OBJECT),
    ):
        with pytest.raises(Refused) as caught:
            DidWebResolver(guarded(host(answer(body))))(UNIVERSITY)
        assert caught.value.reason == reason


def test_item_3_a_did_that_leads_inside_is_refused_before_anything_is_asked(host, guarded):
    server = host(answer(DOCUMENT))
    for identifier in (
        "did:web:localhost",
        "did:web:127.0.0.1",
        "did:web:ukb.example%3A8443",
        "did:web:u@ukb.example",
    ):
        with pytest.raises(Refused) as caught:
            DidWebResolver(guarded(server))(identifier)
        assert caught.value.reason == Reason.DID_MALFORMED
    assert server.connected == []
