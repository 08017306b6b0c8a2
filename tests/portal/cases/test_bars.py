"""The picture of the limits shows the result's own figures."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.cases.bars import WIDTH, bar


def limit(
    top: float | None, granted: float = 0, claims: tuple[float, ...] = (), **more: Any
) -> dict[str, Any]:
    used = [{"target": f"C{n}", "credits": c} for n, c in enumerate(claims)]
    return {
        "label": {"ms": "Had", "en": "Limit"},
        "message": {"ms": "", "en": ""},
        "clauses": ["12"],
        "limit_credits": top,
        "granted_credits": granted,
        "accepted_credits": sum(claims),
        "claims": used,
        **more,
    }


def test_a_bar_is_as_long_as_the_limit() -> None:
    drawn = bar(limit(40, 10, (4, 6)), {}, "earlier")

    assert drawn.limit_x == WIDTH
    assert [(s.kind, s.x, s.width) for s in drawn.segments] == [
        ("granted", 0, 250),
        ("accepted", 250, 100),
        ("accepted", 350, 150),
    ]
    assert drawn.room == 20


def test_what_did_not_fit_stands_beyond_the_limit() -> None:
    drawn = bar(limit(6, 0, (6,), left_out=["X"]), {"X": Decimal(2)}, "earlier")

    assert drawn.limit_x == 750
    assert [(s.name, s.x, s.width) for s in drawn.left_out] == [("X", 750, 250)]
    assert drawn.is_full


def test_no_limit_has_no_end() -> None:
    drawn = bar(limit(None, 0, (3,)), {}, "earlier")

    assert drawn.limit_x is None
    assert drawn.room is None


def test_a_band_is_drawn_to_the_scale_of_its_limit() -> None:
    band = limit(25, 0, (5,))
    drawn = bar(limit(50, 0, (5,), bands=[band]), {}, "earlier")

    assert drawn.bands[0].limit_x == 500
    assert drawn.bands[0].taken[0].width == drawn.taken[0].width


@given(
    st.none() | st.integers(0, 200),
    st.integers(0, 300),
    st.lists(st.sampled_from([0, 0.5, 1, 2.5, 3, 4, 12]), max_size=20),
)
def test_no_bar_runs_over_its_edge(top: int | None, granted: int, claims: list[float]) -> None:
    drawn = bar(limit(top, granted, tuple(claims)), {}, "earlier")

    assert all(s.x >= 0 and s.x + s.width <= WIDTH + Decimal("0.1") for s in drawn.segments)
    assert drawn.limit_x is None or 0 <= drawn.limit_x <= WIDTH
