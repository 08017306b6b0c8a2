"""Requests to LMSs and tools go to registered hosts only, over TLS, to public addresses, and not for long."""

import json
import ssl
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils import translation

from portal.lti.outgoing import NotReached, asking, json_from, may_be_asked


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    "address",
    [
        "http://lms.example/keys",
        "https://",
        "https://user@lms.example/",
        "https://lms.example/#part",
        "https://lms.example/a b",
        "https://lmś.example/",
        "ftp://lms.example/",
        "file:///etc/passwd",
        "https://lms.example:99999999/",
        "",
    ],
)
def test_addresses_that_are_never_asked(address):
    assert not may_be_asked(address)


def test_http_is_for_hosts_that_the_operator_names(settings):
    assert may_be_asked("http://127.0.0.1:8001/keys")
    settings.TAULIAH_LTI_INSIDE_HOSTS = []
    assert not may_be_asked("http://127.0.0.1:8001/keys")
    settings.TAULIAH_LTI_INSIDE_HOSTS = ["lms.campus.example:8080"]
    assert may_be_asked("http://lms.campus.example:8080/keys")
    assert not may_be_asked("http://lms.campus.example/keys")


@pytest.mark.parametrize(
    "inside", ["10.1.2.3", "127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "192.168.0.1"]
)
def test_a_name_that_points_inside_is_not_asked(inside):
    session = asking("https://lms.example/", lookup=lambda host: ["93.184.216.34", inside])

    with pytest.raises(NotReached, match="inside network"):
        json_from(session, "https://lms.example/keys")


def test_a_host_that_is_not_registered_is_not_asked():
    session = asking("https://lms.example/", lookup=lambda host: pytest.fail("looked up"))

    with pytest.raises(NotReached, match="does not belong"):
        json_from(session, "https://elsewhere.example/keys")


def test_a_name_that_nobody_knows():
    def unknown(host):
        raise OSError

    with pytest.raises(NotReached, match="cannot be reached"):
        json_from(asking("https://lms.example/", lookup=unknown), "https://lms.example/keys")


def test_an_answer_that_does_not_come_to_an_end(moodle):
    times = iter([0.0, 100.0, 200.0, 300.0])
    session = asking(moodle.site, clock=lambda: next(times))

    with pytest.raises(NotReached, match="too slowly"):
        json_from(session, f"{moodle.site}/keys")


def test_an_answer_that_is_too_large(moodle):
    with pytest.raises(NotReached, match="too large"):
        json_from(asking(moodle.site, largest_bytes=100), f"{moodle.site}/keys")


def test_a_proxy_of_the_environment_is_not_used(moodle, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    assert json_from(asking(moodle.site), f"{moodle.site}/keys")["keys"]


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    """The port of a server that speaks TLS as lms.example, and its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime(2120, 1, 1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("lms.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"host": self.headers["Host"]}).encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, str(path)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("host", "good"), [("lms.example", True), ("other.example", False)])
def test_the_certificate_is_held_against_the_name_not_the_address(settings, secure, host, good):
    settings.TAULIAH_LTI_INSIDE_HOSTS = [host]
    port, certificate = secure
    address = f"https://{host}:{port}/keys"
    session = asking(address, lookup=lambda name: ["127.0.0.1"])
    session.verify = certificate

    if good:
        assert json_from(session, address) == {"host": f"{host}:{port}"}
        return
    with pytest.raises(NotReached, match="cannot be reached"):
        json_from(session, address)
