"""Login servers of a university for tests: OpenID Connect on loopback, SAML as signed responses."""

import base64
import datetime as dt
import json
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.utils import timezone
from onelogin.saml2.utils import OneLogin_Saml2_Utils

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate() -> str:
    """A certificate of the key, as PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.uthm.example")])
    now = dt.datetime(2026, 1, 1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=9999))
        .sign(KEY, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


CERTIFICATE = certificate()
KEY_TEXT = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()


class OpenID(BaseHTTPRequestHandler):
    """Discovery, token and userinfo of a server that knows one person."""

    told: dict[str, Any]
    asked: list[dict[str, list[str]]]

    def do_GET(self) -> None:
        root = f"http://{self.headers['Host']}"
        if self.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": root,
                    "authorization_endpoint": f"{root}/authorize",
                    "token_endpoint": f"{root}/token",
                    "userinfo_endpoint": f"{root}/userinfo",
                    "jwks_uri": f"{root}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.path == "/userinfo":
            self.answer(self.told)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        root = f"http://{self.headers['Host']}"
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append(parse_qs(body))
        claims = {"iss": root, "aud": "tauliah", "exp": 4_000_000_000, "iat": 1_700_000_000, **self.told}
        self.answer(
            {
                "access_token": "t",
                "token_type": "Bearer",
                "id_token": jwt.encode(claims, KEY_TEXT, "RS256", headers={"kid": "1"}),
            }
        )

    def answer(self, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def openid_server(**told: Any) -> Iterator[tuple[str, list[dict[str, list[str]]]]]:
    """A server on loopback that says ``told`` of whoever comes; gives its address and what it was asked."""
    asked: list[dict[str, list[str]]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (OpenID,), {"told": told, "asked": asked}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


METADATA = f"""<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.uthm.example/idp">
 <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
  <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>
   <X509Certificate>{"".join(CERTIFICATE.splitlines()[1:-1])}</X509Certificate></X509Data></KeyInfo>
  </KeyDescriptor>
  <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
   Location="https://idp.uthm.example/sso"/>
 </IDPSSODescriptor>
</EntityDescriptor>"""


def request_of(address: str) -> str:
    """The number of the request that a browser was sent with."""
    packed = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
    return ET.fromstring(zlib.decompress(base64.b64decode(packed), -15)).attrib["ID"]


def saml_response(
    asked: str, audience: str, reply_to: str, told: dict[str, str], *, sign: bool = True
) -> str:
    """A response to a request, signed by the university's key, as a browser carries it."""
    now = timezone.now()
    stamp, soon = ((now + dt.timedelta(minutes=m)).strftime("%Y-%m-%dT%H:%M:%SZ") for m in (0, 5))
    attributes = "".join(
        f'<saml:Attribute Name="{name}"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>'
        for name, value in told.items()
    )
    assertion = f"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0"
 IssueInstant="{stamp}"><saml:Issuer>https://idp.uthm.example/idp</saml:Issuer>
<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">p-1</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
 NotOnOrAfter="{soon}" Recipient="{reply_to}" InResponseTo="{asked}"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{stamp}" NotOnOrAfter="{soon}"><saml:AudienceRestriction>
<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{stamp}"><saml:AuthnContext><saml:AuthnContextClassRef>
urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"""
    if sign:
        assertion = OneLogin_Saml2_Utils.add_sign(assertion, KEY_TEXT, CERTIFICATE)
        assertion = assertion.decode() if isinstance(assertion, bytes) else assertion
    whole = f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0" IssueInstant="{stamp}"
 Destination="{reply_to}" InResponseTo="{asked}"><saml:Issuer>https://idp.uthm.example/idp</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
{assertion}</samlp:Response>"""
    return base64.b64encode(whole.encode()).decode()
