"""A faculty's procedure of applying (UTM 3.3.2.5)."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.portal import cast

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.actions.procedures import newest, write
from portal.applications.models import Procedure
from portal.records.models import Entry

pytestmark = pytest.mark.django_db

TEXT = "# Cara memohon\n\n1. Semak kelayakan\n2. Jumpa penyelaras\n\n<script>alert(1)</script>"


def address(who: Appointment, page: str = "procedure") -> str:
    return reverse(f"applications:{page}", args=[who.faculty_id])


def test_anybody_reads_the_newest_version(tan: Appointment) -> None:
    write(tan, tan.faculty, "Lama", "", seen=0)
    write(tan, tan.faculty, TEXT, "How to apply, in English", seen=1)

    visitor = Client()
    malay = visitor.get(address(tan)).content.decode()
    visitor.cookies["language"] = "en"
    english = visitor.get(address(tan)).content.decode()

    assert "<li>Jumpa penyelaras</li>" in malay
    assert "Versi 2" in malay
    assert "<script>alert" not in malay
    assert "How to apply, in English" in english
    assert "Lama" not in malay


def test_a_faculty_without_one_says_so(tan: Appointment) -> None:
    shown = Client().get(address(tan)).content.decode()

    assert "belum menulis prosedurnya sendiri" in shown


def test_a_faculty_out_of_use_is_not_found(tan: Appointment) -> None:
    tan.faculty.active = False
    tan.faculty.save()

    assert Client().get(address(tan)).status_code == 404


def test_the_faculty_writes_it_on_the_page_and_the_register_knows(tan: Appointment) -> None:
    answer = cast.client_of(tan).post(address(tan, "procedure_edit"), {"text_ms": TEXT, "seen": "0"})

    assert answer.status_code == 302
    assert answer["Location"] == address(tan)
    made = Procedure.objects.get()
    assert (made.number, made.text_ms, made.by) == (1, TEXT, tan)
    assert Entry.objects.get(action="applications.write_procedure").details["after"] == {
        "faculty": "FC",
        "version": 1,
    }


def test_an_empty_text_is_refused_at_its_field_and_what_was_typed_stays(tan: Appointment) -> None:
    answer = cast.client_of(tan).post(
        address(tan, "procedure_edit"), {"text_ms": " ", "text_en": "Typed", "seen": "0"}
    )

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'href="#id_text_ms"' in shown
    assert "Typed" in shown
    assert not Procedure.objects.exists()


def test_two_who_change_it_at_once_do_not_overwrite_each_other(tan: Appointment, devi: Appointment) -> None:
    write(tan, tan.faculty, "Satu", "", seen=0)
    write(devi, tan.faculty, "Dua", "", seen=1)

    with pytest.raises(Refused, match="versi 2"):
        write(tan, tan.faculty, "Tiga", "", seen=1)

    assert [each.text_ms for each in Procedure.objects.order_by("number")] == ["Satu", "Dua"]


def test_the_same_text_twice_is_one_version(tan: Appointment) -> None:
    write(tan, tan.faculty, "Satu", "", seen=0)
    write(tan, tan.faculty, "Satu", "", seen=0)

    assert Procedure.objects.count() == 1


@pytest.mark.parametrize("stranger", ["bakar", "umar", "priya", "zarina"])
def test_nobody_else_writes_it(stranger: str, tan: Appointment) -> None:
    who = cast.appear(stranger)

    with pytest.raises(NotAllowed):
        write(who, tan.faculty, TEXT, "", seen=0)
    answer = cast.client_of(who).post(address(tan, "procedure_edit"), {"text_ms": TEXT, "seen": "0"})

    assert answer.status_code == 403
    assert newest(tan.faculty) is None


def test_an_applicant_finds_it_before_beginning(priya: Appointment, tan: Appointment) -> None:
    shown = cast.client_of(priya).get(reverse("applications:start")).content.decode()

    assert address(tan) in shown
