"""The policies as JSON: packs, clauses, and parameters through time."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema
from pydantic import Field

from portal.api import shapes
from portal.api.openapi import described
from portal.api.problems import INVALID_PARAMETER, NOT_FOUND, NOT_IN_FORCE, Problem
from portal.packs import packs
from portal.policies.applied import Sort, applied
from portal.policies.citations import citations, discrepancies_of
from portal.policies.search import Wanted, by_section, clauses_wanted
from portal.policies.versions import Span, spans
from tauliah.policy.pack import Clause, Pack
from tauliah.policy.parameter import Parameter

Json = dict[str, Any]

router = Router(tags=[_("Policies")])
MOST_CLAUSES = 500


PackName = Annotated[str, Path(description=_("The policy's name, for example uthm."))]
ClauseId = Annotated[str, Path(description=_("The clause's identifier, for example 5(a)(i)."))]
ParameterName = Annotated[str, Path(description=_("The name of the value, for example minimum_grade."))]


class ClausesAsked(Schema):
    """Which clauses a caller asks for; an empty word asks nothing."""

    q: str = Field("", max_length=200, description=_("Words that the clause holds, in any order."))
    section: str = Field("", max_length=200, description=_("The section's heading, in Malay or English."))
    name: str = Field(
        "",
        max_length=100,
        description=_("A rule, limit or other name of the contract."),
    )
    offset: int = Field(0, ge=0, le=1_000_000, description=_("How many clauses to pass over."))
    limit: int = Field(100, ge=1, le=MOST_CLAUSES, description=_("How many clauses to return at most."))


class DayAsked(Schema):
    """The day a caller asks about."""

    on: date | None = Field(None, description=_("A day; the answer then says what was in force on it."))


@router.get(
    "/packs",
    response=shapes.PackList,
    operation_id="list_packs",
    summary=_("List the policies"),
    openapi_extra=described(_("Every policy, in a stable order.")),
)
def list_packs(request: HttpRequest) -> Json:
    """List the policies."""
    return {
        "total": len(packs()),
        "packs": [_summary(pack) for pack in packs().values()],
    }


@router.get(
    "/packs/{name}",
    response=shapes.PackDetail,
    operation_id="read_pack",
    summary=_("Read a policy"),
    openapi_extra=described(_("The policy with its documents, rules and discrepancies."), NOT_FOUND),
)
def read_pack(request: HttpRequest, name: PackName) -> Json:
    """Read a policy."""
    pack = _pack(name)
    return _summary(pack) | {
        "sources": [asdict(source) for source in pack.sources],
        "sections": [asdict(section) for section, _clauses in by_section(pack.clauses.values())],
        "rules": _applied(pack, "rule"),
        "limits": _applied(pack, "limit"),
        "conditions": _applied(pack, "condition"),
        "discrepancies": [asdict(discrepancy) for discrepancy in pack.discrepancies],
    }


@router.get(
    "/packs/{name}/clauses",
    response=shapes.ClauseList,
    operation_id="list_clauses",
    summary=_("Find clauses of a policy"),
    openapi_extra=described(
        _("The clauses asked for, in the order of the document."),
        NOT_FOUND,
        INVALID_PARAMETER,
    ),
)
def list_clauses(request: HttpRequest, name: PackName, asked: Query[ClausesAsked]) -> Json:
    """Find clauses by words, section or name."""
    found = clauses_wanted(_pack(name), Wanted(words=asked.q, name=asked.name, section=asked.section))
    shown = found[asked.offset : asked.offset + asked.limit]
    return {
        "total": len(found),
        "offset": asked.offset,
        "limit": asked.limit,
        "clauses": [asdict(clause) for clause in shown],
    }


@router.get(
    "/packs/{name}/clauses/{path:clause}",
    response=shapes.ClauseDetail,
    operation_id="read_clause",
    summary=_("Read a clause"),
    openapi_extra=described(_("The clause, its own words, and what cites it."), NOT_FOUND),
)
def read_clause(request: HttpRequest, name: PackName, clause: ClauseId) -> Json:
    """Read a clause; its identifier may hold parentheses, dots, spaces and slashes."""
    pack = _pack(name)
    found = _clause(pack, clause)
    return asdict(found) | {
        "language": pack.language,
        "cited_by": [asdict(citation) for citation in citations(pack).get(clause, ())],
        "discrepancies": [asdict(discrepancy) for discrepancy in discrepancies_of(pack, clause)],
    }


@router.get(
    "/packs/{name}/parameters",
    response=shapes.ParameterList,
    by_alias=True,
    operation_id="list_parameters",
    summary=_("List the values of a policy"),
    openapi_extra=described(_("Every value of the policy through time."), NOT_FOUND),
)
def list_parameters(request: HttpRequest, name: PackName) -> Json:
    """List the values of a policy through time."""
    parameters = _pack(name).parameters.values()
    return {
        "total": len(parameters),
        "parameters": [_parameter(parameter) for parameter in parameters],
    }


@router.get(
    "/packs/{name}/parameters/{parameter}",
    response=shapes.ParameterDetail,
    by_alias=True,
    operation_id="read_parameter",
    summary=_("Read a value of a policy"),
    openapi_extra=described(
        _("The value through time, and on the day asked about."),
        NOT_FOUND,
        NOT_IN_FORCE,
        INVALID_PARAMETER,
    ),
)
def read_parameter(
    request: HttpRequest, name: PackName, parameter: ParameterName, asked: Query[DayAsked]
) -> Json:
    """Read a value through time, or as in force on a day."""
    found = _parameter_named(_pack(name), parameter)
    in_force = None if asked.on is None else _span(_in_force(found, asked.on))
    return _parameter(found) | {"on": asked.on, "in_force": in_force}


def _pack(name: str) -> Pack:
    if name not in packs():
        raise Problem(NOT_FOUND, gettext("There is no policy %(name)s.") % {"name": name})
    return packs()[name]


def _clause(pack: Pack, clause: str) -> Clause:
    if clause not in pack.clauses:
        detail = gettext("The policy %(pack)s has no clause %(clause)s.")
        raise Problem(NOT_FOUND, detail % {"pack": pack.name, "clause": clause})
    return pack.clauses[clause]


def _parameter_named(pack: Pack, name: str) -> Parameter:
    if name not in pack.parameters:
        detail = gettext("The policy %(pack)s has no value %(name)s.")
        raise Problem(NOT_FOUND, detail % {"pack": pack.name, "name": name})
    return pack.parameters[name]


def _in_force(parameter: Parameter, day: date) -> Span:
    for span in reversed(spans(parameter)):
        if span.start <= day:
            return span
    detail = gettext("%(name)s is in force from %(first)s; there is no earlier value.")
    first = parameter.history[0][0].isoformat()
    raise Problem(NOT_IN_FORCE, detail % {"name": parameter.name, "first": first})


def _summary(pack: Pack) -> Json:
    return {
        "name": pack.name,
        "title": asdict(pack.title),
        "institution": asdict(pack.institution),
        "purpose": asdict(pack.purpose),
        "language": pack.language,
        "versions": list(pack.versions),
        "counts": {part: len(getattr(pack, part)) for part in shapes.Counts.model_fields},
    }


def _applied(pack: Pack, sort: Sort) -> list[Json]:
    listed = (each for each in applied(pack) if each.sort == sort)
    return [
        {"name": each.name, "label": asdict(each.label), "clauses": list(each.clauses)} for each in listed
    ]


def _parameter(parameter: Parameter) -> Json:
    return {
        "name": parameter.name,
        "label": asdict(parameter.label),
        "unit": parameter.unit,
        "note": asdict(parameter.note) if parameter.note else None,
        "last_checked": parameter.last_checked,
        "history": _spans(spans(parameter)),
    }


def _spans(listed: Iterable[Span]) -> list[Json]:
    return [_span(span) for span in listed]


def _span(span: Span) -> Json:
    rows = [{"when": dict(row.when), "value": row.value, "clauses": row.clauses} for row in span.rows]
    return {"start": span.start, "end": span.end, "rows": rows}
