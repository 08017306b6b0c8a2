"""Starting an installation: an institution, its first administrator, and the link that lets them in."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.accounts.models import Appointment, Person
from portal.institutions.models import Institution
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
SAID = {
    "code": "UTHM",
    "name": "Universiti Tun Hussein Onn Malaysia",
    "name_en": "Tun Hussein Onn University of Malaysia",
    "policy": "uthm",
    "email": "pentadbir@uthm.example",
    "person": "Osman bin Taib",
}


def started(**other: object) -> str:
    out = StringIO()
    call_command("start_institution", **SAID | other, stdout=out)
    return out.getvalue()


def test_the_administrator_comes_in_by_the_link_it_prints() -> None:
    link = re.search(r"/people/invitation/\S+", started())
    assert link

    client = Client()
    client.post(link[0], {"new_password1": "kata-laluan-27-baharu", "new_password2": "kata-laluan-27-baharu"})

    assert client.get("/administration/people/").status_code == 200
    assert Entry.objects.filter(action="administration.start_institution").count() == 1


def test_what_the_options_do_not_say_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"Email of the first administrator: ": "a@uthm.example"}
    monkeypatch.setattr("builtins.input", answers.__getitem__)
    started(email=None)

    assert Person.objects.get().email == "a@uthm.example"


def test_somebody_who_is_there_is_appointed_again() -> None:
    started()
    started(code="UTM", policy="utm")

    assert Person.objects.count() == 1
    assert Appointment.objects.count() == 2


def test_an_operator_is_marked() -> None:
    started(operator=True)

    assert Person.objects.get().is_superuser


@pytest.mark.parametrize(
    ("wrong", "option"),
    [
        ({"policy": "oxford"}, "--policy"),
        ({"code": "two words"}, "--code"),
        ({"email": "x"}, "--email"),
        ({"name": ""}, "--name"),
    ],
)
def test_what_is_wrong_names_the_option_and_nothing_is_kept(
    wrong: dict[str, str], option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda question: "")
    with pytest.raises(CommandError, match=f"^{option}:"):
        started(**wrong)

    assert not Institution.objects.exists()
    assert not Person.objects.exists()


def test_the_same_institution_twice_is_refused() -> None:
    started()

    with pytest.raises(CommandError, match="is there already"):
        started(code="uthm")
