"""Why a request of the VC-API is refused, as the standard's problem details and in words."""

from collections.abc import Iterable

from tauliah.credentials.refusal import Refused
from tauliah.credentials.strict_json import Json
from tauliah.values.case import Problem as CoreProblem
from tauliah.values.text import Text

MALFORMED = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"


class BadRequest(Exception):
    """The request cannot be done as it is; each finding is a place in the body and its remedy."""

    def __init__(self, findings: Iterable[tuple[str, Text]]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{where}: {text.en}" for where, text in self.findings))


def refused(error: Refused, under: str = "") -> BadRequest:
    """Return what the core refused, with its place in the body."""
    return BadRequest([(".".join(part for part in (under, error.where) if part), error.message)])


def misformed(problems: Iterable[CoreProblem], under: str) -> BadRequest:
    """Return what is wrong with a document's form."""
    return BadRequest((f"{under}.{problem.where}".rstrip("."), problem.message) for problem in problems)


def one(where: str, ms: str, en: str) -> BadRequest:
    """Return a single finding."""
    return BadRequest([(where, Text(ms, en))])


def details(findings: Iterable[tuple[str, Text]]) -> list[Json]:
    """Write findings as the VC-API's problem details."""
    return [
        {"type": MALFORMED, "title": "Malformed value", "detail": text.en, "where": where}
        for where, text in findings
    ]


def object_in(body: Json, name: str) -> Json:
    """Return an object of the body; raises ``BadRequest`` where it is missing or no object."""
    value = body.get(name)
    if not isinstance(value, dict):
        raise one(name, f"Berikan objek JSON dalam {name}.", f"Give a JSON object in {name}.")
    return value
