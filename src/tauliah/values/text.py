"""A text in Malay and English; the two always travel together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["ms", "en"]
LANGUAGES: tuple[Language, ...] = ("ms", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Malay (`ms`) and English (`en`)."""

    ms: str
    en: str

    def in_language(self, language: str) -> str:
        """The words in `language`; Malay for any language other than English."""
        return self.en if language == "en" else self.ms

    def fill(self, **values: "Text | str") -> "Text":
        """Both texts with `{name}` replaced; a `Text` value is put in by language."""
        ms = {k: v.ms if isinstance(v, Text) else v for k, v in values.items()}
        en = {k: v.en if isinstance(v, Text) else v for k, v in values.items()}
        return Text(self.ms.format_map(ms), self.en.format_map(en))

    def as_dict(self) -> dict[str, str]:
        """`{"ms": …, "en": …}`, as results carry it."""
        return {"ms": self.ms, "en": self.en}

    @classmethod
    def of(cls, data: Mapping[str, str]) -> "Text":
        """The text of a `{ms, en}` mapping; raises `KeyError` where a language is missing."""
        return cls(str(data["ms"]), str(data["en"]))


def same(words: str) -> Text:
    """A text whose words are the same in both languages (a name, a number)."""
    return Text(words, words)


def joined(texts: Iterable[Text], between: str) -> Text:
    """The texts one after the other, in each language."""
    listed = list(texts)
    return Text(between.join(t.ms for t in listed), between.join(t.en for t in listed))
