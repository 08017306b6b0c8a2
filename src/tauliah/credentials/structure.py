"""Whether a document has the form of a credential or presentation: the W3C data model 2.0, and 1.1.

Only the form: whether its terms are defined is found where it is canonicalised.
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from tauliah.credentials.contexts import CREDENTIALS_V1, CREDENTIALS_V2
from tauliah.credentials.iri import is_absolute
from tauliah.credentials.refusal import Refused
from tauliah.credentials.strict_json import Json, has_disguising_characters
from tauliah.credentials.timestamp import parse
from tauliah.values.case import REQUIRED, Problem
from tauliah.values.text import Text

_TERM = re.compile(r"[^\s:/<>\"{}|^`\\]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_VALUE_KEYS = frozenset({"@value", "@language", "@direction"})
_NAMED = frozenset(
    {
        "name",
        "givenName",
        "familyName",
        "additionalName",
        "targetName",
        "identityHash",
        "official",
        "licenseNumber",
    }
)
"""Keys whose value a person reads as a name: characters that disguise it are refused there."""
Found = Iterator[Problem]


def structure_problems(document: Any) -> list[Problem]:
    """Everything in a credential that the data model does not allow; its proof need not be there yet."""
    return list(_credential(document)) if isinstance(document, dict) else [_not_a_map("")]


def presentation_problems(document: Any) -> list[Problem]:
    """Everything in a presentation that the data model does not allow, its credentials' form included."""
    return list(_presentation(document)) if isinstance(document, dict) else [_not_a_map("")]


