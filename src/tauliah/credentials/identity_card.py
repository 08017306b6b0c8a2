"""Identity-card and passport numbers: masked before they reach a credential, found where they leak."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tauliah.values.case import Problem
from tauliah.values.text import Text

_NRIC = re.compile(r"(?<![0-9A-Za-z])(\d{2})(\d{2})(\d{2})-?(\d{2})-?(\d{4})(?![0-9A-Za-z])")
_BORN = re.compile(r"\d{6}-?\d{2}-?\d{4}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_SHOWN = 4
_WRITTEN = re.compile(r"[*-]*[0-9A-Za-z]{0,4}")


@dataclass(frozen=True, slots=True)
class MaskedNumber:
    """The end of an identity-card or passport number: `******-**-1234`; no more can be put in."""

    shown: str

    def __post_init__(self) -> None:
        if not _WRITTEN.fullmatch(self.shown) or "*" not in self.shown:
            raise ValueError("A masked number shows four characters at most; use `masked`.")

    def __str__(self) -> str:
        return self.shown


def masked(number: str) -> MaskedNumber:
    """The number with everything but its last four characters covered (of a short one, all of it)."""
    plain = re.sub(r"[^0-9A-Za-z]", "", number)
    if re.fullmatch(r"\d{12}", plain):
        return MaskedNumber(f"******-**-{plain[-_SHOWN:]}")
    shown = plain[-_SHOWN:] if len(plain) > 2 * _SHOWN - 1 else ""
    return MaskedNumber("*" * max(len(plain) - len(shown), 1) + shown)


def nric_in(text: str) -> str | None:
    """The first Malaysian identity-card number in a text: a day of birth, a place, four digits."""
    if not _BORN.search(text):
        return None
    for found in _NRIC.finditer(_UUID.sub("", text)):
        month, day, place = int(found[2]), int(found[3]), int(found[4])
        if 1 <= month <= 12 and 1 <= day <= 31 and place not in (0, 17, 18, 19, 20):
            return found[0]
    return None


def exposed(document: Any, where: str = "") -> Iterator[Problem]:
    """The places of a JSON document where an identity-card number stands in the open."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from exposed(value, f"{where}.{key}" if where else str(key))
    elif isinstance(document, list):
        for i, value in enumerate(document):
            yield from exposed(value, f"{where}[{i}]")
    elif isinstance(document, str) and nric_in(document):
        text = Text(
            "Nombor kad pengenalan tidak boleh ada dalam kelayakan awam; buang atau topengkan.",
            "An identity-card number must not stand in a public credential; remove or mask it.",
        )
        yield Problem(where, text)
