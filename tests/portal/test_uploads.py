"""Uploads that are too large are refused while they arrive, with a page that says why."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


@pytest.fixture(autouse=True)
def small(settings: pytest.FixtureRequest) -> None:
    settings.TAULIAH_EVIDENCE_MOST_BYTES, settings.DATA_UPLOAD_MAX_NUMBER_FILES = 100, 2


def sent(client: Client, *sizes: int) -> tuple[int, str]:
    files = {f"file{number}": SimpleUploadedFile("a.pdf", b"x" * size) for number, size in enumerate(sizes)}
    response = client.post("/choose/", {"language": "en", "next": "/", **files})
    return response.status_code, response.content.decode()


def test_as_much_as_is_allowed_is_taken(english: Client) -> None:
    assert sent(english, 120, 80)[0] == 302


@pytest.mark.parametrize("sizes", [(120, 81), (201,), (1, 1, 1)])
def test_more_is_refused_in_both_languages(clients: dict[str, Client], sizes: tuple[int, ...]) -> None:
    told = {"ms": "Kandungan yang dihantar terlalu besar.", "en": "What was sent is too large."}
    for language, client in clients.items():
        status, page = sent(client, *sizes)

        assert status == 400
        assert told[language] in page
