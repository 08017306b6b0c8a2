"""Status lists: drawing places by chance, setting bits, and publishing the signed list at once."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.credentials.addresses import did_of, list_address
from portal.credentials.models import StatusList
from portal.credentials.signing import signed
from portal.institutions.models import Institution
from tauliah.credentials import timestamp
from tauliah.credentials.bitstring import FEWEST, Bits
from tauliah.credentials.status import status_list_credential

PURPOSE = "revocation"
VALID = timedelta(days=14)
RENEWED_BEFORE = timedelta(days=7)
FRESH = 300
"""Seconds for which others may keep a list."""


def places(institution: Institution, number: int) -> tuple[StatusList, list[int]]:
    """Give away so many places of a list, drawn by chance; the list is held until the transaction ends.

    A list is given away to one half, so that a draw finds a free place soon and a place tells nothing.
    """
    listed = _with_room(institution, number)
    taken, drawn = bytearray(listed.taken), list[int]()
    while len(drawn) < number:
        index = secrets.randbelow(listed.entries)
        mask = 0x80 >> (index & 7)
        if not taken[index >> 3] & mask:
            taken[index >> 3] |= mask
            drawn.append(index)
    listed.taken, listed.taken_count = bytes(taken), listed.taken_count + number
    listed.save(update_fields=["taken", "taken_count"])
    return listed, drawn


def _with_room(institution: Institution, number: int) -> StatusList:
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    lists = StatusList.objects.select_for_update(no_key=True).filter(institution=institution, purpose=PURPOSE)
    last = lists.order_by("number").last()
    if last is not None and last.taken_count + number <= last.entries // 2:
        return last
    empty = Bits.cleared(FEWEST).data
    made = StatusList.objects.create(
        institution=institution,
        number=last.number + 1 if last else 1,
        purpose=PURPOSE,
        entries=FEWEST,
        taken=empty,
        bits=empty,
    )
    publish(made)
    return made


def set_bits(listed: StatusList, indices: Iterable[int], *, set_to: bool) -> None:
    """Set or clear places of a list and publish it anew, in the transaction of what they say."""
    held = (
        StatusList.objects.select_for_update(of=("self",), no_key=True)
        .select_related("institution")
        .get(pk=listed.pk)
    )
    held.bits = Bits(bytes(held.bits)).having(indices, set_to=set_to).data
    held.save(update_fields=["bits"])
    publish(held)


def publish(listed: StatusList) -> None:
    """Sign a list as it stands."""
    now = timezone.now()
    document = status_list_credential(
        url=list_address(listed),
        issuer=did_of(listed.institution),
        bits=Bits(bytes(listed.bits)),
        purpose=listed.purpose,
        valid_from=timestamp.text(now),
        valid_until=timestamp.text(now + VALID),
    )
    listed.document, listed.signed_at = signed(listed.institution, document), now
    listed.valid_until = now + VALID
    listed.save(update_fields=["document", "signed_at", "valid_until"])


def renew() -> int:
    """Sign anew every list that ends within a week; returns how many."""
    due = StatusList.objects.filter(valid_until__lt=timezone.now() + RENEWED_BEFORE).values_list(
        "pk", flat=True
    )
    for pk in list(due):
        with transaction.atomic():
            held = StatusList.objects.select_for_update(of=("self",), no_key=True).select_related(
                "institution"
            )
            publish(held.get(pk=pk))
    return len(due)
