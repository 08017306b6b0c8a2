"""A whole course for tests of offerings and the catalogue: registered, with everything that its page shows."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.portal.offerings import stories

from portal.accounts.models import Appointment
from portal.offerings.actions.setting_up import Part, open_offering
from portal.offerings.models import Offering
from portal.proposals.models import Proposal

CONTENT: dict[str, Any] = {
    "delivery": "odl",
    "level": "bachelor",
    "hours": "120",
    "credits": "3",
    "synopsis_ms": "Peranti, sensor dan rangkaian bagi pemula.",
    "synopsis_en": "Devices, sensors and networks for beginners.",
    "prerequisite": "Asas pengaturcaraan.",
    "commitment": "Tiga jam seminggu.",
    "languages": ["ms", "en"],
    "skills": ["Internet of Things"],
    "licence": "CC BY-NC-SA 4.0",
    "disclaimer": "Tiada bahan pihak ketiga.",
    "professional_standing": "Tidak diiktiraf oleh badan profesional.",
    "lecturers": [{"name": "Laila binti Bujang", "email": "laila@unimas.example"}],
    "outcomes": [
        {"code": "CLO1", "ms": "Menerangkan seni bina IoT.", "en": "Explain the architecture of IoT."},
        {"code": "CLO2", "ms": "Membina prototaip.", "en": "Build a prototype."},
    ],
    "units": [
        {
            "title_ms": f"Unit {number}",
            "title_en": f"Unit {number}",
            "topics": [f"Topik {number}"],
            "outcomes": ["CLO1"],
            "assessed": True,
        }
        for number in range(1, 6)
    ],
    "assessments": [
        {"name": "Kuiz", "type": "continuous", "form": "quiz", "percent": "40", "outcomes": ["CLO1"]},
        {"name": "Projek", "type": "final", "form": "project", "percent": "60", "outcomes": ["CLO2"]},
    ],
}


def course(at: str = "UNIMAS", **fields: Any) -> Proposal:
    """A registered course; content may be given by name, the rest of the row as ``Proposal`` has it."""
    named = {name: fields.pop(name) for name in list(fields) if name in CONTENT}
    return stories.registered(at, **({"content": CONTENT | named, "achievement": None} | fields))


def terms(**fields: Any) -> dict[str, Any]:
    """What is filled in for an offering of fixed duration next year."""
    return {
        "cohort": "Mac 2027",
        "mode": Offering.Mode.FIXED,
        "starts_on": date(2027, 3, 1),
        "ends_on": date(2027, 5, 31),
        "platform": "eLEAP",
        "certificate": Offering.Certificate.FREE,
        "certificate_confirmed": True,
    } | fields


def opened(acting: Appointment, proposal: Proposal, **fields: Any) -> Offering:
    """An offering as somebody began it."""
    return open_offering(acting, proposal, terms(**fields))


def part(name: str, percent: str, **fields: Any) -> Part:
    """An assessment as it is entered."""
    given: dict[str, Any] = {"name": name, "type": "continuous", "percent": Decimal(percent)}
    return Part(**(given | fields))
