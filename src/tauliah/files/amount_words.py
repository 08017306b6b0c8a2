"""Amounts of ringgit in words, as receipts write them: Ringgit Malaysia seratus enam puluh sahaja."""

from decimal import Decimal

MOST = Decimal(1_000_000_000_000)
ONES = {
    "ms": ("kosong", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "lapan", "sembilan"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
GROUPS = {"ms": ("", "ribu", "juta", "bilion"), "en": ("", "thousand", "million", "billion")}


def amount_in_words(amount: Decimal, language: str) -> str:
    """The amount as a receipt writes it; raises `ValueError` where it is not in whole sen or too large."""
    sen = amount * 100
    if sen != int(sen) or not 0 <= amount < MOST:
        raise ValueError(f"{amount} is no amount in whole sen")
    ringgit, rest = divmod(int(sen), 100)
    parts = [f"Ringgit Malaysia {number_in_words(ringgit, language)}"]
    if rest:
        parts.append(f"{'dan sen' if language == 'ms' else 'and sen'} {number_in_words(rest, language)}")
    parts.append("sahaja" if language == "ms" else "only")
    return " ".join(parts)


def number_in_words(number: int, language: str) -> str:
    """A whole number from 0 in words, in Malay (`ms`) or English (`en`)."""
    if number == 0:
        return ONES[language][0]
    words: list[str] = []
    for place, name in reversed(list(enumerate(GROUPS[language]))):
        group = number // 1000**place % 1000
        if group == 1 and place == 1 and language == "ms":
            words.append("seribu")
        elif group:
            words += [*_hundreds(group, language), name]
    return " ".join(filter(None, words))


def _hundreds(number: int, language: str) -> list[str]:
    """A number from 1 to 999."""
    hundreds, rest = divmod(number, 100)
    words: list[str] = []
    if hundreds == 1 and language == "ms":
        words.append("seratus")
    elif hundreds:
        words += [ONES[language][hundreds], "ratus" if language == "ms" else "hundred"]
    return words + (_malay(rest) if language == "ms" else _english(rest, after=bool(hundreds)))


def _malay(number: int) -> list[str]:
    ones = ONES["ms"]
    if number in (10, 11):
        return ["sepuluh" if number == 10 else "sebelas"]
    if number < 20:
        return [ones[number]] if 0 < number < 10 else [ones[number % 10], "belas"] if number else []
    tens, rest = divmod(number, 10)
    return [ones[tens], "puluh", *([ones[rest]] if rest else [])]


def _english(number: int, *, after: bool) -> list[str]:
    if not number:
        return []
    joint = ["and"] if after else []
    if number < 20:
        return [*joint, ONES["en"][number] if number < 10 else TEENS[number - 10]]
    tens, rest = divmod(number, 10)
    return [*joint, f"{TENS[tens]}-{ONES['en'][rest]}" if rest else TENS[tens]]
