"""Words for people: nothing in an installed pack is left as a code."""

import itertools
from datetime import date

import pytest
from django.utils import translation

from portal.packs import packs
from portal.policies.applied import applied
from portal.policies.citations import citations
from portal.policies.search import folded
from portal.policies.timeline import GAP, timeline
from portal.policies.values import UNITS, condition_in_words, value_in_words
from portal.policies.versions import Span, spans, versions
from portal.policies.words import ACTORS, COLUMNS, FORCES, REALISATIONS
from tauliah.transfer.columns import columns_of
from tauliah.values.vocabulary import VOCABULARY

CLAUSES = [clause for pack in packs().values() for clause in pack.clauses.values()]
PARAMETERS = [parameter for pack in packs().values() for parameter in pack.parameters.values()]


def test_every_column_has_words():
    assert sorted(set(columns_of({})) - set(COLUMNS)) == []


def test_every_code_of_a_clause_has_words():
    assert {clause.force for clause in CLAUSES} <= set(FORCES)
    assert {clause.actor for clause in CLAUSES} <= set(ACTORS)
    assert {code for clause in CLAUSES for code in clause.realised_as} <= set(REALISATIONS)


def test_every_unit_and_condition_of_the_packs_has_words():
    known = set(UNITS) | set(VOCABULARY)

    assert {parameter.unit for parameter in PARAMETERS} <= known
    named = {column for p in PARAMETERS for _day, rows in p.history for row in rows for column in row.when}
    assert named <= set(COLUMNS)


@pytest.mark.parametrize(
    ("value", "unit", "ms", "en"),
    [
        ("30/100", "fraction", "30\xa0%", "30\xa0%"),
        ("1/3", "fraction", "1/3", "1/3"),
        (80, "percent", "80\xa0%", "80\xa0%"),
        ({"months": 6}, "duration", "6 bulan", "6 months"),
        ({"semesters": 1}, "duration", "1 semester", "1 semester"),
        ("bachelor", "level", "Sarjana Muda", "Bachelor"),
        (True, "bool", "ya", "yes"),
        (None, "fraction", "tidak dinyatakan", "none stated"),
        (5, "count", "5", "5"),
        ("C+", "grade", "C+", "C+"),
        ("150.00", "ringgit", "RM\xa0150.00", "RM\xa0150.00"),
        ({"least": 5, "most": 10}, "range", "5 hingga 10", "5 to 10"),
        ({"weeks": 2}, "duration", "2 minggu", "2 weeks"),
    ],
)
def test_values_are_written_as_people_do(value: object, unit: str, ms: str, en: str):
    for language, expected in (("ms", ms), ("en", en)):
        with translation.override(language):
            assert value_in_words(value, unit) == expected


def test_conditions_are_told_in_words():
    with translation.override("ms"):
        said = condition_in_words("basis", ("mooc", "apel_c", "mobility"))

    assert said == "asas: MOOC, APEL(C) atau Mobiliti"


@pytest.mark.parametrize("pack", packs().values(), ids=lambda pack: pack.name)
def test_a_rule_rests_on_its_own_clauses_and_those_of_the_values_it_reads(pack):
    for each in applied(pack):
        own = getattr(pack, f"{each.sort}s")[each.name].clauses
        assert set(own) <= set(each.clauses) <= set(pack.clauses)
        assert all(any(c.name == each.name for c in citations(pack)[clause]) for clause in each.clauses)


def test_the_spans_of_a_value_follow_each_other_without_a_gap():
    parameter = next(p for p in PARAMETERS if len(p.history) > 1)

    listed = spans(parameter)

    assert listed[-1].end is None
    assert [(b.start - a.end).days for a, b in itertools.pairwise(listed) if a.end] == [1]


def test_versions_tell_each_change_once():
    for pack in packs().values():
        told = sum(len(version.changes) for version in versions(pack))
        assert told == sum(len(parameter.history) for parameter in pack.parameters.values())


@pytest.mark.parametrize("count", [2, 3, 12])
def test_the_boxes_of_a_timeline_neither_overlap_nor_shrink(count: int):
    days = [date(2000 + i, 1, 1) for i in range(count)]
    listed = [Span(day, None if i == count - 1 else days[i + 1], ()) for i, day in enumerate(days)]

    picture = timeline(listed)

    edges = [(box.x, box.x + box.width) for box in picture.boxes]
    gaps = [round(b[0] - a[1], 1) for a, b in itertools.pairwise(edges)]
    assert all(abs(gap - GAP) <= 0.2 for gap in gaps)
    assert all(box.width >= 132 for box in picture.boxes)
    assert picture.width >= edges[-1][1] - 0.2


def test_searching_ignores_case_and_accents():
    assert folded("Ésa GRED") == "esa gred"