def many(value: Any) -> list[Any]:
    """A property's values: a list as it is, a single value as a list of one, nothing as none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def place(where: str, document: Json, i: int) -> str:
    """The place of the i-th value of a property that may hold one or several."""
    return f"{where}[{i}]" if isinstance(document.get(where), list) else where


def _credential(document: Json) -> Found:
    yield from _contexts(document, (CREDENTIALS_V2, CREDENTIALS_V1))
    yield from _types(document, "", "VerifiableCredential")
    yield from _identifier(document, "")
    yield from _issuer(document)
    yield from _subjects(document)
    yield from _dates(document)
    yield from _words(document, "")
    yield from _several(document, "credentialStatus", _typed)
    yield from _several(document, "credentialSchema", _schema)
    for key in ("evidence", "termsOfUse", "refreshService"):
        yield from _several(document, key, _typed)
    yield from _several(document, "proof", _typed)
    yield from _related(document)
    if _hides(document):
        yield from _disguised(document, "")


def _presentation(document: Json) -> Found:
    yield from _contexts(document, (CREDENTIALS_V2, CREDENTIALS_V1))
    yield from _types(document, "", "VerifiablePresentation")
    yield from _identifier(document, "")
    if "holder" in document:
        yield from _party(document["holder"], "holder")
    yield from _several(document, "proof", _typed)
    for i, credential in enumerate(many(document.get("verifiableCredential"))):
        yield from _presented(credential, place("verifiableCredential", document, i))


def _presented(credential: Any, where: str) -> Found:
    if not isinstance(credential, dict):
        yield _not_a_map(where)
    elif "EnvelopedVerifiableCredential" in many(credential.get("type")):
        if not str(credential.get("id", "")).startswith("data:"):
            yield _problem(f"{where}.id", "Hendaklah URL data:.", "Must be a data: URL.")
    else:
        for problem in _credential(credential):
            yield Problem(f"{where}.{problem.where}", problem.message)


def _contexts(document: Json, first: Collection[str]) -> Found:
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not contexts:
        yield (
            _problem("@context", "Hendaklah senarai konteks.", "Must be a list of contexts.")
            if contexts
            else Problem("@context", REQUIRED)
        )
        return
    if contexts[0] not in first:
        yield _problem(
            "@context[0]",
            f"Konteks pertama hendaklah {CREDENTIALS_V2}.",
            f"The first context must be {CREDENTIALS_V2}.",
        )
    seen: set[str] = set()
    for i, context in enumerate(contexts):
        if isinstance(context, dict):
            continue
        if not isinstance(context, str) or not is_absolute(context):
            yield _address(f"@context[{i}]")
        elif context in seen:
            yield _problem(f"@context[{i}]", "Konteks ini berulang.", "This context stands twice.")
        seen.add(str(context))


def _types(document: Json, where: str, required: str | None = None) -> Found:
    here = f"{where}.type" if where else "type"
    types = many(document.get("type"))
    if not types:
        yield Problem(here, REQUIRED)
        return
    for kind in types:
        if not isinstance(kind, str) or not (_TERM.fullmatch(kind) or is_absolute(kind)):
            yield _problem(here, "Jenis hendaklah istilah atau URL.", "A type must be a term or a URL.")
    if required and required not in types:
        yield _problem(here, f"Hendaklah merangkumi {required}.", f"Must include {required}.")


def _identifier(document: Json, where: str) -> Found:
    if "id" in document and not _is_url(document["id"]):
        yield _address(f"{where}.id" if where else "id")


def _issuer(document: Json) -> Found:
    if document.get("issuer") is None:
        yield Problem("issuer", REQUIRED)
    else:
        yield from _party(document["issuer"], "issuer")


def _party(party: Any, where: str) -> Found:
    """An issuer or holder: a URL, or an object whose `id` is one."""
    if isinstance(party, dict):
        if not _is_url(party.get("id")):
            yield _address(f"{where}.id")
        yield from _words(party, where)
    elif not _is_url(party):
        yield _address(where)


def _subjects(document: Json) -> Found:
    subjects = many(document.get("credentialSubject"))
    if not subjects:
        yield Problem("credentialSubject", REQUIRED)
    for i, subject in enumerate(subjects):
        where = place("credentialSubject", document, i)
        if not isinstance(subject, dict):
            yield _not_a_map(where)
        elif not subject:
            yield _problem(where, "Tidak boleh kosong.", "Must not be empty.")
        else:
            yield from _identifier(subject, where)


def dates_of(document: Json) -> tuple[str, str]:
    """The names of the properties that hold the time of validity: those of version 1.1 or of 2.0."""
    contexts = document.get("@context")
    older = isinstance(contexts, list) and contexts[:1] == [CREDENTIALS_V1]
    return ("issuanceDate", "expirationDate") if older else ("validFrom", "validUntil")


def _dates(document: Json) -> Found:
    start, end = dates_of(document)
    if start == "issuanceDate" and start not in document:
        yield Problem(start, REQUIRED)
    moments = []
    for key in (start, end):
        if key in document:
            try:
                moments.append(parse(document[key], key))
            except Refused as refused:
                yield Problem(key, refused.message)
    if len(moments) == 2 and moments[1] < moments[0]:
        yield _problem(end, f"Tidak boleh sebelum {start}.", f"Must not be before {start}.")


def _words(document: Json, where: str) -> Found:
    """`name` and `description`: text, or text with its language, or a list of these."""
    for key in ("name", "description"):
        for value in many(document.get(key)):
            if not isinstance(value, str) and not _is_language_value(value):
                yield _problem(
                    f"{where}.{key}" if where else key,
                    "Hendaklah teks, atau objek dengan @value, @language dan @direction sahaja.",
                    "Must be text, or an object with @value, @language and @direction only.",
                )


def _is_language_value(value: Any) -> bool:
    if not isinstance(value, dict) or not value.keys() <= _VALUE_KEYS:
        return False
    language, direction = value.get("@language"), value.get("@direction")
    spoken = language is None or (isinstance(language, str) and bool(_LANGUAGE.fullmatch(language)))
    return isinstance(value.get("@value"), str) and spoken and direction in (None, "ltr", "rtl")


def _several(document: Json, key: str, check: Callable[[Json, str], Found]) -> Found:
    """Checks each of the objects under a key; an empty value under a key that is there is a mistake."""
    if key not in document:
        return
    values = many(document[key])
    if not values and key != "proof":
        yield _problem(key, "Tidak boleh kosong.", "Must not be empty.")
    for i, value in enumerate(values):
        where = place(key, document, i)
        if isinstance(value, dict):
            yield from check(value, where)
        else:
            yield _not_a_map(where)


def _typed(value: Json, where: str) -> Found:
    yield from _types(value, where)
    yield from _identifier(value, where)


def _schema(value: Json, where: str) -> Found:
    yield from _types(value, where)
    if not _is_url(value.get("id")):
        yield _address(f"{where}.id")


def _related(document: Json) -> Found:
    seen: set[str] = set()
    for i, resource in enumerate(many(document.get("relatedResource"))):
        where = place("relatedResource", document, i)
        if not isinstance(resource, dict):
            yield _not_a_map(where)
            continue
        address = resource.get("id")
        if not _is_url(address):
            yield _address(f"{where}.id")
        elif address in seen:
            yield _problem(f"{where}.id", "Sumber ini berulang.", "This resource stands twice.")
        seen.add(str(address))
        if not resource.get("digestSRI") and not resource.get("digestMultibase"):
            yield _problem(
                where, "Perlu digestSRI atau digestMultibase.", "Needs digestSRI or digestMultibase."
            )


def _hides(document: Json) -> bool:
    """Whether any text at all has such characters: most documents have none, and this is quick."""
    open_: list[Any] = [document]
    while open_:
        value = open_.pop()
        if isinstance(value, dict):
            open_ += value.values()
        elif isinstance(value, list):
            open_ += value
        elif isinstance(value, str) and not value.isprintable() and has_disguising_characters(value):
            return True
    return False


def _disguised(value: Any, where: str) -> Found:
    """Names with characters that hide something or turn the reading direction."""
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from _disguised(item, f"{where}[{i}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            here = f"{where}.{key}" if where else key
            words = item.get("@value") if isinstance(item, dict) else item
            if key in _NAMED and isinstance(words, str) and has_disguising_characters(words):
                yield _problem(
                    here,
                    "Nama ini mengandungi aksara yang menyembunyikan atau menterbalikkan bacaannya.",
                    "This name contains characters that hide or turn around how it reads.",
                )
            elif isinstance(item, dict | list):
                yield from _disguised(item, here)


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and is_absolute(value)


def _problem(where: str, ms: str, en: str) -> Problem:
    return Problem(where, Text(ms, en))


def _address(where: str) -> Problem:
    return _problem(where, "Hendaklah satu URL penuh.", "Must be a single whole URL.")


def _not_a_map(where: str) -> Problem:
    return _problem(where, "Hendaklah objek JSON.", "Must be a JSON object.")
