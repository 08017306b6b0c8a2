"""Documents: kept once, used often, served only to those who may see them, deleted only while unused."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404
from tests.portal import cast
from tests.portal.applications.applicant import claimed, diploma, draft, planned
from tests.portal.applications.test_evidence_content import archive, pdf, picture

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.evidence import discard, evidence_for, keep
from portal.applications.models import Application, Evidence, EvidenceRequest, EvidenceUse
from portal.records.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Files go to a folder of the test."""
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    return tmp_path


def upload(data: bytes, name: str = "transkrip.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def kept_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_a_random_name_and_told_of_in_the_register(
    aminah: Appointment, folder: Path
) -> None:
    kept, new = keep(aminah, upload(pdf()), "transcript")

    assert new
    assert (kept.media_type, kept.name) == ("application/pdf", "transkrip.pdf")
    assert [path.read_bytes() for path in kept_files(folder)] == [pdf()]
    assert "transkrip" not in kept.file.name
    assert (
        Entry.objects.get(subject_id=kept.pk, action="applications.upload_evidence").person == aminah.person
    )


def test_the_same_file_again_is_the_one_kept_before(aminah: Appointment, folder: Path) -> None:
    first, _new = keep(aminah, upload(pdf()), "transcript")
    second, new = keep(aminah, upload(pdf(), "salinan.pdf"), "syllabus")

    assert (second, new) == (first, False)
    assert len(kept_files(folder)) == 1


def test_the_same_file_of_two_people_is_kept_for_each(aminah: Appointment, zain: Appointment) -> None:
    keep(aminah, upload(pdf()), "transcript")
    keep(zain, upload(pdf()), "transcript")

    assert Evidence.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\aminah\\sijil.pdf", "sijil.pdf"),
        ("virus.exe", "virus.pdf"),
        ("nota\u202efdp.pdf", "notafdp.pdf"),
        ("n" * 300 + ".pdf", "n" * 120 + ".pdf"),
        (".pdf", "pdf.pdf"),
        ("SIJIL.PDF", "SIJIL.pdf"),
    ],
)
def test_a_name_is_only_a_name(aminah: Appointment, given: str, name: str) -> None:
    uploaded = upload(pdf())
    uploaded._name = given
    kept, _new = keep(aminah, uploaded, "transcript")

    assert kept.name == name


def test_a_refused_file_leaves_nothing_behind(aminah: Appointment, folder: Path) -> None:
    with pytest.raises(Refused):
        keep(aminah, upload(archive()), "transcript")

    assert kept_files(folder) == []
    assert not Evidence.objects.exists()


