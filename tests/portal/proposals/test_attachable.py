"""Files of a proposal are told by their content: workbooks and texts of an office too, without macros."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.portal import cast
from tests.portal.applications.test_evidence_content import pdf
from tests.portal.proposals import made
from xlsxwriter import Workbook

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.proposals import attachable
from portal.proposals.attachable import media_type_of

TYPES = "[Content_Types].xml"


def workbook() -> bytes:
    """A workbook as a program writes it."""
    into = io.BytesIO()
    with Workbook(into) as book:
        book.add_worksheet("Jadual 4").write(0, 0, "Unit 1")
    return into.getvalue()


def archive(*names: str) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made_of:
        for name in names:
            made_of.writestr(name, "<x/>" * 20)
    return into.getvalue()


def test_workbooks_texts_and_what_was_kept_before_are_told_apart() -> None:
    suffixes = [
        attachable.SUFFIXES[media_type_of(data)]
        for data in (workbook(), archive(TYPES, "word/document.xml"), pdf())
    ]

    assert suffixes == [".xlsx", ".docx", ".pdf"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (archive("gambar.png"), "Ini fail ZIP"),
        (archive("xl/workbook.xml"), "Ini fail ZIP"),
        (archive(TYPES, "xl/workbook.xml", "xl/vbaProject.bin"), "makro"),
        (archive(TYPES, "word/document.xml")[:-30], "rosak"),
        (archive(TYPES, "word/document.xml").replace(b"<x/><x/>", b"<y/><z/>"), "rosak"),
        (b"PK\x03\x04", "rosak"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "Office lama"),
        (b"MZ program", "Ini fail program"),
    ],
)
def test_what_is_not_kept_says_what_to_do(data: bytes, told: str) -> None:
    with pytest.raises(Refused, match=told) as refused:
        media_type_of(data)

    assert refused.value.field == "files"


def test_a_document_that_unfolds_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachable, "MOST_UNFOLDED", 100)

    with pytest.raises(Refused, match="terlalu besar"):
        media_type_of(workbook())


@pytest.mark.django_db
def test_a_market_survey_is_attached_as_a_workbook_and_sent_as_one(laila: Appointment) -> None:
    proposal, client = made.draft(laila), cast.client_of(laila)
    given = {"kind": "market_survey", "own_work": "yes", "files": SimpleUploadedFile("data", workbook())}

    client.post(reverse("proposals:files", args=[proposal.pk]), given)

    kept = proposal.attachments.get()
    sent: Any = client.get(reverse("proposals:attachment", args=[proposal.pk, kept.pk]))
    assert kept.name == "data.xlsx"
    assert sent.headers["Content-Disposition"] == 'attachment; filename="data.xlsx"'
    assert zipfile.is_zipfile(io.BytesIO(b"".join(sent.streaming_content)))
