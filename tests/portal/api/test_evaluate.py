"""POST /api/v1/evaluate: results for whoever sends cases, problems that name the field."""

import copy
import json
import logging
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from portal.api.example import CASE
from portal.packs import packs
from tauliah.evaluate import evaluate
from tauliah.files.cases import write_case_yaml

ADDRESS = "/api/v1/evaluate"
PROBLEM = "application/problem+json"


def send(body: Any, media_type: str = "application/json", **headers: str) -> Any:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(enforce_csrf_checks=True).post(ADDRESS, data=data, content_type=media_type, headers=named)


def case(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(CASE) | changes


def is_problem(response: HttpResponse, status: int, name: str) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["Content-Type"] == PROBLEM
    body: dict[str, Any] = json.loads(response.content)
    assert body["status"] == status
    assert body["type"] == f"/api/v1/docs#{name}"
    assert body["title"]
    assert body["detail"]
    return body


def test_one_case_answers_its_result():
    response = send(CASE)

    assert response.status_code == 200
    assert response.json() == json.loads(json.dumps(evaluate(CASE, packs())))


def test_a_case_in_yaml_answers_the_same():
    assert send(write_case_yaml(CASE), "application/yaml; charset=utf-8").json() == send(CASE).json()


def test_a_list_answers_each_in_its_place_and_one_bad_case_stops_no_other():
    bad = case(programme=CASE["programme"] | {"graduating_credits": -1})

    answers = send([CASE, bad, 3, CASE]).json()

    assert [answer["index"] for answer in answers] == [0, 1, 2, 3]
    assert answers[0]["result"] == answers[3]["result"] == send(CASE).json()
    assert answers[1]["error"]["where"] == "programme.graduating_credits"
    assert set(answers[1]["error"]["message"]) == {"ms", "en"}
    assert answers[1]["error"]["problems"][0]["where"] == "programme.graduating_credits"
    assert answers[2]["error"]["where"] == ""


def test_a_list_without_cases_answers_none():
    assert send([]).json() == []


def test_an_invalid_case_names_every_field_in_malay_unless_english_is_asked_for():
    bad = case(applied_on="2025-02-30", claims=[])

    malay = is_problem(send(bad), 422, "invalid-case")
    english = is_problem(send(bad, Accept_Language="en-GB,ms;q=0.5"), 422, "invalid-case")

    assert [error["where"] for error in malay["errors"]] == ["applied_on", "claims"]
    assert malay["errors"][0]["message"] == "Tarikh 2025-02-30 tidak wujud dalam kalendar."
    assert english["errors"][0]["message"] == "There is no such day as 2025-02-30."
    assert malay["title"] == "Kes tidak sah"
    assert english["title"] == "The case is not valid"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("", "ms"), ("de, fr", "ms"), ("ms-MY", "ms"), ("en", "en"), ("de, en;q=0.1, ms;q=0.2", "ms")],
)
def test_says_in_which_language_it_answers(asked: str, expected: str):
    response = send("{", Accept_Language=asked)

    assert response.headers["Content-Language"] == expected
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ('{"kind": "transfer",\n  "policy": }', "2:13"),
        ("  \n ", ""),
        ("[" * 100_000, ""),
        (b"\xff\xfe", "1"),
        ('{"kind": "a", "kind": "b"}', "kind"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_with_its_place(body: str | bytes, place: str):
    assert place in is_problem(send(body), 400, "malformed-body")["detail"]


def test_a_number_of_five_thousand_digits_is_no_kind():
    assert is_problem(send('{"kind": 1' + "0" * 5000 + "}"), 422, "invalid-case")


def test_an_empty_body_is_told():
    response = Client().generic("POST", ADDRESS, CONTENT_TYPE="application/json")

    is_problem(response, 400, "malformed-body")


def test_yaml_that_cannot_be_read_is_told_with_its_place():
    problem = is_problem(send("kind: transfer\nclaims: [", "application/yaml"), 400, "malformed-body")

    assert "3:1" in problem["detail"]


@pytest.mark.parametrize(
    "body", ["a: &x [1]\nb: *x", "!!python/object/apply:os.system ['true']", "--- 1\n--- 2"]
)
def test_yaml_that_a_case_never_needs_is_refused(body: str):
    is_problem(send(body, "application/yaml"), 400, "malformed-body")


@pytest.mark.parametrize("body", ["3", '"text"', "null", "true"])
def test_what_is_no_case_is_not_valid(body: str):
    is_problem(send(body), 422, "invalid-case")


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "text/html", "application/x-www-form-urlencoded", "", "application/json; charset=utf-16"],
)
def test_another_media_type_is_not_supported(media_type: str):
    response = send(CASE, media_type)

    is_problem(response, 415, "unsupported-media-type")
    assert "application/json" in response.headers["Accept-Post"]


def test_a_compressed_body_is_not_supported():
    is_problem(send(CASE, Content_Encoding="gzip"), 415, "unsupported-media-type")


def test_a_body_over_ten_million_bytes_is_too_large():
    response = send("[" + " " * 10_000_000 + "]")

    assert "10,000,000" in is_problem(response, 413, "content-too-large")["detail"]


def test_a_body_of_several_million_bytes_is_read():
    assert send("[" + " " * 5_000_000 + "]").json() == []


def test_a_yaml_body_is_bound_as_a_case_file_is():
    is_problem(send("a: " + "x" * 1_000_001, "application/yaml"), 413, "content-too-large")


def test_the_length_that_is_declared_is_not_trusted():
    response = Client().generic(
        "POST", ADDRESS, b"[]", content_type="application/json", CONTENT_LENGTH="99999999"
    )

    is_problem(response, 413, "content-too-large")


def test_a_body_in_chunks_is_told_to_come_whole():
    response = Client().generic(
        "POST", ADDRESS, CONTENT_TYPE="application/json", HTTP_TRANSFER_ENCODING="chunked"
    )

    is_problem(response, 411, "length-required")


def test_a_list_with_too_many_cases_is_too_large(settings: Any):
    settings.TAULIAH_API_MOST_CASES = 3

    assert len(send([1, 2, 3]).json()) == 3
    assert "3" in is_problem(send([1, 2, 3, 4]), 413, "content-too-large")["detail"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_another_method_is_not_allowed(method: str):
    response = Client(enforce_csrf_checks=True).generic(method, ADDRESS)

    assert response.status_code == 405
    assert response.headers["Content-Type"] == PROBLEM
    assert response.headers["Allow"] == "POST"


def test_what_nobody_expected_is_a_problem_too(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("portal.api.evaluation.evaluate", broken)
    # Another test's program may have set logging up anew; what counts is that this log gets the error.
    log = logging.getLogger("portal.api.boundary")
    monkeypatch.setattr(log, "disabled", False)
    log.addHandler(caplog.handler)
    response = send(CASE)
    log.removeHandler(caplog.handler)

    problem = is_problem(response, 500, "internal-error")
    assert "secret" not in json.dumps(problem)
    assert "secret detail" in caplog.text
