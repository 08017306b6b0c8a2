"""Making, rotating and publishing the keys for LTI, and signing by them."""

import base64
import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from jwt.algorithms import RSAAlgorithm

from portal.institutions.models import Institution
from portal.lti.claims import Claims
from portal.lti.models import Side, SigningKey

ALGORITHM = "RS256"
BITS = 2048
PUBLISHED_AFTER = timedelta(days=30)
"""How long a retired key can still be looked up by those who keep what we signed, or our keys."""


def thumbprint(jwk: Claims) -> str:
    """Return the name of a key that follows from the key itself (RFC 7638)."""
    needed = {name: jwk[name] for name in ("e", "kty", "n")}
    plain = json.dumps(needed, sort_keys=True, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(sha256(plain).digest()).decode().rstrip("=")


def public_jwk(key: RSAPrivateKey) -> Claims:
    """Return the public half of a key as it is published."""
    jwk: dict[str, Any] = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    jwk = {name: jwk[name] for name in ("kty", "n", "e")}
    return {**jwk, "kid": thumbprint(jwk), "alg": ALGORITHM, "use": "sig"}


def make_key(institution: Institution, side: Side) -> SigningKey:
    """Keep a new key, the newest of its side."""
    key = generate_private_key(public_exponent=65537, key_size=BITS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    jwk = public_jwk(key)
    made: SigningKey = SigningKey.objects.create(
        institution=institution, side=side, kid=jwk["kid"], private=pem, public=jwk
    )
    return made


@transaction.atomic
def signing_key(institution: Institution, side: Side) -> SigningKey:
    """Return the key that signs now; the first one is made when it is asked for."""
    found = SigningKey.objects.filter(institution=institution, side=side, retired_at=None)
    if key := found.first():
        return key
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    return found.first() or make_key(institution, side)


@transaction.atomic
def rotate(institution: Institution, side: Side) -> SigningKey:
    """Have a new key sign from now on; the ones before stay published for ``PUBLISHED_AFTER``."""
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    before = SigningKey.objects.filter(institution=institution, side=side, retired_at=None)
    before.update(retired_at=timezone.now())
    return make_key(institution, side)


def published_keys(institution: Institution, side: Side) -> Claims:
    """Return the key set of an institution on one side."""
    recent = Q(retired_at=None) | Q(retired_at__gt=timezone.now() - PUBLISHED_AFTER)
    kept = SigningKey.objects.filter(recent, institution=institution, side=side)
    return {"keys": [key.public for key in kept]}


def forget_old_keys() -> int:
    """Delete the private halves of keys that are not published any more; return how many keys went."""
    gone, _kinds = SigningKey.objects.filter(retired_at__lt=timezone.now() - PUBLISHED_AFTER).delete()
    return gone


def signed(institution: Institution, side: Side, claims: Claims, lifetime: timedelta) -> str:
    """Return claims as a token that the institution signed, good from now for a while."""
    key, now = signing_key(institution, side), timezone.now()
    stamped = {**claims, "iat": int(now.timestamp()), "exp": int((now + lifetime).timestamp())}
    return jwt.encode(stamped, key.private, algorithm=ALGORITHM, headers={"kid": key.kid})
