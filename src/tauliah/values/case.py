"""What is wrong with a case, and where: every problem names its field and the remedy."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tauliah.values.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a case: `where` in the contract's form (`claims[0].target.credits`)."""

    where: str
    message: Text


class InvalidCase(ValueError):
    """The case cannot be evaluated; `problems` tells each place and what to do about it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.where}: {p.message.en}" for p in self.problems))

    @property
    def where(self) -> str:
        """The place of the first problem."""
        return self.problems[0].where

    @property
    def message(self) -> Text:
        """The words of the first problem."""
        return self.problems[0].message


def invalid(where: str, ms: str, en: str) -> InvalidCase:
    """An error with a single problem."""
    return InvalidCase([Problem(where, Text(ms, en))])


def path(location: Iterable[str | int]) -> str:
    """A location as the contract writes it: `claims[0].sources[1].credits`."""
    text = ""
    for step in location:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


class FieldError(ValueError):
    """Raised by a field's own check, with words in both languages."""

    def __init__(self, ms: str, en: str) -> None:
        self.text = Text(ms, en)
        super().__init__(en)


REQUIRED = Text("Maklumat ini wajib diisi.", "This is required.")
_BY_TYPE: Mapping[str, Text] = {
    "missing": REQUIRED,
    "bool_type": Text("Hendaklah true, false atau null.", "Must be true, false or null."),
    "bool_parsing": Text("Hendaklah true, false atau null.", "Must be true, false or null."),
    "string_type": Text("Hendaklah teks.", "Must be text."),
    "string_too_short": Text("Tidak boleh kosong.", "Must not be empty."),
    "int_type": Text("Hendaklah nombor bulat.", "Must be a whole number."),
    "list_type": Text("Hendaklah senarai.", "Must be a list."),
    "tuple_type": Text("Hendaklah senarai.", "Must be a list."),
    "dict_type": Text("Hendaklah kumpulan medan (kunci: nilai).", "Must be a group of fields (key: value)."),
    "model_type": Text("Hendaklah kumpulan medan (kunci: nilai).", "Must be a group of fields (key: value)."),
    "model_attributes_type": Text(
        "Hendaklah kumpulan medan (kunci: nilai).", "Must be a group of fields (key: value)."
    ),
}


def _problem(error: Mapping[str, Any]) -> Problem:
    where, kind, context = path(error["loc"]), error["type"], error.get("ctx", {})
    if error["input"] is None and kind != "missing":
        return Problem(where, REQUIRED)
    if isinstance(context.get("error"), FieldError):
        return Problem(where, context["error"].text)
    match kind:
        case "too_short" if not error["input"]:
            return Problem(where, Text("Sekurang-kurangnya satu diperlukan.", "At least one is needed."))
        case "string_too_long" | "too_long":
            most = context["max_length"]
            return Problem(
                where, Text(f"Terlalu panjang; paling banyak {most}.", f"Too long; {most} at most.")
            )
        case "greater_than_equal":
            least = context["ge"]
            return Problem(where, Text(f"Sekurang-kurangnya {least}.", f"Must be {least} or more."))
        case "less_than_equal":
            most = context["le"]
            return Problem(where, Text(f"Paling banyak {most}.", f"Must be {most} or less."))
    known = _BY_TYPE.get(kind)
    return Problem(where, known or Text("Nilai ini tidak sah.", f"This value is not valid: {error['msg']}."))


M = TypeVar("M", bound=BaseModel)


def parse(model: type[M], document: Mapping[str, Any]) -> M:
    """The document as `model`; raises `InvalidCase` with every problem found."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise InvalidCase([_problem(detail) for detail in details]) from error


def word_error(value: object, words: Sequence[str]) -> FieldError:
    """The error for a value outside a vocabulary, with the nearest word as a hint."""
    listed = ", ".join(words)
    shown = str(value) if len(str(value)) <= 40 else f"{str(value)[:40]}…"
    near = get_close_matches(shown, words, n=1)
    hint_ms, hint_en = (f" Maksud anda {near[0]}?", f" Did you mean {near[0]}?") if near else ("", "")
    return FieldError(
        f"“{shown}” tidak dikenali; pilih satu daripada: {listed}.{hint_ms}",
        f"“{shown}” is not known; choose one of: {listed}.{hint_en}",
    )


MOST_NOTICES = 50


def unknown_keys(model: BaseModel) -> list[Problem]:
    """Keys of the case that the contract does not know: they are not read, and the person is told."""
    found = list(islice(_unknown_keys(model, ()), MOST_NOTICES + 1))
    if len(found) > MOST_NOTICES:
        text = Text("Ada lagi medan yang tidak dikenali.", "There are further fields that are not known.")
        found[-1] = Problem("", text)
    return found


def _unknown_keys(model: BaseModel, location: tuple[str | int, ...]) -> Iterator[Problem]:
    for key in model.model_extra or {}:
        near = get_close_matches(key, list(type(model).model_fields), n=1)
        hint_ms, hint_en = (f" Maksud anda {near[0]}?", f" Did you mean {near[0]}?") if near else ("", "")
        text = Text(
            f"Medan ini tidak dikenali dan tidak dibaca.{hint_ms}",
            f"This field is not known and was not read.{hint_en}",
        )
        yield Problem(path((*location, key)), text)
    for name in type(model).model_fields:
        value = getattr(model, name)
        for i, item in enumerate(value if isinstance(value, list | tuple) else [value]):
            if isinstance(item, BaseModel):
                step = (name, i) if isinstance(value, list | tuple) else (name,)
                yield from _unknown_keys(item, (*location, *step))
