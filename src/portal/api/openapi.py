"""The OpenAPI document: what ninja derives from the routes, with cases, problems and words added."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI, Schema

from portal.api.problems import INTERNAL, MEDIA_TYPE, METHOD_NOT_ALLOWED, ProblemType
from portal.api.shapes import ListedResult, ProblemDetails, Result
from portal.packs import packs
from tauliah.evaluate import KINDS, json_schema

Json = dict[str, Any]

COMPONENTS = "#/components/schemas/"
ABOUT = _(
    "Evaluates credit transfer cases and reads the policies they are judged by. "
    "No key and no cookie is needed, and nothing that is sent is stored. "
    "Messages are in Malay unless Accept-Language asks for English; policies carry both languages."
)


def described(success: str, *problems: ProblemType) -> Json:
    """What a route answers: the success in words, and the problems a caller has to expect."""
    answers: dict[int, Json] = {200: {"description": success}}
    for status in sorted({problem.status for problem in (*problems, METHOD_NOT_ALLOWED, INTERNAL)}):
        of_status = [p for p in (*problems, METHOD_NOT_ALLOWED, INTERNAL) if p.status == status]
        answers[status.value] = _problem_response(of_status)
    return {"responses": answers}


def _problem_response(problems: list[ProblemType]) -> Json:
    content: Json = {"schema": {"$ref": f"{COMPONENTS}ProblemDetails"}}
    content["examples"] = {problem.name: {"value": _example(problem)} for problem in problems}
    return {"description": problems[0].meaning, "content": {MEDIA_TYPE: content}}


def _example(problem: ProblemType) -> Json:
    return {
        "type": f"/api/v1/docs#{problem.name}",
        "title": problem.title,
        "status": problem.status.value,
        "detail": problem.meaning,
        "instance": "/api/v1/evaluate",
    }


def openapi_of(api: NinjaAPI) -> Json:
    """The document of an API in the language of the request."""
    document: Json = dict(api.get_openapi_schema())
    document["info"] = {
        "title": "Tauliah",
        "version": api.version,
        "description": ABOUT,
    }
    document["servers"] = [{"url": "/", "description": _("This portal")}]
    schemas: Json = document["components"]["schemas"]
    for model in (Result, ListedResult, ProblemDetails):
        schemas |= _schema_of(model)
    schemas |= _case_schemas()
    _name_what_there_is(document["paths"])
    translated: Json = _translated(document)
    return translated


def _name_what_there_is(paths: Json) -> None:
    """List the policies and kinds there are, and give an example of every other name in a path."""
    choices = {"name": list(packs()), "kind": list(KINDS)}
    examples = {"name": "uthm", "kind": "transfer", "clause": "5(a)(i)", "parameter": "minimum_grade"}
    for operation in (each for methods in paths.values() for each in methods.values()):
        for parameter in (each for each in operation["parameters"] if each["in"] == "path"):
            name = parameter["name"]
            parameter["example"] = examples[name]
            parameter["schema"] |= {"enum": choices[name]} if name in choices else {}


def _schema_of(model: type[Schema]) -> Json:
    schema = model.model_json_schema(ref_template=COMPONENTS + "{model}", mode="serialization")
    parts: Json = schema.pop("$defs", {})
    return parts | {model.__name__: schema}


def _case_schemas() -> Json:
    """The case of each kind, and its parts under names of their own."""
    schemas: Json = {}
    for kind in KINDS:
        schema = json_schema(kind)
        parts: Json = schema.pop("$defs", {})
        schemas[case_name(kind)] = _renamed(schema)
        schemas |= {f"Case{name}": _renamed(part) for name, part in parts.items()}
    return schemas


def case_name(kind: str) -> str:
    """The name of a kind's case among the document's schemas: transfer, TransferCase."""
    return "".join(word.capitalize() for word in kind.split("_")) + "Case"


def _renamed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            key: each.replace("#/$defs/", f"{COMPONENTS}Case") if key == "$ref" else _renamed(each)
            for key, each in value.items()
        }
    return [_renamed(each) for each in value] if isinstance(value, list) else value


def _translated(value: Any) -> Any:
    """The same document with its prose in the active language; prose of the core stays English."""
    if isinstance(value, Mapping):
        return {
            str(key): gettext(each) if key in PROSE and isinstance(each, str) and each else _translated(each)
            for key, each in value.items()
        }
    return [_translated(each) for each in value] if isinstance(value, list) else value


PROSE = frozenset(("summary", "description", "title", "detail"))
