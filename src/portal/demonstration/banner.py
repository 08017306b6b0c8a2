"""The banner that says that this is a demonstration, and who one may log in as."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.accounts.models import Appointment
from portal.demonstration.people import PASSWORD

STAFF = (
    "programme_coordinator", "subject_expert", "assessor", "deputy_dean", "dean", "faculty_office", "bursar",
    "committee_secretary", "elearning_centre", "auditor", "administrator",
)  # fmt: skip
"""Roles in the order in which an application meets them."""


def demonstration(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``demonstration`` where the setting is on; logins are read only where they are shown."""
    return {"demonstration": {"password": PASSWORD, "logins": logins}} if settings.DEMONSTRATION else {}


def logins() -> list[dict[str, Any]]:
    """Return the people of each institution that decides, by role, with some of its students."""
    held = Appointment.objects.filter(person__email__endswith=".example", institution__isnull=False)
    by_institution: dict[str, dict[str, Any]] = {}
    for appointment in held.exclude(institution__policy="").select_related(
        "person", "institution", "faculty"
    ):
        assert appointment.institution is not None
        shown = by_institution.setdefault(
            appointment.institution.code,
            {"institution": appointment.institution, "staff": [], "students": []},
        )
        entry = {
            "person": appointment.person,
            "role": appointment.get_role_display(),
            "order": appointment.role,
        }
        shown["staff" if appointment.role in STAFF else "students"].append(entry)
    for shown in by_institution.values():
        shown["staff"].sort(key=lambda entry: STAFF.index(entry["order"]))
        shown["students"].sort(key=lambda entry: entry["person"].pk)
        shown["students"] = shown["students"][:STUDENTS_SHOWN]
    return sorted(by_institution.values(), key=lambda shown: ORDER.index(shown["institution"].code))


STUDENTS_SHOWN = 12
ORDER = ["UTHM", "UTM", "UNIMAS", "UMPSA"]
