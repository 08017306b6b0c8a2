"""What an institution tells wallets of itself: kinds of credentials, endpoints, proofs it takes."""

import json
from urllib.parse import urlencode

from portal.credentials.models import Credential
from portal.exchange.wallet.addresses import endpoint, issuer_of
from portal.exchange.wallet.proof_jwt import ALGORITHMS
from portal.institutions.models import Institution
from tauliah.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS
from tauliah.credentials.strict_json import Json

GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
PIN_DIGITS = 6
AWARD, DECISION = "OpenBadgeCredential_ldp_vc", "CreditTransferDecision_ldp_vc"
CONFIGURATIONS = {Credential.Kind.AWARD.value: AWARD, Credential.Kind.DECISION.value: DECISION}
NAMES = {
    AWARD: ("Kelayakan mikro dan lencana", "Micro-credentials and badges"),
    DECISION: ("Keputusan pindah kredit", "Credit transfer decisions"),
}


def issuer_metadata(institution: Institution) -> Json:
    """Return the credential issuer's metadata (OID4VCI 1.0, 12.2)."""
    return {
        "credential_issuer": issuer_of(institution),
        "credential_endpoint": endpoint(institution, "credential"),
        "nonce_endpoint": endpoint(institution, "nonce"),
        "display": _display(institution.name_ms, institution.name_en or institution.name_ms),
        "credential_configurations_supported": {name: _configuration(name) for name in NAMES},
    }


def server_metadata(institution: Institution) -> Json:
    """Return the authorization server's metadata (RFC 8414): one grant, the pre-authorised code."""
    return {
        "issuer": issuer_of(institution),
        "token_endpoint": endpoint(institution, "token"),
        "grant_types_supported": [GRANT],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["none"],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


def offer_object(credential: Credential, code: str) -> Json:
    """Return an offer as a wallet takes it (OID4VCI 1.0, 4.1); the PIN goes another way."""
    return {
        "credential_issuer": issuer_of(credential.institution),
        "credential_configuration_ids": [CONFIGURATIONS[credential.kind]],
        "grants": {
            GRANT: {
                "pre-authorized_code": code,
                "tx_code": {"input_mode": "numeric", "length": PIN_DIGITS},
            }
        },
    }


def offer_link(credential: Credential, code: str) -> str:
    """Return the link that opens a wallet with the offer in it, so that no server's log ever has the code."""
    offer = json.dumps(offer_object(credential, code), separators=(",", ":"))
    return f"openid-credential-offer://?{urlencode({'credential_offer': offer})}"


def _configuration(name: str) -> Json:
    ms, en = NAMES[name]
    found: Json = {
        "format": "ldp_vc",
        "credential_signing_alg_values_supported": ["eddsa-rdfc-2022"],
        "credential_definition": {
            "@context": [CREDENTIALS_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS],
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
        },
        "credential_metadata": {"display": _display(ms, en)},
    }
    if name == AWARD:
        found["cryptographic_binding_methods_supported"] = ["did:key", "jwk"]
        found["proof_types_supported"] = {"jwt": {"proof_signing_alg_values_supported": list(ALGORITHMS)}}
    return found


def _display(ms: str, en: str) -> list[Json]:
    return [{"name": ms, "locale": "ms-MY"}, {"name": en, "locale": "en-MY"}]
