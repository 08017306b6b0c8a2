"""The institution that issues: who it is, how it can be reached, who signs for it."""

from dataclasses import dataclass

from tauliah.credentials.inspection import Inspection
from tauliah.values.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the institution is."""

    street: str
    locality: str
    region: str
    postal_code: str
    country: str = "Malaysia"
    country_code: str = "MY"

    def line(self) -> str:
        """The address on one line."""
        return f"{self.street}, {self.postal_code} {self.locality}, {self.region}, {self.country}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs, and in which office."""

    name: str
    office: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """An awarding institution: its decentralised identifier, name, status, contact and signatory.

    `mqa_id` is its number with the Malaysian Qualifications Agency; `crest` and `url` are addresses.
    """

    did: str
    name: Text
    status: Text
    address: Address
    email: str
    phone: str
    url: str
    signatory: Signatory
    crest: str | None = None
    mqa_id: str | None = None


def inspect_issuer(found: Inspection, issuer: Issuer, where: str = "issuer") -> None:
    """Adds what is wrong with the institution's profile."""
    if not issuer.did.startswith("did:"):
        found.add(
            f"{where}.did",
            "Hendaklah pengecam DID, contohnya did:web:kelayakan.universiti.edu.my.",
            "Must be a DID, for example did:web:credentials.university.edu.my.",
        )
    found.both(f"{where}.name", issuer.name)
    found.both(f"{where}.status", issuer.status)
    for field in ("street", "locality", "region", "postal_code", "country"):
        found.line(f"{where}.address.{field}", getattr(issuer.address, field))
    found.line(f"{where}.signatory.name", issuer.signatory.name)
    found.both(f"{where}.signatory.office", issuer.signatory.office)
    found.line(f"{where}.phone", issuer.phone)
    found.url(f"{where}.url", issuer.url)
    found.url(f"{where}.crest", issuer.crest)
    found.optional(f"{where}.mqa_id", issuer.mqa_id)
    _inspect_email(found, f"{where}.email", issuer.email)


def _inspect_email(found: Inspection, where: str, email: str) -> None:
    found.line(where, email)
    name, at, host = email.partition("@")
    if email.strip() and not (name and at and "." in host and " " not in email):
        found.add(
            where,
            "Hendaklah alamat e-mel, contohnya cflex@universiti.edu.my.",
            "Must be an e-mail address, for example cflex@university.edu.my.",
        )
