"""GET /api/v1/packs and below: the policies as they are in the packs."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from portal.packs import packs
from tauliah.evaluate import json_schema

ROOT = "/api/v1"


def read(address: str, **query: object) -> Any:
    response = Client().get(f"{ROOT}{address}", {name: str(value) for name, value in query.items()})
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"].startswith("application/")
    return json.loads(response.content)


def problem(address: str, status: int, name: str, **query: object) -> Any:
    response = Client().get(f"{ROOT}{address}", {each: str(value) for each, value in query.items()})
    body = json.loads(response.content)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert body["type"] == f"/api/v1/docs#{name}"
    return body


def test_lists_every_pack():
    answer = read("/packs")

    assert answer["total"] == len(packs())
    assert [pack["name"] for pack in answer["packs"]] == list(packs())
    assert all(pack["counts"]["clauses"] == len(packs()[pack["name"]].clauses) for pack in answer["packs"])


@pytest.mark.parametrize("name", sorted(packs()))
def test_reads_a_pack(name: str):
    pack = packs()[name]

    answer = read(f"/packs/{name}")

    assert answer["title"] == pack.title.as_dict()
    assert answer["versions"] == [day.isoformat() for day in pack.versions]
    assert sorted(rule["name"] for rule in answer["rules"]) == sorted(pack.rules)
    assert len(answer["discrepancies"]) == len(pack.discrepancies)
    assert all(clause in pack.clauses for rule in answer["rules"] for clause in rule["clauses"])


@pytest.mark.parametrize("name", sorted(packs()))
def test_pages_through_all_clauses(name: str):
    listed: list[str] = []
    while True:
        answer = read(f"/packs/{name}/clauses", offset=len(listed), limit=37)
        listed += [clause["id"] for clause in answer["clauses"]]
        if not answer["clauses"]:
            break

    assert listed == list(packs()[name].clauses)
    assert answer["total"] == len(listed)


def test_finds_clauses_by_words_section_and_name():
    pack = packs()["uthm"]
    section = pack.clauses["5(a)(i)"].section

    by_words = read("/packs/uthm/clauses", q="gred minimum c+ prasiswazah")
    by_section = read("/packs/uthm/clauses", section=section.en)
    by_name = read("/packs/uthm/clauses", name="currency")

    assert "5(a)(i)" in [clause["id"] for clause in by_words["clauses"]]
    assert {c["section"]["ms"] for c in by_section["clauses"]} == {section.ms}
    assert [c["id"] for c in by_name["clauses"]] == [
        c.id for c in pack.clauses.values() if "currency" in c.names
    ]


@pytest.mark.parametrize("name", sorted(packs()))
def test_reads_every_clause_by_its_identifier(name: str):
    for clause in packs()[name].clauses.values():
        answer = read(f"/packs/{name}/clauses/{quote(clause.id, safe='')}")

        assert answer["id"] == clause.id
        assert answer["wording"] == clause.wording


def test_a_clause_says_what_cites_it():
    cited_by = read("/packs/uthm/clauses/5(a)(i)")["cited_by"]

    assert {(each["sort"], each["name"]) for each in cited_by} >= {
        ("rule", "minimum_grade"),
        ("parameter", "minimum_grade"),
    }


@pytest.mark.parametrize("name", sorted(packs()))
def test_lists_every_value_through_time(name: str):
    answer = read(f"/packs/{name}/parameters")

    assert [p["name"] for p in answer["parameters"]] == list(packs()[name].parameters)
    for parameter in answer["parameters"]:
        history = packs()[name].parameters[parameter["name"]].history
        assert [span["from"] for span in parameter["history"]] == [day.isoformat() for day, _rows in history]
        assert parameter["history"][-1]["until"] is None


def test_reads_a_value_as_in_force_on_a_day():
    before = read("/packs/mqa/parameters/vertical_limit", on="2016-05-22")
    after = read("/packs/mqa/parameters/vertical_limit", on="2016-05-23")
    always = read("/packs/mqa/parameters/vertical_limit")

    assert (before["in_force"]["from"], before["in_force"]["until"]) == ("2010-12-28", "2016-05-22")
    assert (after["in_force"]["from"], after["in_force"]["until"]) == ("2016-05-23", None)
    assert always["in_force"] is None


def test_a_value_is_written_as_json_can_carry_it():
    grades = read("/packs/uthm/parameters/minimum_grade")["history"][0]["rows"]
    residency = read("/packs/uthm/parameters/residency")["history"][0]["rows"]

    assert [row["value"] for row in grades] == ["C+", "B+"]
    assert grades[0]["when"] == {"study_level": ["undergraduate"]}
    assert residency[0]["value"] == {"months": 6}


def test_a_day_before_the_first_is_not_in_force():
    answer = problem("/packs/uthm/parameters/minimum_grade", 404, "not-in-force", on="1990-01-01")

    assert "2020-01-01" in answer["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/packs/nowhere",
        "/packs/nowhere/clauses",
        "/packs/uthm/clauses/99(z)",
        "/packs/uthm/parameters/nothing",
        "/schema/nothing",
        "/nothing",
        "/",
        "/packs/",
        "/packs/uthm/",
        "/packs/uthm/clauses/",
    ],
)
def test_what_does_not_exist_is_not_found(address: str):
    problem(address, 404, "not-found")


def test_an_address_outside_the_version_is_not_found_either():
    for address in ("/api/", "/api/v2/packs", "/api/packs"):
        response = Client(enforce_csrf_checks=True).post(address)

        assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("address", "query", "where"),
    [
        ("/packs/uthm/clauses", {"limit": 0}, "limit"),
        ("/packs/uthm/clauses", {"limit": 501}, "limit"),
        ("/packs/uthm/clauses", {"offset": -1}, "offset"),
        ("/packs/uthm/clauses", {"offset": "x"}, "offset"),
        ("/packs/uthm/clauses", {"q": "x" * 201}, "q"),
        ("/packs/uthm/parameters/minimum_grade", {"on": "2025-02-30"}, "on"),
        ("/packs/uthm/parameters/minimum_grade", {"on": "yesterday"}, "on"),
    ],
)
def test_a_parameter_of_the_wrong_form_is_named(address: str, query: dict[str, object], where: str):
    answer = problem(address, 422, "invalid-parameter", **query)

    assert [error["where"] for error in answer["errors"]] == [where]
    assert answer["errors"][0]["message"] != "Nilai ini tidak sah."


def test_head_answers_like_get_without_a_body():
    response = Client().head(f"{ROOT}/packs")

    assert response.status_code == 200
    assert response.content == b""


def test_reads_the_schema_of_a_case():
    response = Client().get(f"{ROOT}/schema/transfer")

    assert response.headers["Content-Type"] == "application/schema+json"
    assert json.loads(response.content) == json.loads(json.dumps(json_schema("transfer")))
