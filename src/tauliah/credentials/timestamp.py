"""Moments as credentials write them: XMLSchema dateTimeStamp, where the offset is not optional."""

import re
from datetime import UTC, datetime, timedelta, timezone

from tauliah.credentials.refusal import Reason, Refused

_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:[0-5]\d)", re.ASCII
)
_FURTHEST = timedelta(hours=14)


def parse(text: object, where: str = "", reason: Reason = Reason.DATE_MALFORMED) -> datetime:
    """The moment, aware of its offset; raises `Refused` with `reason`.

    Refused as well: 24:00, leap seconds and years of five digits, which software reads differently.
    """
    match = _STAMP.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise Refused(reason, where, text)
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    microsecond = int((match[7] or "0").ljust(6, "0")[:6])
    try:
        return datetime(year, month, day, hour, minute, second, microsecond, _zone(match[8]))
    except ValueError:
        raise Refused(reason, where, text) from None


def text(moment: datetime) -> str:
    """An aware moment in UTC to the second: `2026-11-22T04:00:00Z`; raises `ValueError` for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _zone(offset: str) -> timezone:
    if offset == "Z":
        return UTC
    away = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:]))
    if away > _FURTHEST:
        raise ValueError("no such offset")
    return timezone(-away if offset[0] == "-" else away)
