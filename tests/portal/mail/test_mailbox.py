"""The development mailbox shows what would have been sent, shut in, and does not exist in production."""

import re
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

LINK = "http://127.0.0.1:8000/accounts/confirm/abc/"


@pytest.fixture(autouse=True)
def folder(settings: pytest.FixtureRequest, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "portal.mail.folder.EmailBackend"
    settings.TAULIAH_MAIL_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def name(folder: Path) -> str:
    """The name of a message in two forms with a file."""
    message = EmailMultiAlternatives(
        "Keputusan <permohonan>", f"Sila buka {LINK} & sahkan.", to=["Aminah <aminah@example.my>"]
    )
    message.attach_alternative(f'<p style="color:red">Sila <a href="{LINK}">sahkan</a></p>', "text/html")
    message.attach("surat.pdf", b"%PDF-1.7", "application/pdf")
    message.send()
    return next(folder.glob("*.eml")).stem


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_box_says_so(malay: Client, english: Client) -> None:
    assert "Belum ada mesej." in page(malay, "/mail/")
    assert "No message yet." in page(english, "/mail/")


def test_it_is_labelled_as_what_it_is(malay: Client, english: Client, name: str) -> None:
    for address in ("/mail/", f"/mail/{name}/"):
        assert "Peti mel pembangunan" in page(malay, address)
        assert "Nothing here was sent" in page(english, address)


def test_it_lists_messages_and_leads_to_them(english: Client, name: str) -> None:
    shown = page(english, "/mail/")

    assert f'href="/mail/{name}/"' in shown
    assert "Keputusan &lt;permohonan&gt;" in shown
    assert "to Aminah &lt;aminah@example.my&gt;" in shown


@pytest.mark.parametrize(("words", "count"), [("AMINAH", 1), ("permohonan", 1), ("bakar", 0)])
def test_it_finds_by_person_and_subject(english: Client, name: str, words: str, count: int) -> None:
    assert page(english, f"/mail/?q={words}").count(f'href="/mail/{name}/"') == count


def test_a_message_shows_its_words_with_links_and_its_files(english: Client, name: str) -> None:
    shown = page(english, f"/mail/{name}/")

    assert f'<a href="{LINK}" rel="nofollow">{LINK}</a> &amp; sahkan.' in shown
    assert f'src="/mail/{name}/html/"' in shown
    assert "surat.pdf" in shown


def test_a_file_is_saved_and_never_opened_in_the_portals_name(english: Client, name: str) -> None:
    response = english.get(f"/mail/{name}/parts/1/")

    assert response.content == b"%PDF-1.7"
    assert response.headers["Content-Disposition"] == 'attachment; filename="surat.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_html_runs_nothing_and_fetches_nothing(english: Client, name: str) -> None:
    response = english.get(f"/mail/{name}/html/")
    policy = response.headers["Content-Security-Policy"]

    assert LINK in response.content.decode()
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert not re.search(r"allow-(scripts|same-origin|forms)|script-src", policy)
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_only_the_page_of_a_message_may_hold_a_frame(english: Client, name: str) -> None:
    assert "frame-src 'self'" in english.get(f"/mail/{name}/").headers["Content-Security-Policy"]
    assert "frame-src" not in english.get("/mail/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["/mail/nothing/", "/mail/../settings/", "/mail/{name}/parts/2/", "/mail/{name}/parts/0/"]
)
def test_what_is_not_there_is_not_found(english: Client, name: str, address: str) -> None:
    assert english.get(address.format(name=name)).status_code == 404


@pytest.mark.parametrize(
    "address", ["/mail/", "/mail/{name}/", "/mail/{name}/html/", "/mail/{name}/parts/1/"]
)
def test_it_is_only_for_reading(english: Client, name: str, address: str) -> None:
    assert english.post(address.format(name=name)).status_code == 405


@pytest.mark.parametrize(
    "address", ["/mail/", "/mail/{name}/", "/mail/{name}/html/", "/mail/{name}/parts/1/"]
)
@pytest.mark.parametrize("why", ["production", "a mail server"])
def test_it_does_not_exist_where_mail_is_real(
    english: Client, settings: pytest.FixtureRequest, name: str, address: str, why: str
) -> None:
    if why == "production":
        settings.PRODUCTION = True
    else:
        settings.TAULIAH_MAIL_FOLDER = None

    assert english.get(address.format(name=name)).status_code == 404
