"""The institution as Open Badges' profile, and words in two languages where the standard has room for one."""

from tauliah.credentials.issuer import Issuer
from tauliah.credentials.strict_json import Json
from tauliah.values.text import Text


def bilingual(text: Text, between: str = " / ") -> str:
    """Both languages in one string, Malay first; once where they are the same."""
    return text.ms if text.ms == text.en else f"{text.ms}{between}{text.en}"


def image(url: str, caption: str) -> Json:
    """A picture by its address."""
    return {"id": url, "type": "Image", "caption": caption}


def profile(issuer: Issuer) -> Json:
    """The institution's profile: name, status, contact, who signs, its number with MQA."""
    address = issuer.address
    described: Json = {
        "id": issuer.did,
        "type": ["Profile"],
        "name": bilingual(issuer.name),
        "description": bilingual(issuer.status),
        "url": issuer.url,
        "email": issuer.email,
        "phone": issuer.phone,
        "official": f"{issuer.signatory.name}, {bilingual(issuer.signatory.office)}",
        "address": {
            "type": ["Address"],
            "streetAddress": address.street,
            "postalCode": address.postal_code,
            "addressLocality": address.locality,
            "addressRegion": address.region,
            "addressCountry": address.country,
            "addressCountryCode": address.country_code,
        },
    }
    if issuer.crest:
        described["image"] = image(issuer.crest, bilingual(issuer.name))
    if issuer.mqa_id:
        described["otherIdentifier"] = [
            {"type": "IdentifierEntry", "identifierType": "ext:MQA_HEP", "identifier": issuer.mqa_id}
        ]
    return described
