"""Serves the test instance on this machine, with a certificate of a moment where https is asked for."""

import ssl
import tempfile
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.utils.timezone import now

HOST = "127.0.0.1"


class Server(ThreadingMixIn, WSGIServer):
    """Answers several requests at a time; the suites send dozens."""

    daemon_threads = True
    request_queue_size = 128


class Quiet(WSGIRequestHandler):
    """Does not write a line for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def server_on(port: int, application: Any, *, secure: bool) -> Server:
    """Listen on a port of this machine, 0 for a free one; raises ``OSError`` where it is taken."""
    server = Server((HOST, port), Quiet)
    server.set_app(application)
    if secure:
        server.socket = certificate_of_a_moment().wrap_socket(server.socket, server_side=True)
    return server


def certificate_of_a_moment() -> ssl.SSLContext:
    """Return TLS with a self-signed certificate for this machine, good for a day; it is never kept."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = now() - timedelta(minutes=5)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address(HOST))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "pem"
        kept.touch(mode=0o600)
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        kept.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
        context.load_cert_chain(kept)
    return context
