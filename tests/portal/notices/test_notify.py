"""People are told once, in the portal and by email, in their language."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from tests.portal.notices.conftest import Send

from portal.accounts.models import Appointment
from portal.notices.mailing import message_id
from portal.notices.models import Mail, Muted, Notice
from portal.notices.notify import Told, notify, notify_all

pytestmark = pytest.mark.django_db
DUE = {"reference": "UTHM/PK/2026/000012", "text": "Transkrip asal", "due_on": date(2026, 12, 6)}


def test_it_is_kept_in_both_languages(aminah: Appointment) -> None:
    notice = notify(aminah.person, "evidence_requested", DUE, "/applications/12/")

    assert notice.title_ms == "Bukti tambahan diperlukan bagi UTHM/PK/2026/000012"
    assert notice.title_en == "More evidence is needed for UTHM/PK/2026/000012"
    assert "6 Disember 2026" in notice.text_ms
    assert "6 December 2026" in notice.text_en
    assert (notice.link, notice.read_at) == ("/applications/12/", None)
    assert not Mail.objects.exists()


def test_with_a_key_an_email_goes_out(aminah: Appointment, send: Send, settings) -> None:
    settings.TAULIAH_ADDRESS = "https://tauliah.example.edu.my"
    uthm = aminah.institution
    uthm.email = "akademik@uthm.example"
    uthm.save()
    notify(
        aminah.person, "evidence_requested", DUE, "/applications/12/", institution=uthm, mail_key="request-3"
    )
    (message,) = send()

    assert message.to == ["aminah@uthm.example"]
    assert message.subject == "Bukti tambahan diperlukan bagi UTHM/PK/2026/000012"
    assert "Aminah binti Yusof" in message.body
    assert "Fakulti meminta: Transkrip asal" in message.body
    assert "https://tauliah.example.edu.my/applications/12/" in message.body
    assert message.reply_to == ["akademik@uthm.example"]
    assert "Universiti Tun Hussein Onn Malaysia" in message.from_email
    assert message.extra_headers["Message-ID"] == message_id(Mail.objects.get().key)
    assert Mail.objects.get().state == "sent"


def test_it_is_in_the_persons_language(aminah: Appointment, send: Send) -> None:
    aminah.person.language = "en"
    notify(aminah.person, "evidence_requested", DUE, mail_key="request-3")
    (message,) = send()

    assert message.subject.startswith("More evidence is needed")
    assert "Dear Aminah binti Yusof," in message.body
    assert message.extra_headers["Content-Language"] == "en"


def test_telling_twice_tells_once(aminah: Appointment, zain: Appointment, send: Send) -> None:
    for _ in range(2):
        first = notify(aminah.person, "evidence_requested", DUE, mail_key="request-3")
    notify(zain.person, "evidence_requested", DUE, mail_key="request-3")

    assert [message.to for message in send()] == [["aminah@uthm.example"], ["zain@uthm.example"]]
    assert Notice.objects.filter(person=aminah.person).get() == first


def test_what_is_undone_is_not_told(aminah: Appointment, send: Send) -> None:
    with transaction.atomic():
        notify(aminah.person, "evidence_requested", DUE, mail_key="request-3")
        transaction.set_rollback(True)
    assert send() == []
    assert not Notice.objects.exists()


def test_a_kind_turned_off_comes_without_email_but_a_mandatory_one_with_it(
    aminah: Appointment, send: Send
) -> None:
    for kind in ("application_submitted", "evidence_requested"):
        Muted.objects.create(person=aminah.person, kind=kind)
        notify(aminah.person, kind, DUE, mail_key=kind)

    assert [message.subject[:5] for message in send()] == ["Bukti"]
    assert Notice.objects.count() == 2


def test_a_file_is_attached_and_copied(aminah: Appointment, send: Send) -> None:
    path = default_storage.save("letters/test.pdf", ContentFile(b"%PDF-1.7 letter"))
    told = {
        "reference": "UTHM/S/2026/000001",
        "letter": {"ms": "Surat keputusan", "en": "Letter of decision"},
    }
    notify(
        aminah.person,
        "letter_ready",
        told,
        mail_key="letter-1",
        attachment=path,
        attachment_name="surat.pdf",
        copy_to=["pentadbir@uthm.example"],
    )
    (message,) = send()

    assert message.attachments == [("surat.pdf", b"%PDF-1.7 letter", "application/pdf")]
    assert message.cc == ["pentadbir@uthm.example"]


def test_a_lost_file_keeps_the_email_back(aminah: Appointment, send: Send) -> None:
    notify(aminah.person, "application_submitted", DUE, mail_key="letter-1", attachment="letters/gone.pdf")

    assert send() == []
    mail = Mail.objects.get()
    assert mail.state == "waiting"
    assert "gone.pdf" in mail.error


def test_an_unknown_kind_or_a_missing_value_is_an_error_of_the_program(aminah: Appointment) -> None:
    with pytest.raises(KeyError):
        notify(aminah.person, "nonsense", {})
    with pytest.raises(KeyError):
        notify(aminah.person, "evidence_requested", {})


def test_line_breaks_in_a_value_do_not_reach_the_subject(aminah: Appointment, send: Send) -> None:
    notify(aminah.person, "application_submitted", {"reference": "A\r\nBcc: x@y.example"}, mail_key="k")
    (message,) = send()

    assert "\n" not in message.subject
    assert message.recipients() == ["aminah@uthm.example"]


def many(*people: Appointment, key: str = "run-1") -> list[Told]:
    """What each of them is told."""
    return [Told(who.person, DUE, f"{key}-{who.pk}", "/applications/12/") for who in people]


def test_many_are_told_at_once_each_once_and_in_their_language(
    aminah: Appointment, zain: Appointment, send: Send
) -> None:
    zain.person.language = "en"
    with transaction.atomic():
        notify_all("evidence_requested", many(aminah, zain), institution=aminah.institution)
        notify_all("evidence_requested", many(zain, aminah), institution=aminah.institution)
    messages = {message.to[0]: message for message in send()}

    assert Notice.objects.count() == 2
    assert messages["aminah@uthm.example"].subject.startswith("Bukti tambahan")
    assert messages["zain@uthm.example"].subject.startswith("More evidence")
    assert "Dear Zain bin Hashim," in messages["zain@uthm.example"].body


def test_of_many_those_who_want_no_email_find_it_in_the_portal(
    aminah: Appointment, zain: Appointment, send: Send
) -> None:
    Muted.objects.create(person=zain.person, kind="application_submitted")
    notify_all("application_submitted", many(aminah, zain))

    assert [message.to for message in send()] == [["aminah@uthm.example"]]
    assert Notice.objects.count() == 2


def test_many_emails_are_sent_by_few_tasks(aminah: Appointment, zain: Appointment, send: Send) -> None:
    notify_all("evidence_requested", [*many(aminah, zain), *many(aminah, zain, key="run-2")])

    assert DBTaskResult.objects.count() == 1
    assert len(send()) == 4
    assert not Mail.objects.open().exists()
