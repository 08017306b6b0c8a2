"""Short codes for typing off paper, and serial numbers."""

import secrets

from portal.institutions.models import Institution
from portal.institutions.numbering import next_numbers

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0 and O, no 1 and I: they look alike on paper."""
LENGTH, GROUP = 12, 4


def new_code() -> str:
    """Return a code of sixty random bits, in groups: K7QM-2XFD-9PTA."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def code_in(typed: str) -> str:
    """Return a typed code as it is kept: in capitals, in groups, whatever stood between."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())[:LENGTH]
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


SERIES = {"micro_credential": "MC", "accomplishment": "SPC", "participation": "SPT", "decision": "PK"}
"""What the serial numbers of each certificate begin with, after the institution."""


def serials(institution: Institution, kind: str, year: int, number: int) -> list[str]:
    """Return the next serial numbers of a kind and year, without gaps: UTHM-MC-2026-000123."""
    series = SERIES[kind]
    first = next_numbers(institution, f"credential-{series}", year, number)
    code = institution.code.upper()
    return [f"{code}-{series}-{year}-{first + place:06}" for place in range(number)]
