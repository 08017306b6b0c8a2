"""The institution's own data: crest, colours, faculties, calendar, signatories."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.portal import cast
from tests.portal.cast import client_of
from tests.portal.institutions.routes import CREST

from portal.accounts.models import Appointment
from portal.administration.windows import windows_of
from portal.institutions.models import Faculty, Institution, Semester, Signatory
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
HALL = "/administration/institution/"
DATA = {
    "name_ms": "Universiti Tun Hussein Onn Malaysia",
    "name_en": "Tun Hussein Onn University of Malaysia",
    "policy": "uthm",
    "address": "86400 Parit Raja\nJohor",
    "email": "akademik@uthm.example",
    "phone": "07-453 7000",
    "website": "https://www.uthm.example",
    "registered_as": "",
    "colour": "#7a0019",
}
SCRIPTED = CREST.replace(b"<path", b"<script>alert(1)</script><path")
FACULTY = {
    "code": "FPTV",
    "name_ms": "Fakulti Pendidikan Teknikal",
    "name_en": "",
    "email": "",
    "active": "on",
}
SIGNATORY = {
    "person_name": "Prof. Halimah binti Abdullah",
    "name_ms": "Dekan",
    "name_en": "Dean",
    "faculty": "",
    "letters": "on",
    "starts_on": "2026-01-01",
    "ends_on": "",
}


def uploaded(content: bytes, name: str = "jata.svg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class TestData:
    def test_it_is_kept_and_written_down(self, osman: Appointment) -> None:
        answer = client_of(osman).post(HALL, DATA)

        kept = Institution.objects.get(pk=osman.institution_id)
        assert answer.status_code == 302
        assert (kept.colour, kept.address) == ("#7a0019", "86400 Parit Raja\nJohor")
        entry = Entry.objects.get(action="administration.change_institution")
        assert entry.details["after"]["colour"] == "#7a0019"

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"colour": "red"}, "enam digit"),
            ({"policy": "none"}, "tiada dalam senarai"),
            ({"website": "javascript:alert(1)"}, "alamat web yang sah"),
            ({"name_ms": ""}, "Maklumat ini wajib diisi"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_changes(
        self, osman: Appointment, wrong: dict[str, str], words: str
    ) -> None:
        answer = client_of(osman).post(HALL, DATA | wrong)

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert Institution.objects.get(pk=osman.institution_id).colour == "#1d3557"


class TestCrest:
    def test_an_svg_is_kept_and_shown_to_everybody(self, osman: Appointment, client: Client) -> None:
        client_of(osman).post(HALL, DATA | {"crest": uploaded(CREST)})

        answer = client.get("/institutions/UTHM/crest/")

        assert b"".join(answer.streaming_content) == CREST
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert "sandbox" in answer.headers["Content-Security-Policy"]

    @pytest.mark.parametrize(
        ("file", "words"),
        [
            (uploaded(SCRIPTED), "tanpa skrip"),
            (uploaded(CREST.replace(b"<path", b'<image href="https://x.example/a.png"/><path')), "rujukan"),
            (uploaded(b"MZ this is a program", "jata.png"), "bukan gambar"),
            (uploaded(b"<html><script>1</script></html>", "jata.svg"), "tanpa skrip"),
            (uploaded(CREST + b" " * 1_000_001), "terlalu besar"),
        ],
        ids=["script", "from elsewhere", "not a picture", "a page", "too large"],
    )
    def test_what_could_do_harm_is_refused(
        self, osman: Appointment, file: SimpleUploadedFile, words: str
    ) -> None:
        file.seek(0)
        answer = client_of(osman).post(HALL, DATA | {"crest": file})

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Institution.objects.get(pk=osman.institution_id).crest

    def test_an_institution_without_one_has_none(self, uthm: Institution, client: Client) -> None:
        assert client.get("/institutions/UTHM/crest/").status_code == 404


class TestFaculties:
    def test_a_new_one_is_kept_and_written_down(self, osman: Appointment) -> None:
        client_of(osman).post("/administration/faculties/new/", FACULTY)

        assert Faculty.objects.get(code="FPTV").institution == osman.institution
        assert Entry.objects.get().action == "administration.keep_faculty"

    def test_a_short_name_is_had_once(self, osman: Appointment) -> None:
        cast.faculty("FPTV", osman.institution)
        answer = client_of(osman).post("/administration/faculties/new/", FACULTY)

        assert answer.status_code == 422
        assert Faculty.objects.filter(code="FPTV").count() == 1

    def test_another_university_may_have_the_same(self, osman: Appointment, yap: Appointment) -> None:
        client_of(osman).post("/administration/faculties/new/", FACULTY)

        assert client_of(yap).post("/administration/faculties/new/", FACULTY).status_code == 302

    def test_the_list_counts_those_in_office(
        self, osman: Appointment, bakar: Appointment, chong: Appointment, wahid: Appointment
    ) -> None:
        page = client_of(osman).get("/administration/faculties/")

        assert {f.code: f.people for f in page.context["faculties"]} == {"FKAAB": 1, "FSKTM": 2}


class TestCalendar:
    NEW = "/administration/calendar/new/"

    def sent(self, first: date, last: date, code: str = "20262027-1") -> dict[str, object]:
        return {"code": code, "starts_on": first, "ends_on": last}

    def test_a_semester_is_kept(self, osman: Appointment) -> None:
        client_of(osman).post(self.NEW, self.sent(date(2026, 10, 5), date(2027, 2, 28)))

        assert Semester.objects.get().institution == osman.institution
        assert Entry.objects.get().action == "administration.keep_semester"

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            (date(2027, 2, 28), date(2027, 7, 1)),
            (date(2026, 1, 1), date(2026, 10, 5)),
            (date(2026, 11, 1), date(2026, 12, 1)),
            (date(2026, 9, 1), date(2027, 3, 1)),
        ],
        ids=["on its last day", "on its first day", "within", "around"],
    )
    def test_semesters_do_not_overlap(self, osman: Appointment, first: date, last: date) -> None:
        cast.semester(osman.institution)
        answer = client_of(osman).post(self.NEW, self.sent(first, last, "other"))

        assert answer.status_code == 422
        assert "bertindih dengan Semester 1, 2026/2027" in answer.content.decode()

    def test_they_may_touch_and_another_university_has_its_own(
        self, osman: Appointment, yap: Appointment
    ) -> None:
        cast.semester(osman.institution)

        after = self.sent(date(2027, 3, 1), date(2027, 7, 1), "20262027-2")
        assert client_of(osman).post(self.NEW, after).status_code == 302
        assert (
            client_of(yap).post(self.NEW, self.sent(date(2026, 10, 5), date(2027, 2, 1))).status_code == 302
        )

    def test_a_semester_may_be_moved_within_itself(self, osman: Appointment) -> None:
        one = cast.semester(osman.institution)
        sent = self.sent(date(2026, 10, 12), date(2027, 2, 28))

        assert client_of(osman).post(f"/administration/calendar/{one.pk}/", sent).status_code == 302
        one.refresh_from_db()
        assert one.starts_on == date(2026, 10, 12)

    @pytest.mark.parametrize("days", [0, -1, 400])
    def test_impossible_days_are_refused(self, osman: Appointment, days: int) -> None:
        first = date(2026, 10, 5)

        assert (
            client_of(osman).post(self.NEW, self.sent(first, first + timedelta(days=days))).status_code == 422
        )

    def test_one_that_is_referred_to_stays(self, osman: Appointment, aminah: Appointment) -> None:
        one = cast.semester(osman.institution)
        page = client_of(osman).post(f"/administration/calendar/{one.pk}/remove/", follow=True)

        assert "dikekalkan" in page.content.decode()
        assert Semester.objects.filter(pk=one.pk).exists()
        assert not Entry.objects.exists()

    def test_one_that_nothing_refers_to_goes(self, osman: Appointment) -> None:
        one = cast.semester(osman.institution)
        client_of(osman).post(f"/administration/calendar/{one.pk}/remove/")

        assert not Semester.objects.exists()
        assert Entry.objects.get().action == "administration.remove_semester"

    def test_the_windows_of_the_policy_are_days(self, uthm: Institution, utm: Institution) -> None:
        at_uthm = windows_of(uthm, cast.semester(uthm))
        at_utm = windows_of(utm, cast.semester(utm))

        assert date(2026, 10, 18) in {w.until for w in at_uthm if "21" in w.clauses}  # UTHM 21: two weeks
        assert {w.until for w in at_utm} == {date(2026, 11, 29)}  # UTM 6.1.8: eight weeks
        assert None in {w.until for w in at_uthm}  # UTHM 16: at any time

    def test_the_page_tells_them(self, osman: Appointment) -> None:
        cast.semester(osman.institution)

        assert "18 Oktober 2026" in client_of(osman).get("/administration/calendar/").content.decode()


def png() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 20), "white").save(drawn, "PNG")
    return drawn.getvalue()


class TestSignatories:
    def test_one_is_kept_with_the_signature(self, osman: Appointment) -> None:
        client_of(osman).post(
            "/administration/signatories/new/", SIGNATORY | {"signature": uploaded(png(), "t.png")}
        )

        kept = Signatory.objects.get()
        assert (kept.institution, kept.letters, kept.certificates) == (osman.institution, True, False)
        assert kept.signature.read() == png()
        kept.signature.close()

    def test_signing_nothing_is_refused(self, osman: Appointment) -> None:
        sent = {name: value for name, value in SIGNATORY.items() if name != "letters"}

        assert client_of(osman).post("/administration/signatories/new/", sent).status_code == 422

    def test_a_signature_with_a_script_is_refused(self, osman: Appointment) -> None:
        sent = SIGNATORY | {"signature": uploaded(SCRIPTED)}

        assert client_of(osman).post("/administration/signatories/new/", sent).status_code == 422
