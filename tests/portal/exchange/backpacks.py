"""Software that keeps badges for a person: it registers, is let in, and gets a token."""

import base64
import hashlib
import json
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from portal.exchange.badges import scopes

BASE = "/ims/ob/v3p0"
BACK = "https://beg.example/pulang"
VERIFIER = "a" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
ALL = list(scopes.SCOPES)


def registered(**changes):
    body = {
        "client_name": "Beg Digital",
        "redirect_uris": [BACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "client_secret_basic",
        "scope": " ".join(ALL),
    }
    return Client().post("/oauth/clients", json.dumps(body | changes), content_type="application/json")


def asked(software, **changes):
    query = {
        "response_type": "code",
        "client_id": software["client_id"],
        "redirect_uri": BACK,
        "scope": " ".join(ALL),
        "state": "s1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    } | changes
    return "/oauth/authorize?" + urlencode(
        {name: value for name, value in query.items() if value is not None}
    )


def answered(browser, software, granted=None, action="grant", **changes):
    page = browser.get(asked(software, **changes))
    assert page.status_code == 200, page.content
    signed = page.context["form"]["request"].value()
    body = {"request": signed, "scopes": ALL if granted is None else granted, "action": action}
    answer = browser.post("/oauth/authorize", body)
    assert answer.status_code == 302, unescape(answer.content.decode())
    return {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}


def token_for(software, code, verifier=VERIFIER):
    pair = f"{software['client_id']}:{software['client_secret']}".encode()
    body = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": verifier,
    }
    return Client().post(
        "/oauth/token", body, headers={"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    )


def backpack(browser, granted=None):
    """A client of software that a person let in."""
    software = registered().json()
    told = answered(browser, software, granted)
    token = token_for(software, told["code"]).json()["access_token"]
    return Client(headers={"Authorization": f"Bearer {token}"})
