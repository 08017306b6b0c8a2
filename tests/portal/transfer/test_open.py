"""A case brought as a file or as text fills the form, or is refused in words."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.portal.transfer.test_check import chosen, value_of

from portal.transfer.example import FILE

OPEN = "/transfer/check/open/"
EXAMPLE = FILE.read_text(encoding="utf-8")


def test_a_pasted_case_is_checked(malay: Client) -> None:
    page = malay.post(OPEN, {"text": EXAMPLE}).content.decode()

    assert "9 daripada 18 kredit diterima" in page
    assert value_of(page, "claims[3].sources[0].title") == "Hidraulik"
    assert chosen(page, "claims[3].sources[0].grade") == "C"


@pytest.mark.parametrize("name", ["kes.yaml", "kes.json"])
def test_a_case_in_a_file_is_checked(malay: Client, name: str) -> None:
    case = {
        "kind": "transfer", "policy": "uthm", "applied_on": "2026-10-05",
        "programme": {"institution": "UTHM", "level": "bachelor", "graduating_credits": 120},
        "claims": [{"target": {"code": "X", "credits": 3}, "basis": "mooc", "sources": [{"platform": "edx"}]}],
    }  # fmt: skip
    text = json.dumps(case)
    response = malay.post(OPEN, {"file": SimpleUploadedFile(name, b"\xef\xbb\xbf" + text.encode())})

    assert response.status_code == 200
    assert "Perlu bukti" in response.content.decode()


def test_mistakes_in_it_are_named_and_the_rest_fills_the_form(malay: Client) -> None:
    response = malay.post(OPEN, {"text": EXAMPLE.replace("grade: C,", "grade: Z,")})
    page = response.content.decode()

    assert response.status_code == 422
    assert 'href="#claims-3-sources-0-grade"' in page
    assert value_of(page, "claims[3].sources[0].title") == "Hidraulik"


def test_a_case_longer_than_a_page_says_so(malay: Client) -> None:
    claim = "\n  - {target: {code: K, credits: 1}, basis: apel_c, sources: [{credits: 1}]}"
    response = malay.post(OPEN, {"text": EXAMPLE.rstrip() + claim * 70})

    assert response.status_code == 422
    assert "Ada 76 baris; halaman ini memuatkan paling banyak 60." in response.content.decode()


REFUSED = {
    "": "Pilih fail atau tampal teks kes.",
    "   ": "Pilih fail atau tampal teks kes.",
    "a: [1": "YAML tidak sah",
    "kind: fees": "pindah kredit (kind: transfer) sahaja",
    "[1, 2]": "pindah kredit (kind: transfer) sahaja",
    "teks sahaja": "pindah kredit (kind: transfer) sahaja",
    "&a [*a]": "sauh",
    "a: !!python/object/apply:os.system [ls]": "tag",
    "x: " + "[" * 500: "",
    "kind: transfer": "",
    "kind: transfer\nclaims: 5": "",
    "kind: transfer\npolicy: {a: b}\nprogramme: [1]\nprior_studies: {}": "",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_case_is_refused_in_words_and_comes_back(malay: Client, text: str) -> None:
    response = malay.post(OPEN, {"text": text})

    assert response.status_code == 422
    assert REFUSED[text] in response.content.decode()
    assert 'class="mistakes"' in response.content.decode()


def test_what_was_pasted_is_not_lost(malay: Client) -> None:
    assert "a: [1 &lt;b&gt;" in malay.post(OPEN, {"text": "a: [1 <b>"}).content.decode()


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00\x01", b"\x89PNG\r\n\x1a\n\x00", b"PK\x03\x04\x00", b"\x00"]
)
def test_a_file_that_is_no_text_is_refused(malay: Client, content: bytes) -> None:
    response = malay.post(OPEN, {"file": SimpleUploadedFile("kes.yaml", content)})

    assert response.status_code == 422


def test_a_file_too_large_is_refused(malay: Client) -> None:
    response = malay.post(OPEN, {"file": SimpleUploadedFile("kes.yaml", b"# " + b"x" * 500_000)})

    assert response.status_code == 422
    assert "Fail terlalu besar" in response.content.decode()


def test_lone_surrogates_do_no_harm(malay: Client) -> None:
    text = EXAMPLE.replace("Statik", r'"\ud800 Statik"')

    assert malay.post(OPEN, {"text": text}).status_code in {200, 422}


def test_it_refuses_get(malay: Client) -> None:
    assert malay.get(OPEN).status_code == 405
