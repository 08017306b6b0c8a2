"""A parameter's value, and the condition it stands under, in words."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from tauliah.values.text import Text, same
from tauliah.values.vocabulary import VOCABULARY

YES_NO = {True: Text("ya", "yes"), False: Text("tidak", "no")}
LENGTHS = {
    "months": (Text("{n} bulan", "{n} month"), Text("{n} bulan", "{n} months")),
    "semesters": (Text("{n} semester", "{n} semester"), Text("{n} semester", "{n} semesters")),
    "years": (Text("{n} tahun", "{n} year"), Text("{n} tahun", "{n} years")),
    "weeks": (Text("{n} minggu", "{n} week"), Text("{n} minggu", "{n} weeks")),
}
OR = Text("atau", "or")


def say(value: Any, unit: str) -> Text:
    """A value in words: 30 %, 1/3, six months, C+."""
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, Mapping):
        return joined([_length(name, number) for name, number in value.items()], same(", "))
    if unit == "fraction":
        share = Fraction(str(value)) * 100
        return same(f"{share.numerator} %" if share.denominator == 1 else str(share / 100))
    if unit in ("percent", "share"):
        return same(f"{value} %")
    return VOCABULARY.get(unit, {}).get(str(value)) or same(str(value))


def _length(name: str, number: Any) -> Text:
    one, many = LENGTHS.get(name, (same(f"{{n}} {name}"),) * 2)
    return (one if number == 1 else many).fill(n=same(str(number)))


def say_condition(label: Text, values: Iterable[Any], unit: str) -> Text:
    """A condition in words; yes is the label alone, no says so."""
    values = tuple(values)
    if unit == "bool":
        return label if values == (True,) else Text(f"bukan: {label.ms}", f"not: {label.en}")
    said = [say(value, unit) for value in values]
    either = joined(said[:-1], same(", "))
    last = said[-1] if len(said) == 1 else joined([either, OR, said[-1]], same(" "))
    return Text(f"{label.ms}: {last.ms}", f"{label.en}: {last.en}")


def joined(texts: Iterable[Text], between: Text) -> Text:
    """Texts one after the other, in both languages."""
    texts = list(texts)
    return Text(between.ms.join(t.ms for t in texts), between.en.join(t.en for t in texts))
