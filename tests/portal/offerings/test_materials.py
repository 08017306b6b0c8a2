"""Materials: who may see them, how they are handed out, and what is done and left."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.portal import cast
from tests.portal.offerings import stories

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.markdown import html_of
from portal.offerings.actions.materials import (
    close_sharing,
    keep_material,
    mark_done,
    move_material,
    remove_material,
    report_sharing,
)
from portal.offerings.embedding import player_of
from portal.offerings.models import Access, Enrolment, Material, Offering
from portal.offerings.ranges import part_asked

pytestmark = pytest.mark.django_db
VIDEO = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 8


def new(offering: Offering, **fields: object) -> Material:
    given: dict[str, object] = {
        "unit": 1,
        "kind": "page",
        "title": "Pengenalan",
        "text": "# Hai",
        "own_work": True,
    }
    return Material(proposal=offering.proposal, **given | fields)


def video(offering: Offering, laila: Appointment) -> Material:
    upload = SimpleUploadedFile("kuliah.mp4", VIDEO)
    return keep_material(laila, offering, new(offering, kind="video", title="Kuliah", text=""), upload)


def taking_part(offering: Offering) -> tuple[Appointment, Enrolment]:
    joseph = cast.appear("joseph")
    return joseph, stories.joined(offering, joseph.person)


def test_nothing_is_kept_without_the_declaration_of_copyright(laila: Appointment) -> None:
    offering = stories.running_offering()

    with pytest.raises(Refused) as refused:
        keep_material(laila, offering, new(offering, own_work=False))

    assert refused.value.field == "own_work"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": " "}, "text"),
        ({"kind": "link"}, "url"),
        ({"kind": "file"}, "file"),
        ({"kind": "video"}, "url"),
        ({"kind": "video", "url": "https://video.contoh.example/1"}, "url"),
        ({"unit": 9}, "unit"),
    ],
)
def test_what_is_missing_is_named(laila: Appointment, fields: dict[str, object], field: str) -> None:
    offering = stories.running_offering()

    with pytest.raises(Refused) as refused:
        keep_material(laila, offering, new(offering, **fields))

    assert refused.value.field == field


def test_only_who_teaches_keeps_materials(edwin: Appointment) -> None:
    offering = stories.running_offering()

    with pytest.raises(NotAllowed):
        keep_material(edwin, offering, new(offering))


def test_a_video_is_streamed_in_parts_to_those_who_take_part_and_nobody_else(laila: Appointment) -> None:
    offering = stories.running_offering()
    found = video(offering, laila)
    joseph, _enrolment = taking_part(offering)
    address = f"/offerings/files/{found.pk}/"

    whole = cast.client_of(joseph).get(address)
    part = cast.client_of(joseph).get(address, headers={"Range": "bytes=4-11"})
    beyond = cast.client_of(joseph).get(address, headers={"Range": "bytes=99999-"})

    assert whole.getvalue() == VIDEO
    assert (part.status_code, part.getvalue()) == (206, b"ftypmp42")
    assert part.headers["Content-Range"] == f"bytes 4-11/{len(VIDEO)}"
    assert part.headers["Content-Disposition"].startswith("inline")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(VIDEO)}")
    assert cast.client_of(cast.appear("dayang")).get(address).status_code == 404


def test_a_file_is_a_download_only_where_that_is_allowed(laila: Appointment) -> None:
    offering = stories.running_offering()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("ppt/presentation.xml", "<p/>")
    slides = SimpleUploadedFile("slaid.pptx", target.getvalue())
    found = keep_material(laila, offering, new(offering, kind="file", title="Slaid", text=""), slides)
    client = cast.client_of(taking_part(offering)[0])

    assert client.get(f"/offerings/files/{found.pk}/").status_code == 404
    found.may_download = True
    found.save()
    answer = client.get(f"/offerings/files/{found.pk}/?download=1")
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("content", [b"MZ\x90\x00programme", b"<html></html>", b"PK\x03\x04damaged", b""])
def test_other_files_are_refused(laila: Appointment, content: bytes) -> None:
    offering = stories.running_offering()

    with pytest.raises(Refused) as refused:
        keep_material(
            laila, offering, new(offering, kind="file", text=""), SimpleUploadedFile("nota.pdf", content)
        )

    assert refused.value.field == "file"


def test_what_is_done_and_left_is_counted_and_openings_are_logged(laila: Appointment) -> None:
    offering = stories.running_offering()
    joseph, enrolment = taking_part(offering)
    client = cast.client_of(joseph)
    first, second = Material.objects.filter(proposal=offering.proposal).order_by("unit")
    page = client.get(f"/offerings/learn/{enrolment.pk}/").content.decode()
    assert "0 daripada 4 selesai (0 %)" in page

    shown = client.get(f"/offerings/learn/{enrolment.pk}/{first.pk}/")
    assert "<strong>Selamat datang</strong>" in shown.content.decode()
    went = client.post(f"/offerings/learn/{enrolment.pk}/{first.pk}/done/", {"done": "yes"})

    assert went.headers["Location"] == f"/offerings/learn/{enrolment.pk}/{second.pk}/"
    page = client.get(f"/offerings/learn/{enrolment.pk}/").content.decode()
    assert "1 daripada 4 selesai (25 %)" in page
    assert Access.objects.filter(material=first, person=joseph.person).count() == 1
    mark_done(enrolment, first, done=False)
    assert not enrolment.progress.exists()


def test_who_left_sees_no_materials(laila: Appointment) -> None:
    offering = stories.running_offering()
    joseph, enrolment = taking_part(offering)
    material = Material.objects.filter(proposal=offering.proposal).first()
    assert material
    Enrolment.objects.filter(pk=enrolment.pk).update(state="withdrawn")

    answer = cast.client_of(joseph).get(f"/offerings/learn/{enrolment.pk}/{material.pk}/")

    assert answer.status_code == 404


def test_materials_change_places_and_go(laila: Appointment) -> None:
    offering = stories.running_offering()
    first = Material.objects.get(proposal=offering.proposal, unit=1)
    second = keep_material(laila, offering, new(offering, title="Kedua"))
    move_material(laila, offering, second, -1)
    move_material(laila, offering, second, -1)
    assert list(Material.objects.filter(unit=1).values_list("title", flat=True)) == ["Kedua", first.title]

    remove_material(laila, offering, second)
    assert list(Material.objects.filter(unit=1)) == [first]


def test_a_form_without_a_file_names_it(laila: Appointment) -> None:
    offering, client = stories.running_offering(), cast.client_of(laila)
    sent = {"kind": "file", "unit": "1", "title": "Nota", "own_work": "on", "visible": "on"}

    refused = client.post(f"/offerings/{offering.pk}/materials/new/", sent)
    kept = client.post(
        f"/offerings/{offering.pk}/materials/new/",
        sent | {"file": SimpleUploadedFile("nota.pdf", b"%PDF-1.7 nota")},
        follow=True,
    )

    assert refused.status_code == 422
    assert "Pilih fail" in refused.content.decode()
    assert "Nota" in kept.content.decode()
    found = Material.objects.get(title="Nota")
    assert Path(found.file.name or "").suffix == ".pdf"
    changed = client.post(f"/offerings/{offering.pk}/materials/{found.pk}/edit/", sent | {"title": "Nota 2"})
    assert changed.status_code == 302
    assert Material.objects.get(pk=found.pk).file.name == found.file.name


def test_a_report_of_sharing_reaches_teachers_and_centre_and_is_closed_once(
    joseph: Appointment, laila: Appointment, salleh: Appointment
) -> None:
    offering = stories.running_offering()
    report = report_sharing(joseph, offering, "Video kuliah di saluran lain.", by=joseph.person)
    assert laila.person.notices.filter(kind="course_sharing").exists()
    assert salleh.person.notices.filter(kind="course_sharing").exists()

    with pytest.raises(Refused):
        close_sharing(laila, offering, report, {"outcome": " "})
    close_sharing(laila, offering, report, {"outcome": "Platform telah menurunkannya."})
    with pytest.raises(Refused):
        close_sharing(laila, offering, report, {"outcome": "Lagi."})


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (
            "https://www.youtube.com/watch?v=abcDEF12345&t=3",
            "https://www.youtube-nocookie.com/embed/abcDEF12345",
        ),
        ("https://youtu.be/abcDEF12345", "https://www.youtube-nocookie.com/embed/abcDEF12345"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789"),
    ],
)
def test_a_video_elsewhere_is_played_by_its_platform_without_cookies(address: str, player: str) -> None:
    assert player_of(address) == player


@pytest.mark.parametrize("address", ["http://video.contoh.example/1", "https://video.contoh.example/1", "x"])
def test_a_platform_that_is_not_allowed_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        player_of(address)


def test_a_page_does_no_harm() -> None:
    page = html_of("# Satu\n<script>alert(1)</script>\n[x](javascript:alert(1)) <img src=x onerror=y>")

    assert "<h2>Satu</h2>" in page
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_headings_of_a_page_begin_below_its_title_whatever_level_they_are_written_at() -> None:
    """A page may begin with "##", as in many editors, and leave a level out."""
    page = html_of("## Satu\n\n#### Dua\n\n## Tiga\n\n    <h4>bukan tajuk</h4>")

    assert "<h2>Satu</h2>" in page
    assert "<h3>Dua</h3>" in page
    assert "<h2>Tiga</h2>" in page
    assert "&lt;h4&gt;bukan tajuk" in page


@pytest.mark.parametrize(
    ("header", "part"),
    [("bytes=0-", (0, 9)), ("bytes=2-3", (2, 3)), ("bytes=-4", (6, 9)), ("bytes=5-99", (5, 9)), ("", None),
     ("bytes=0-1,3-4", None), ("bytes=-", None)],
)  # fmt: skip
def test_a_range_asks_for_a_part(header: str, part: tuple[int, int] | None) -> None:
    assert part_asked(header, 10) == part