def test_a_record_that_fails_leaves_no_file_behind(
    aminah: Appointment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("register")

    monkeypatch.setattr("portal.applications.evidence.record", fails)
    with pytest.raises(RuntimeError):
        keep(aminah, upload(pdf()), "transcript")

    assert kept_files(folder) == []
    assert not Evidence.objects.exists()


def test_a_file_beyond_the_limit_is_refused_with_both_sizes(aminah: Appointment, settings: Any) -> None:
    settings.TAULIAH_EVIDENCE_MOST_BYTES = 1_000_000
    with pytest.raises(Refused, match="2"):
        keep(aminah, upload(pdf(padding=2_000_000)), "syllabus")


def test_a_syllabus_of_two_megabytes_goes_through_the_page(aminah: Appointment) -> None:
    data = pdf(padding=2_000_000)
    answer = cast.client_of(aminah).post(
        "/applications/files/upload/", {"kind": "syllabus", "files": upload(data, "sukatan.pdf")}
    )

    assert answer.status_code == 302
    assert Evidence.objects.get().size == len(data)


def test_several_files_at_once_are_told_of_one_by_one(aminah: Appointment) -> None:
    files = [upload(pdf()), upload(picture("JPEG"), "foto.jpg"), upload(b"MZ\x90", "sijil.pdf")]
    page = (
        cast.client_of(aminah, "en")
        .post("/applications/files/upload/", {"kind": "certificate", "files": files}, follow=True)
        .content.decode()
    )

    assert "transkrip.pdf was kept" in page
    assert "foto.jpg was kept" in page
    assert "sijil.pdf: This is a program" in page
    assert Evidence.objects.count() == 2


def test_no_file_is_said_to_be_none(aminah: Appointment) -> None:
    page = cast.client_of(aminah, "en").post("/applications/files/upload/", {"kind": "other"}, follow=True)

    assert "Choose at least one file" in page.content.decode()


# --- Who may open -----------------------------------------------------------------------------------


def used(acting: Appointment, state: str = "document_check") -> Evidence:
    """A transcript that an application uses."""
    (course,) = planned(acting, "BIT10303")
    claim = claimed(draft(acting), course, diploma(acting))
    kept, _new = keep(acting, upload(pdf()), "transcript")
    EvidenceUse.objects.create(application=claim.application, claim=claim, evidence=kept)
    if state != "draft":
        submitted = {"state": state, "submitted_at": claim.application.created_at}
        Application.objects.filter(pk=claim.application_id).update(**submitted)
    return kept


def test_a_file_leaves_as_an_attachment_that_nothing_runs(aminah: Appointment) -> None:
    kept = used(aminah)
    answer = cast.client_of(aminah).get(f"/applications/files/{kept.pk}/")

    assert b"".join(answer.streaming_content) == pdf()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="transkrip.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer.headers["Cache-Control"]


def test_staff_of_the_application_may_open_it(aminah: Appointment, bakar: Appointment) -> None:
    kept = used(aminah)

    answer = cast.client_of(bakar).get(f"/applications/files/{kept.pk}/")

    assert b"".join(answer.streaming_content) == pdf()


def test_nobody_sees_the_files_of_a_draft(aminah: Appointment, bakar: Appointment) -> None:
    kept = used(aminah, "draft")

    assert cast.client_of(bakar).get(f"/applications/files/{kept.pk}/").status_code == 404


def test_strangers_do_not_find_it(
    aminah: Appointment, zain: Appointment, devi: Appointment, wahid: Appointment
) -> None:
    kept = used(aminah)
    answers = [
        cast.client_of(who).get(f"/applications/files/{kept.pk}/").status_code for who in (zain, devi, wahid)
    ]

    assert answers == [404, 404, 404]
    with pytest.raises(Http404):
        evidence_for(None, zain.person, kept.pk)


def test_the_file_page_refuses_other_methods_and_visitors(aminah: Appointment, client: Any) -> None:
    kept = used(aminah)

    assert cast.client_of(aminah).post(f"/applications/files/{kept.pk}/").status_code == 405
    assert client.get(f"/applications/files/{kept.pk}/").status_code == 302


# --- Deleting ---------------------------------------------------------------------------------------


def test_an_unused_file_is_deleted_with_its_bytes(
    aminah: Appointment, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    kept, _new = keep(aminah, upload(pdf()), "transcript")
    with django_capture_on_commit_callbacks(execute=True):
        answer = cast.client_of(aminah).post(f"/applications/files/{kept.pk}/delete/")

    assert answer.status_code == 302
    assert not Evidence.objects.exists()
    assert kept_files(folder) == []


def test_what_was_submitted_stays(aminah: Appointment, folder: Path) -> None:
    kept = used(aminah)
    page = cast.client_of(aminah, "en").post(f"/applications/files/{kept.pk}/delete/", follow=True)

    assert "was submitted. It stays" in page.content.decode()
    assert len(kept_files(folder)) == 1


def test_anothers_file_cannot_be_deleted(aminah: Appointment, zain: Appointment) -> None:
    kept = used(aminah)

    assert cast.client_of(zain).post(f"/applications/files/{kept.pk}/delete/").status_code == 404
    with pytest.raises(NotAllowed):
        discard(zain, kept)


# --- In an application ------------------------------------------------------------------------------


def test_an_upload_in_a_draft_is_used_for_the_whole_application(aminah: Appointment) -> None:
    application = draft(aminah)
    form = {"kind": "transcript", "files": upload(pdf()), "version": "1", "action": "upload"}
    cast.client_of(aminah).post(f"/applications/{application.pk}/documents/", form)

    assert application.evidence.get().claim is None


@pytest.mark.parametrize("action", ["upload", "done"])
def test_a_refused_upload_says_why_and_nothing_else(aminah: Appointment, action: str) -> None:
    page = f"/applications/{draft(aminah).pk}/documents/"
    form = {"kind": "transcript", "files": upload(b"not a document"), "version": "1", "action": action}
    answer = cast.client_of(aminah, "en").post(page, form, follow=True)

    assert answer.redirect_chain == [(page, 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_one_upload_serves_two_applications(aminah: Appointment, folder: Path) -> None:
    kept, _new = keep(aminah, upload(pdf()), "transcript")
    client = cast.client_of(aminah)
    for application in (draft(aminah), draft(aminah)):
        client.post(f"/applications/{application.pk}/documents/", {"use": kept.pk, "version": "1"})

    assert kept.uses.count() == 2
    assert len(kept_files(folder)) == 1


def test_another_persons_file_cannot_be_used(aminah: Appointment, zain: Appointment) -> None:
    kept, _new = keep(zain, upload(pdf()), "transcript")
    application = draft(aminah)
    cast.client_of(aminah).post(
        f"/applications/{application.pk}/documents/", {"use": kept.pk, "version": "1"}
    )

    assert not application.evidence.exists()


def test_more_files_than_an_application_takes_are_refused(aminah: Appointment, settings: Any) -> None:
    settings.TAULIAH_EVIDENCE_MOST_FILES = 1
    files = [keep(aminah, upload(pdf(padding=n)), "other")[0].pk for n in (1, 2)]
    application = draft(aminah)
    answer = cast.client_of(aminah).post(
        f"/applications/{application.pk}/documents/", {"use": files, "version": "1"}
    )

    assert answer.status_code == 422
    assert not application.evidence.exists()


def test_a_request_for_more_evidence_is_answered_with_a_file(aminah: Appointment, bakar: Appointment) -> None:
    kept = used(aminah, "more_evidence")
    application = kept.uses.get().application
    asked = EvidenceRequest.objects.create(
        application=application, asked_by=bakar, text="Sukatan kursus", due_on="2099-01-01"
    )
    client, address = cast.client_of(aminah, "en"), f"/applications/{application.pk}/answer/"
    assert "Sukatan kursus" in client.get(address).content.decode()

    empty = client.post(address, {"action": "send", "version": application.version})
    assert empty.status_code == 422
    assert "Upload what was asked for first" in empty.content.decode()

    client.post(
        address,
        {"kind": "syllabus", "files": upload(pdf(padding=9), "sukatan.pdf"), "version": application.version},
    )
    application.refresh_from_db()
    sent = client.post(address, {"action": "send", "version": application.version})
    asked.refresh_from_db()
    application.refresh_from_db()

    assert sent.status_code == 302
    assert asked.answered_at is not None
    assert application.state == "document_check"
    assert application.evidence.count() == 2


def test_nothing_is_added_while_nobody_asks(aminah: Appointment) -> None:
    application = used(aminah, "mapping").uses.get().application
    form = {"kind": "syllabus", "files": upload(pdf(padding=9)), "version": application.version}
    answer = cast.client_of(aminah).post(f"/applications/{application.pk}/answer/", form)

    assert answer.status_code == 422
    assert application.evidence.count() == 1


def test_the_bytes_of_a_kept_file_stay_as_they_were(aminah: Appointment) -> None:
    kept, _new = keep(aminah, upload(picture("JPEG"), "foto.jpeg"), "other")
    with kept.file.open("rb") as file:
        assert file.read() == picture("JPEG")


def test_a_file_is_used_once_for_a_whole_application(aminah: Appointment) -> None:
    kept = used(aminah, "mapping")
    whole = {"application": kept.uses.get().application, "evidence": kept}
    EvidenceUse.objects.create(**whole)

    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceUse.objects.create(**whole)
