"""The API keeps nothing and is everybody's."""

from typing import Any

from tests.portal.routes import EVERYBODY, NOT_FOUND, Route


def reads(**place: Any) -> Route:
    return Route(EVERYBODY, place=lambda: place)


ROUTES = {
    "api:docs": reads(),
    "api:openapi": reads(),
    "api:v1:evaluate_cases": Route(EVERYBODY, post=dict),
    "api:v1:read_schema": reads(kind="transfer"),
    "api:v1:list_packs": reads(),
    "api:v1:read_pack": reads(name="uthm"),
    "api:v1:list_clauses": reads(name="uthm"),
    "api:v1:read_clause": reads(name="uthm", clause="5(a)"),
    "api:v1:list_parameters": reads(name="uthm"),
    "api:v1:read_parameter": reads(name="uthm", parameter="minimum_grade"),
    "api:v1:api-root": Route(frozenset(), others=NOT_FOUND, visitors=NOT_FOUND),
}
