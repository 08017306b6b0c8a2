"""Whether a credential is revoked or suspended: the list credential, and a credential's entry in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tauliah.credentials.answer import Answer, Outcome, no, together, unknown, yes
from tauliah.credentials.bitstring import BadBits, Bits, decoded
from tauliah.credentials.contexts import CREDENTIALS_V2, Contexts
from tauliah.credentials.did import Resolve
from tauliah.credentials.proof import issuer_of, require_issuer, verified_proofs
from tauliah.credentials.refusal import CouldNotCheck, Refused
from tauliah.credentials.strict_json import Json
from tauliah.credentials.timestamp import parse
from tauliah.values.text import Text

PURPOSES = ("revocation", "suspension")
LARGEST_FIELD = 8
FetchList = Callable[[str], Json]
"""Gives the list credential of an address; raises `CouldNotCheck` where it cannot be had."""


@dataclass(frozen=True, slots=True)
class Checker:
    """What a check of a status needs: where lists come from, how keys are found, and the time."""

    fetch: FetchList | None
    contexts: Contexts
    resolve: Resolve | None
    at: datetime


def status_list_credential(
    *, url: str, issuer: str, bits: Bits, purpose: str, valid_from: str, valid_until: str
) -> Json:
    """The unsigned credential that publishes a list, to be signed anew on each change and before its end."""
    if purpose not in PURPOSES:
        raise ValueError(f"A list is for one of {PURPOSES}.")
    return {
        "@context": [CREDENTIALS_V2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": valid_from,
        "validUntil": valid_until,
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": bits.encoded(),
        },
    }


def status_of(document: Json, checker: Checker) -> Answer:
    """Whether the credential stands: every entry is looked up. Only for a credential whose proof holds."""
    entries = list(_entries(document.get("credentialStatus")))
    if not entries:
        return yes(
            "status.none",
            "Kelayakan ini tidak boleh ditarik balik: tiada senarai status dinyatakan.",
            "This credential cannot be revoked: it names no status list.",
        )
    answers = [_entry_answer(entry, where, document, checker) for where, entry in entries]
    worst = together(answer.outcome for answer in answers)
    return next(answer for answer in answers if answer.outcome is worst)


def _entries(status: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(status, list):
        yield from ((f"credentialStatus[{i}]", entry) for i, entry in enumerate(status))
    elif status is not None:
        yield "credentialStatus", status


def _entry_answer(entry: Any, where: str, document: Json, checker: Checker) -> Answer:
    try:
        return _looked_up(entry, where, issuer_of(document), checker)
    except _BadStatus as bad:
        return Answer(bad.outcome, bad.code, bad.reason, where)
    except Refused as refused:
        return no(
            "status.list_unsigned",
            f"Senarai status tidak dapat dipercayai: {refused.message.ms}",
            f"The status list cannot be trusted: {refused.message.en}",
            where,
        )
    except CouldNotCheck as outage:
        return unknown(
            "status.unreachable",
            f"Senarai status tidak dapat dicapai: {outage.message.ms}",
            f"The status list could not be reached: {outage.message.en}",
            where,
        )


class _BadStatus(Exception):
    def __init__(self, code: str, ms: str, en: str, outcome: Outcome = Outcome.NO) -> None:
        self.code, self.reason, self.outcome = f"status.{code}", Text(ms, en), outcome


def _looked_up(entry: Any, where: str, issuer: str, checker: Checker) -> Answer:
    url, index, purpose, size = _place(entry)
    if checker.fetch is None:
        raise CouldNotCheck(Text("Tiada sambungan rangkaian digunakan.", "No network is used."), where)
    listed = checker.fetch(url)
    bits = _bits_of(listed, url, issuer, purpose, checker)
    try:
        value = bits.value(index, size)
    except IndexError:
        raise _BadStatus(
            "index_out_of_range",
            f"Tempat {index} tiada dalam senarai status.",
            f"There is no place {index} in the status list.",
        ) from None
    return _said(purpose, value, where)


def _said(purpose: str, value: int, where: str) -> Answer:
    if not value:
        return yes("status.good", "Tidak ditarik balik atau digantung.", "Not revoked or suspended.")
    if purpose == "suspension":
        return no("status.suspended", "Digantung oleh pengeluar.", "Suspended by the issuer.", where)
    if purpose == "revocation":
        return no("status.revoked", "Ditarik balik oleh pengeluar.", "Revoked by the issuer.", where)
    return yes(
        "status.remark", f"Ada catatan status: {purpose}.", f"There is a remark on the status: {purpose}."
    )


def _place(entry: Any) -> tuple[str, int, str, int]:
    """Address, index, purpose and width of an entry."""
    if not isinstance(entry, dict) or entry.get("type") not in (
        "BitstringStatusListEntry",
        ["BitstringStatusListEntry"],
    ):
        raise _BadStatus(
            "kind_unknown",
            "Jenis status ini tidak dikenali sistem ini.",
            "This system does not know this kind of status.",
            Outcome.UNKNOWN,
        )
    url, index, purpose = (entry.get(k) for k in ("statusListCredential", "statusListIndex", "statusPurpose"))
    if not isinstance(index, str) or not index.isascii() or not index.isdigit() or len(index) > 12:
        raise _BadStatus(
            "index_malformed",
            "Indeks status hendaklah nombor perpuluhan dalam bentuk teks.",
            "The status index must be a decimal number written as text.",
        )
    size = entry.get("statusSize", 1)
    sized = isinstance(size, int) and not isinstance(size, bool) and 1 <= size <= LARGEST_FIELD
    if not isinstance(url, str) or not isinstance(purpose, str) or not sized:
        raise _BadStatus("malformed", "Entri status tidak lengkap.", "The status entry is not complete.")
    return url, int(index), purpose, size


def _bits_of(listed: Any, url: str, issuer: str, purpose: str, checker: Checker) -> Bits:
    subject = _subject_of(listed)
    if issuer_of(listed) != issuer:
        raise _BadStatus(
            "other_issuer",
            "Senarai status dikeluarkan oleh pihak lain.",
            "The status list is issued by somebody else.",
        )
    proofs = verified_proofs(listed, checker.contexts, checker.resolve, at=checker.at)
    require_issuer(listed, proofs)
    if listed.get("id", url) != url:
        raise _BadStatus("other_list", "Alamat senarai status berlainan.", "The list has another address.")
    stated = subject.get("statusPurpose")
    if purpose not in (stated if isinstance(stated, list) else [stated]):
        raise _BadStatus(
            "wrong_purpose",
            "Senarai status ini untuk tujuan lain.",
            "This status list is for another purpose.",
        )
    _in_force(listed, checker.at)
    return _decoded(subject.get("encodedList"))


def _subject_of(listed: Any) -> Json:
    subject = listed.get("credentialSubject") if isinstance(listed, dict) else None
    types = listed.get("type") if isinstance(listed, dict) else None
    if not isinstance(subject, dict) or not isinstance(types, list):
        raise _BadStatus("not_a_list", "Bukan senarai status.", "This is not a status list.")
    if "BitstringStatusListCredential" not in types or subject.get("type") not in (
        "BitstringStatusList",
        ["BitstringStatusList"],
    ):
        raise _BadStatus("not_a_list", "Bukan senarai status.", "This is not a status list.")
    return subject


def _in_force(listed: Json, at: datetime) -> None:
    start, end = listed.get("validFrom"), listed.get("validUntil")
    if start is not None and parse(start, "validFrom") > at:
        raise _BadStatus(
            "list_not_yet_valid",
            f"Senarai status hanya sah mulai {start}.",
            f"The status list is valid only from {start}.",
            Outcome.UNKNOWN,
        )
    if end is not None and parse(end, "validUntil") < at:
        raise _BadStatus(
            "list_expired",
            f"Senarai status telah luput pada {end}.",
            f"The status list expired at {end}.",
            Outcome.UNKNOWN,
        )


_BITS = {
    "encoding": Text("Senarai status tidak dapat dibaca.", "The status list cannot be read."),
    "too_long": Text("Senarai status terlalu besar.", "The status list is too large."),
    "too_short": Text("Senarai status terlalu pendek.", "The status list is too short."),
}


def _decoded(encoded: Any) -> Bits:
    if not isinstance(encoded, str):
        raise _BadStatus("list_encoding", _BITS["encoding"].ms, _BITS["encoding"].en)
    try:
        return decoded(encoded)
    except BadBits as bad:
        words = _BITS[str(bad)]
        raise _BadStatus(f"list_{bad}", words.ms, words.en) from None
