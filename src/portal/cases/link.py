"""A case as the text of a link: the case itself, compressed, so that nothing is kept on a server.

Only keys of the contract are written. They hold no name, number or address of a person.
"""

import binascii
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from portal.cases.paper import Paper

LONGEST = 6_000
"""Characters; with the rest of the address this stays below what servers and messengers pass on."""

LARGEST_CASE = 400_000
"""Bytes a link may unfold to."""


class UnreadableLink(ValueError):
    """The text is no case that this module wrote."""


def link_of(paper: Paper, case: Mapping[str, Any]) -> str:
    """Write the case as text for a link; see ``fits`` for whether a link can carry it."""
    plain = json.dumps(paper.rewritten(case), ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")


def fits(link: str) -> bool:
    """Say whether the text is short enough to be part of an address."""
    return len(link) <= LONGEST


def case_of_link(paper: Paper, link: str, longest: int = LONGEST) -> dict[str, Any]:
    """Read the case back; raises ``UnreadableLink`` for anything that ``link_of`` did not write."""
    if len(link) > longest:
        raise UnreadableLink("too long")
    try:
        packed = urlsafe_b64decode(link.encode("ascii") + b"=" * (-len(link) % 4))
        case = json.loads(_unfolded(packed))
    except (ValueError, RecursionError, binascii.Error, zlib.error) as problem:
        raise UnreadableLink("damaged") from problem
    if not isinstance(case, dict) or case != paper.rewritten(case):
        raise UnreadableLink("no case of the contract")
    return case


def _unfolded(packed: bytes) -> bytes:
    """Unfold at most ``LARGEST_CASE`` bytes, whatever the packed text claims to hold."""
    unfolding = zlib.decompressobj()
    plain = unfolding.decompress(packed, LARGEST_CASE)
    if not unfolding.eof or unfolding.unconsumed_tail or unfolding.unused_data:
        raise UnreadableLink("incomplete, or larger than a case")
    return plain
