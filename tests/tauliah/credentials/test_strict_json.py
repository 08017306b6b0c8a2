"""One way to read JSON: what two readers could take differently is refused."""

from pathlib import Path

import pytest

from tauliah.credentials import jcs, strict_json
from tauliah.credentials.refusal import Reason, Refused

RFC_8785 = Path(__file__).resolve().parents[2] / "vectors" / "rfc8785"


def refusal(text, **limits):
    with pytest.raises(Refused) as caught:
        strict_json.read(text, **limits)
    return caught.value


def test_plain_json_is_read():
    assert strict_json.read_object('{"a": [1, 2.5, true, null, "teks 📜"]}') == {
        "a": [1, 2.5, True, None, "teks 📜"]
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"grade": "F", "grade": "A"}', Reason.DUPLICATE_KEY),
        ('{"a": {"b": 1, "b": 1}}', Reason.DUPLICATE_KEY),
        ('{"a": NaN}', Reason.NOT_A_NUMBER),
        ('{"a": -Infinity}', Reason.NOT_A_NUMBER),
        ('{"a": 1e400}', Reason.NUMBER_OUT_OF_RANGE),
        ('{"a": 9007199254740993}', Reason.NUMBER_OUT_OF_RANGE),
        ('{"a": ' + "9" * 5000 + "}", Reason.NUMBER_OUT_OF_RANGE),
        ('{"a": "\\ud800"}', Reason.LONE_SURROGATE),
        ('{"\\udc00": 1}', Reason.LONE_SURROGATE),
        ("[" * 1000 + "]" * 1000, Reason.TOO_DEEP),
        ("[" * 100_000, Reason.TOO_DEEP),
        ('{"a": ' * 70 + "1" + "}" * 70, Reason.TOO_DEEP),
        ('"' + "a" * 600_000 + '"', Reason.TOO_LONG_STRING),
        ("[" + "1," * 60_000 + "1]", Reason.TOO_MANY_VALUES),
        ('"' + "a" * 1_000_000 + '"', Reason.TOO_LARGE),
        ("{'a': 1}", Reason.NOT_JSON),
        ('{"a": 1} {"a": 2}', Reason.NOT_JSON),
        (b'{"a": "\xff"}', Reason.NOT_JSON),
        (b"\xef\xbb\xbf{}", Reason.NOT_JSON),
        ("", Reason.NOT_JSON),
    ],
)
def test_item_18_what_can_be_read_in_two_ways_is_refused(text, reason):
    assert refusal(text).reason == reason


def test_a_document_that_is_no_object_is_refused():
    with pytest.raises(Refused) as caught:
        strict_json.read_object("[]")

    assert caught.value.reason == Reason.NOT_AN_OBJECT


def test_a_value_that_is_no_json_is_refused():
    for value in ({1: "a"}, {"a": {1, 2}}, float("nan")):
        with pytest.raises(Refused):
            strict_json.check(value)


def test_the_largest_integer_that_all_software_reads_alike_is_read():
    assert strict_json.read("-9007199254740991") == -(2**53) + 1


@pytest.mark.parametrize("text", ["a\u202eb", "\u2066x\u2069", "a\x00b", "a\nb", "a\u2028b", "\u200ename"])
def test_item_18_names_that_disguise_themselves_are_told(text):
    assert strict_json.has_disguising_characters(text)


@pytest.mark.parametrize(
    "text", ["Nur Aisyah binti Ismail", "Lim Kok Wing 林国荣", "கவிதா a/p முத்து", "O’Neill–D'Souza"]
)
def test_names_of_all_scripts_are_plain(text):
    assert not strict_json.has_disguising_characters(text)


def test_every_reason_has_words_in_both_languages():
    for reason in Reason:
        words = reason.text.fill(found="x")
        assert words.ms
        assert words.en
        assert words.ms != words.en


def test_a_refusal_shows_what_was_found_on_one_short_line():
    shown = Refused(Reason.UNDEFINED_TERM, found="a\nb\u202e" + "x" * 500).found

    assert "\n" not in shown
    assert "\u202e" not in shown
    assert len(shown) == 80


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_item_18_the_vectors_of_rfc_8785_are_reproduced_byte_for_byte(name):
    written = jcs.canonicalise(strict_json.read((RFC_8785 / "input" / f"{name}.json").read_bytes()))

    assert written == (RFC_8785 / "output" / f"{name}.json").read_bytes()
    assert written == bytes.fromhex((RFC_8785 / "outhex" / f"{name}.txt").read_text(encoding="utf-8"))


def test_rfc_8785_sorts_by_utf_16_and_writes_numbers_as_ecmascript():
    value = {"\ufb33": 1e-27, "\U0001f602": 2e-3, "\u20ac": 1e30, "\r": 4.5}

    assert jcs.canonicalise(value).decode() == '{"\\r":4.5,"\u20ac":1e+30,"\U0001f602":0.002,"\ufb33":1e-27}'


def test_jcs_refuses_what_json_does_not_have():
    with pytest.raises(Refused) as caught:
        jcs.canonicalise({"a": float("inf")})

    assert caught.value.reason == Reason.NOT_A_NUMBER
