"""Revoking, suspending, lifting, correcting: what everybody who verifies learns at once."""

import pytest
from django.test import Client
from tests.portal import cast
from tests.portal.credentials import made

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.credentials.actions.changing import change, correct
from portal.credentials.models import Achievement, Change, Credential
from portal.credentials.verifying import verified_own
from portal.notices.models import Mail
from portal.records.models import Entry
from tauliah.credentials.answer import Outcome
from tauliah.credentials.document import supersedes

pytestmark = pytest.mark.django_db


def answer(credential: Credential) -> Outcome:
    """What the status list says of a credential now."""
    fresh = Credential.objects.select_related("status_list__institution", "institution").get(pk=credential.pk)
    return verified_own(fresh).verification.status.outcome


def test_a_revoked_credential_is_told_at_once_and_its_neighbours_are_not(
    kumar: Appointment, aminah: Appointment
) -> None:
    first, second = made.issued(kumar, 2)

    change(kumar, [first], "revoke", "Plagiat.")

    assert (answer(first), answer(second)) == (Outcome.NO, Outcome.YES)
    assert Credential.objects.get(pk=first.pk).state == "revoked"
    assert Change.objects.get().reason == "Plagiat."
    assert Entry.objects.get(action="credentials.revoke").details["reason"] == "Plagiat."
    assert aminah.person.notices.filter(kind="credential_revoked").exists()


def test_a_suspension_can_be_lifted_and_a_revocation_cannot(kumar: Appointment) -> None:
    found = made.issued(kumar, 2)

    change(kumar, found, "suspend", "Semakan.")
    assert {answer(c) for c in found} == {Outcome.NO}
    change(kumar, found, "lift", "Selesai.")
    assert {answer(c) for c in found} == {Outcome.YES}

    change(kumar, found[:1], "revoke", "Silap.")
    with pytest.raises(Refused, match=found[0].serial):
        change(kumar, found, "lift", "Salah.")


def test_many_are_changed_all_or_none(kumar: Appointment) -> None:
    found = made.issued(kumar, 3)
    change(kumar, found[:1], "revoke", "Silap.")

    with pytest.raises(Refused):
        change(kumar, found, "revoke", "Semua.")

    assert [answer(c) for c in found] == [Outcome.NO, Outcome.YES, Outcome.YES]


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_done(kumar: Appointment, reason: str) -> None:
    found = made.issued(kumar)

    with pytest.raises(Refused) as refused:
        change(kumar, found, "revoke", reason)

    assert refused.value.field == "reason"


def test_auditors_learners_and_other_universities_change_nothing(
    kumar: Appointment, nathan: Appointment, aminah: Appointment, yap: Appointment
) -> None:
    found = made.issued(kumar)

    for other in (nathan, aminah, yap, None):
        with pytest.raises(NotAllowed):
            change(other, found, "revoke", "Saya mahu.")

    assert answer(found[0]) is Outcome.YES


def test_a_corrected_credential_takes_the_place_of_the_old_one(
    kumar: Appointment, aminah: Appointment
) -> None:
    old = made.issued(kumar)[0]

    new = correct(kumar, old, {"grade": "A"}, "Gred silap dimasukkan.")

    assert (answer(old), answer(new)) == (Outcome.NO, Outcome.YES)
    assert supersedes(new.document) == old.urn
    assert new.supersedes == old
    assert Credential.objects.get(pk=old.pk).state == "superseded"
    assert new.serial != old.serial
    assert new.person == aminah.person
    assert '"value": "A"' in str(new.document).replace("'", '"')


def test_a_correction_that_changes_nothing_is_refused(kumar: Appointment) -> None:
    old = made.issued(kumar)[0]

    with pytest.raises(Refused):
        correct(kumar, old, {"grade": "A-"}, "Tiada.")


def test_a_correction_that_could_not_be_certified_changes_nothing(kumar: Appointment) -> None:
    old = made.issued(kumar)[0]

    with pytest.raises(Refused, match="grade"):
        correct(kumar, old, {"grade": "F"}, "Gagal.")

    assert answer(old) is Outcome.YES
    assert Credential.objects.count() == 1


def test_the_pages_do_it_and_say_so(kumar: Appointment) -> None:
    credential, client = made.issued(kumar)[0], cast.client_of(kumar, "en")

    refused = client.post(f"/credentials/{credential.pk}/correct/", {"reason": ""})
    assert refused.status_code == 422
    kept_values = {name: value for name, value in credential.values.items() if value is not None}
    values = kept_values | {"grade": "A", "reason": "Typing error."}
    kept = client.post(f"/credentials/{credential.pk}/correct/", values, follow=True)
    assert "UTHM-MC-2026-000002 was issued in its place." in kept.content.decode()

    asked = client.get(f"/credentials/change/revoke/?credential={credential.superseded_by.pk}")
    assert "UTHM-MC-2026-000002" in asked.content.decode()
    data = {"credential": credential.superseded_by.pk, "reason": ""}
    assert client.post("/credentials/change/revoke/", data).status_code == 422
    done = client.post("/credentials/change/revoke/", data | {"reason": "Fraud."}, follow=True)
    assert "1 credential was changed." in done.content.decode()


def test_visitors_learn_that_and_not_why(kumar: Appointment, client: Client) -> None:
    credential = made.issued(kumar)[0]
    change(kumar, [credential], "revoke", "Plagiat dalam tugasan.")

    page = client.get(f"/c/{credential.public_id}", headers={"accept": "text/html"}).content.decode()

    assert "Kelayakan ini tidak sah." in page
    assert "Plagiat" not in page


@pytest.mark.parametrize(
    ("name", "subject"),
    [("revoke", "ditarik balik"), ("suspend", "digantung"), ("lift", "berkuat kuasa semula")],
)
def test_who_has_no_account_is_written_to_at_the_address_of_the_credential(
    kumar: Appointment, name: str, subject: str
) -> None:
    found = made.issued(kumar, 2)
    assert found[1].person is None
    if name == "lift":
        change(kumar, found, "suspend", "Semakan.")
    Mail.objects.all().delete()

    change(kumar, found, name, "Plagiat dikesan.")

    mail = Mail.objects.get(to="pelajar1@contoh.example")
    assert mail.subject == f"Kelayakan {found[1].serial} {subject}"
    assert "Sebab: Plagiat dikesan." in mail.text
    assert "Reason: Plagiat dikesan." in mail.text
    assert mail.link == f"/c/{found[1].public_id}"


def test_a_course_taught_in_english_is_written_of_in_english_first(kumar: Appointment) -> None:
    found = made.issued(kumar, 2)
    Achievement.objects.update(instruction=["en"])
    Mail.objects.all().delete()

    correct(kumar, found[1], {"grade": "B"}, "A slip of the pen.")

    old, new = Mail.objects.order_by("pk")
    assert (old.language, new.language) == ("en", "en")
    assert old.subject == f"Credential {found[1].serial} was replaced"
    assert old.text.index("Reason: A slip of the pen.") < old.text.index("Sebab: A slip of the pen.")
    assert new.link == f"/c/{Credential.objects.get(supersedes=found[1]).public_id}"
