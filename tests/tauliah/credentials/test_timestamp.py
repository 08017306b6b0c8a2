"""Moments: the offset is not optional, and nothing that software reads differently is read."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tauliah.credentials import timestamp
from tauliah.credentials.refusal import Reason, Refused


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T04:00:00Z", datetime(2026, 11, 22, 4, tzinfo=UTC)),
        ("2026-11-22T12:00:00+08:00", datetime(2026, 11, 22, 4, tzinfo=UTC)),
        ("2026-11-22T04:00:00.5Z", datetime(2026, 11, 22, 4, microsecond=500_000, tzinfo=UTC)),
        ("2026-11-22T04:00:00.123456789-00:30", datetime(2026, 11, 22, 4, 30, 0, 123456, tzinfo=UTC)),
        ("2028-02-29T23:59:59Z", datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_moment_with_its_offset_is_read(text, moment):
    assert timestamp.parse(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T04:00:00",
        "2026-11-22T24:00:00Z",
        "2026-12-31T23:59:60Z",
        "10000-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-11-22T04:00:00+15:00",
        "2026-11-22T04:00:00+0800",
        "2026-11-22 04:00:00Z",
        "2026-11-22T04:00:00z",
        "2026-11-22T04:00Z",
        "2026-11-22",
        " 2026-11-22T04:00:00Z",
        "2026-11-22T04:00:00Z\n",
        "٢٠٢٦-11-22T04:00:00Z",
        "",
        None,
        20261122,
    ],
)
def test_item_12_anything_else_is_refused(text):
    with pytest.raises(Refused) as caught:
        timestamp.parse(text, "validFrom")

    assert (caught.value.reason, caught.value.where) == (Reason.DATE_MALFORMED, "validFrom")


def test_a_moment_is_written_in_utc_to_the_second():
    moment = datetime(2026, 11, 22, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=8)))

    assert timestamp.text(moment) == "2026-11-22T04:00:00Z"
    with pytest.raises(ValueError, match="offset"):
        timestamp.text(datetime(2026, 11, 22))
