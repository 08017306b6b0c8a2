"""The OpenAPI document and its page: complete, in both languages, and true."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.test import Client
from hypothesis import settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from portal.api.example import CASE
from portal.api.problems import TYPES
from portal.wsgi import application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def document(language: str = "en") -> Any:
    return Client().get("/api/v1/openapi.json", headers={"Accept-Language": language}).json()


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@schema.parametrize()
@settings(max_examples=20, deadline=None)
def test_answers_as_the_document_says(case: schemathesis.Case):
    case.call_and_validate(checks=CHECKS)


def test_describes_every_operation_and_every_response():
    for address, methods in document()["paths"].items():
        for operation in methods.values():
            assert operation["summary"], address
            assert all(response["description"] for response in operation["responses"].values())
            assert {"200", "405", "500"} <= set(operation["responses"])


def test_every_reference_leads_somewhere():
    written = document()
    names = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(written)))

    assert names <= set(written["components"]["schemas"])


def test_the_example_is_a_valid_case_and_its_result_fits_the_schema():
    components = document()["components"]
    answer = Client().post("/api/v1/evaluate", CASE, content_type="application/json").json()

    def of(name: str) -> dict[str, Any]:
        return {"$ref": f"#/components/schemas/{name}", "components": components}

    jsonschema_rs.validate(of("TransferCase"), CASE)
    jsonschema_rs.validate(of("Result"), answer)


@pytest.mark.parametrize(("language", "title"), [("ms", "Nilai kes"), ("en", "Evaluate cases")])
def test_is_written_in_the_language_asked_for(language: str, title: str):
    assert document(language)["paths"]["/api/v1/evaluate"]["post"]["summary"] == title


@pytest.mark.parametrize(("language", "title"), [("ms", "API HTTP"), ("en", "The HTTP API")])
def test_has_a_page_that_needs_nothing_from_elsewhere(language: str, title: str):
    client = Client()
    client.cookies["language"] = language

    response = client.get("/api/v1/docs")

    body = response.content.decode()
    assert response.headers["Content-Type"].startswith("text/html")
    assert f"<h1>{title}</h1>" in body
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', body) == []
    assert "style=" not in body.partition("<main")[2]


def test_the_page_tells_every_operation_and_every_problem():
    body = Client().get("/api/v1/docs").content.decode()

    assert all(f"<code>{address}</code>" in body for address in document()["paths"])
    assert all(f'id="{each.name}"' in body for each in TYPES)


@pytest.mark.parametrize("address", ["/api/v1/docs", "/api/v1/openapi.json"])
def test_the_documentation_is_read_only(address: str):
    response = Client(enforce_csrf_checks=True).post(address)

    assert (response.status_code, response.headers["Content-Type"]) == (405, "application/problem+json")
    assert Client().head(address).status_code == 200


def test_the_libraries_own_page_is_not_served():
    assert Client().get("/api/v1/docs").content.find(b"swagger") == -1
    assert Client().get("/api/v1/redoc").status_code == 404
