"""Parameters through time, and rules that may read only what they declare."""

from datetime import date

import pytest

from tauliah.files.packs import installed_packs
from tauliah.policy.expression import TRUE, Constant, Table, TableRow
from tauliah.policy.parameter import NotInForce, Parameter, Row
from tauliah.policy.rule import Check, Register, UndeclaredParameter, Values
from tauliah.values.text import same

OLD, NEW = (Row({}, value, ("1",)) for value in (80, 75))
PARAMETER = Parameter(
    "content_overlap", same("x"), "percent", ((date(2010, 12, 28), (OLD,)), (date(2016, 5, 23), (NEW,)))
)


@pytest.mark.parametrize(
    ("day", "row"),
    [("2010-12-28", OLD), ("2016-05-22", OLD), ("2016-05-23", NEW), ("2030-01-01", NEW)],
)
def test_the_rows_in_force_are_those_of_the_last_day_that_has_come(day, row):
    assert PARAMETER.at(date.fromisoformat(day)) == (row,)


def test_nothing_is_in_force_before_the_first_day():
    with pytest.raises(NotInForce, match="content_overlap is not in force on 2010-12-27"):
        PARAMETER.at(date(2010, 12, 27))


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2000-01-01", "2010-12-28"),
        ("2010-12-28", "2010-12-28"),
        ("2016-05-22", "2010-12-28"),
        ("2016-05-23", "2016-05-23"),
        ("2026-01-01", "2016-05-23"),
    ],
)
def test_a_day_before_the_first_version_takes_the_first(day, version):
    assert installed_packs()["mqa"].version_on(date.fromisoformat(day)) == date.fromisoformat(version)


TABLES = {"declared": Table("declared", "count", (TableRow((), 1),)), "other": Table("other", "count", ())}


def test_a_rule_reads_what_it_declares():
    values = Values(TABLES, ("declared",), ("other", "absent"))

    assert values["declared"] is TABLES["declared"]
    assert values.has("other")
    assert values.given("other") is TABLES["other"]
    assert values.optional("other", Constant(0)) is TABLES["other"]
    assert not values.has("absent")
    assert values.optional("absent", Constant(0)) == Constant(0)


@pytest.mark.parametrize(
    "read",
    [
        lambda values: values["other"],
        lambda values: values.has("declared"),
        lambda values: values.given("declared"),
        lambda values: values.optional("declared", Constant(0)),
    ],
)
def test_a_rule_reads_nothing_else(read):
    with pytest.raises(UndeclaredParameter):
        read(Values(TABLES, ("declared",), ()))


def test_a_rule_is_entered_under_its_own_name():
    register: Register[Check] = Register()

    @register("declared", may_read=("other",))
    def sample(p: Values) -> Check:
        return Check(TRUE, p["declared"], p.optional("other", Constant(0)))

    stated = register.by_name["sample"]

    assert (stated.name, stated.reads, stated.may_read) == ("sample", ("declared",), ("other",))
    assert stated.of(TABLES) == Check(TRUE, TABLES["declared"], TABLES["other"])


def test_a_pack_without_a_declared_parameter_cannot_be_stated():
    register: Register[Check] = Register()

    @register("absent")
    def sample(p: Values) -> Check:
        return Check(TRUE, p["absent"], TRUE)

    with pytest.raises(KeyError):
        register.by_name["sample"].of(TABLES)
