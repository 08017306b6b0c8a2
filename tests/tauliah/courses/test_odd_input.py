"""Whatever stands in a field, a case is answered or its field is named: nothing else ever happens."""

import json
from decimal import Decimal

import pytest

from tauliah.evaluate import KINDS, evaluate
from tauliah.files.cases import case_files, read_case
from tauliah.files.packs import INSTALLED, installed_packs
from tauliah.values.case import InvalidCase

PACKS = installed_packs()
ODD = [
    None,
    "",
    " ",
    "x" * 400,
    "NaN",
    -1,
    0,
    0.1,
    5,
    Decimal("1E+30"),
    Decimal("1E-30"),
    10**29,
    True,
    [],
    [None],
    {},
    {"a": 1},
    "0001-01-01",
    "2200-12-31",
    "2024-02-29",
]
EXAMPLES = {
    (case["kind"], case["policy"]): case
    for pack in ("utm", "unimas", "umpsa")
    for case in map(read_case, case_files([INSTALLED / pack / "cases"]))
    if case.get("kind") in KINDS and case["kind"] != "transfer" and "error" not in case["expect"]
}


def with_odd_values(value):
    """The value with each of its parts replaced in turn by something odd."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        for odd in (*ODD, *with_odd_values(part)):
            copy = value.copy()
            copy[key] = odd
            yield copy


def answered(case):
    """The result, or what is wrong with the case."""
    try:
        return evaluate(case, PACKS)
    except InvalidCase as error:
        return error


@pytest.mark.parametrize(("kind", "policy"), EXAMPLES)
def test_an_odd_value_gives_an_answer_or_a_named_field(kind, policy):
    case = {key: value for key, value in EXAMPLES[kind, policy].items() if key != "expect"}
    for odd in with_odd_values(case):
        answer = answered(odd)
        if isinstance(answer, InvalidCase):
            assert answer.where, odd
            assert answer.message.ms != answer.message.en
        else:
            assert json.loads(json.dumps(answer, allow_nan=False))["kind"] == kind
