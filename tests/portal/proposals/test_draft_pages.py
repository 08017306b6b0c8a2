"""The pages of a draft: kept with and without JavaScript, bad input named at its field, two windows."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.portal import cast
from tests.portal.applications.test_evidence_content import pdf
from tests.portal.proposals import made

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.proposals.actions.drafting import hand_in, may_start
from portal.proposals.editing import digest_of
from portal.proposals.fields import form_of, section_of
from portal.proposals.models import Attachment, Kind, Proposal

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def page_of(proposal: Proposal, name: str) -> str:
    return reverse("proposals:section", args=[proposal.pk, name])


def seen(proposal: Proposal, name: str) -> str:
    section = section_of(proposal, name)
    assert section
    return digest_of(Proposal.objects.get(pk=proposal.pk), section)


def send(client: Client, proposal: Proposal, name: str, action: str = "save", **fields: Any) -> Any:
    """Send a page as a browser does; ``htmx`` asks as its script does."""
    headers = HTMX if fields.pop("htmx", False) else {}
    given = {"seen": seen(proposal, name), "action": action} | fields
    return client.post(page_of(proposal, name), given, headers=headers)


@pytest.mark.parametrize("kind", [Kind.ACCREDITED, Kind.STAND_ALONE, Kind.INDUSTRY])
@pytest.mark.parametrize("language", ["ms", "en"])
def test_every_page_of_every_kind_opens_in_both_languages(
    laila: Appointment, kind: str, language: str
) -> None:
    proposal = made.complete_draft(laila, kind)
    client = cast.client_of(laila, language)

    answers = [client.get(page_of(proposal, section.name)).status_code for section in form_of(proposal)]

    assert set(answers) == {200}
    assert client.get(reverse("proposals:draft", args=[proposal.pk])).status_code == 200


def test_the_forms_of_utm_and_of_the_national_policy_ask_for_their_own(
    yusuf: Appointment, azlina: Appointment
) -> None:
    utm = {field.name for section in form_of(made.draft(yusuf)) for field in section.fields}
    uthm = {field.name for section in form_of(made.draft(azlina)) for field in section.fields}

    assert {"field", "industry_partner", "licence", "disclaimer", "no_personal_data"} <= utm
    assert "respondents" not in utm
    assert "mpu" not in uthm


def test_umpsa_asks_for_modules_and_its_own_modes(azlina: Appointment) -> None:
    proposal = made.draft(azlina, Kind.MOOC)
    proposal.policy = "umpsa"

    names = {field.name for section in form_of(proposal) for field in section.fields}

    assert {"modules", "mode", "platform"} <= names
    assert not {"units", "delivery"} & names


def test_a_page_is_saved_without_javascript_and_leads_to_the_next(laila: Appointment) -> None:
    proposal = made.draft(laila)

    answer = send(
        cast.client_of(laila),
        proposal,
        "need",
        "next",
        justification="Baris satu\r\nBaris dua",
        respondents="30",
    )

    proposal.refresh_from_db()
    assert answer["Location"] == page_of(proposal, "outcomes")
    assert proposal.content == {"justification": "Baris satu\nBaris dua", "respondents": 30}


def test_with_htmx_the_page_is_told_where_to_go(laila: Appointment) -> None:
    proposal = made.draft(laila)

    answer = send(cast.client_of(laila), proposal, "need", justification="x", htmx=True)

    assert answer.headers["HX-Redirect"] == reverse("proposals:draft", args=[proposal.pk])


def test_typing_is_saved_and_answered_with_mark_progress_and_checks(laila: Appointment) -> None:
    proposal = made.draft(laila)

    answer = send(cast.client_of(laila), proposal, "need", "autosave", respondents="29", htmx=True)

    body = answer.content.decode()
    assert "Disimpan" in body
    assert seen(proposal, "need") in body
    assert "29 responden sahaja" in body
    assert 'hx-swap-oob="true"' in body


def test_what_cannot_be_read_is_named_at_its_field_and_all_else_is_kept(laila: Appointment) -> None:
    proposal = made.draft(laila, respondents=31)
    client = cast.client_of(laila)

    answer = send(client, proposal, "need", justification="Ada", respondents="tiga puluh")

    body = answer.content.decode()
    proposal.refresh_from_db()
    assert answer.status_code == 422
    assert 'href="#f-respondents"' in body
    assert "Masukkan nombor bulat" in body
    assert 'value="tiga puluh"' in body
    assert proposal.content == {"justification": "Ada", "respondents": 31}


@pytest.mark.parametrize(
    ("page", "field", "typed", "told"),
    [
        ("running", "fee", "seratus", "Masukkan nombor"),
        ("running", "fee", "10.505", "dua tempat perpuluhan"),
        ("delivery", "online_share", "101", "0 hingga 100"),
        ("course", "part", "27", "A hingga Z"),
        ("course", "original", "TIADA999", "Tiada kursus berkod TIADA999"),
        ("course", "level", "sarjana-palsu", "Pilih satu"),
        ("course", "name_ms", "x" * 201, "200 aksara"),
        ("learners", "lecturers[0].email", "bukan e-mel", "alamat e-mel"),
        ("assessment", "assessments[0].percent", "-5", "Masukkan nombor"),
        ("running", "fee", "NaN", "Masukkan nombor"),
        ("running", "fee", "1e5", "Masukkan nombor"),
        ("running", "promotion", "x" * 10_001, "10000 aksara disimpan di sini; ini 10001"),
        ("need", "skills", "y" * 301, "300 aksara disimpan di sini; ini 301"),
    ],
)
def test_bad_input_says_what_to_do(laila: Appointment, page: str, field: str, typed: str, told: str) -> None:
    proposal = made.draft(laila, Kind.ACCREDITED)

    answer = send(cast.client_of(laila), proposal, page, **{field: typed})

    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_a_text_that_is_too_long_is_neither_cut_off_nor_lost(laila: Appointment) -> None:
    proposal = made.draft(laila, promotion="Media sosial")
    text = "Satu ayat. " * 1_000

    answer = send(cast.client_of(laila), proposal, "running", promotion=text, fee="150")

    proposal.refresh_from_db()
    assert text.strip() in answer.content.decode()
    assert proposal.content == {"promotion": "Media sosial", "fee": "150.00"}


@pytest.mark.parametrize(
    ("typed", "kept"), [("1,500", "1500.00"), ("RM 1,500.50", "1500.50"), ("12,5", "12.50"), ("0,125", None)]
)
def test_a_comma_parts_thousands_where_it_can(laila: Appointment, typed: str, kept: str | None) -> None:
    proposal = made.draft(laila)

    send(cast.client_of(laila), proposal, "running", fee=typed)

    proposal.refresh_from_db()
    assert proposal.content.get("fee") == kept


def test_hostile_names_and_rows_without_end_are_left_aside(laila: Appointment) -> None:
    proposal = made.draft(laila)
    rows = {f"outcomes[{n}].ms": f"Hasil {n}" for n in range(60)}
    odd = {
        "outcomes": "x",
        "outcomes[0]": "y",
        "outcomes[0].ms[1].z": "w",
        "__proto__": "v",
        "outcomes[999].ms": "\x00",
    }

    answer = send(cast.client_of(laila), proposal, "outcomes", **(rows | odd))

    proposal.refresh_from_db()
    assert answer.status_code == 302
    assert len(proposal.content["outcomes"]) == 20


def test_rows_come_and_go_without_javascript(laila: Appointment) -> None:
    proposal = made.draft(laila)
    client = cast.client_of(laila)
    added = send(client, proposal, "content", "add_row:units", **{"units[0].title_ms": "Satu"})
    assert 'name="units[1].title_ms"' in added.content.decode()

    inner = send(client, proposal, "content", "add_row:units[0].activities", **{"units[0].title_ms": "Satu"})
    assert 'name="units[0].activities[0].type"' in inner.content.decode()

    both = {"units[0].title_ms": "Satu", "units[1].title_ms": "Dua"}
    dropped = send(client, proposal, "content", "drop_row:units:0", **both)
    proposal.refresh_from_db()
    assert 'value="Dua"' in dropped.content.decode()
    assert [unit["title_ms"] for unit in proposal.content["units"]] == ["Dua"]


@pytest.mark.parametrize(
    "action", ["add_row:nothing", "add_row:units[9].activities", "drop_row:units:77", "drop_row:x"]
)
def test_rows_that_there_are_not_change_nothing(laila: Appointment, action: str) -> None:
    proposal = made.draft(laila)

    answer = send(cast.client_of(laila), proposal, "content", action, **{"units[0].title_ms": "Satu"})

    assert answer.status_code == 200
    assert 'name="units[1].title_ms"' not in answer.content.decode()


def test_of_two_windows_the_second_keeps_what_it_typed_and_chooses(laila: Appointment) -> None:
    proposal = made.draft(laila)
    client = cast.client_of(laila)
    before = seen(proposal, "need")
    send(client, proposal, "need", justification="Pertama")

    told = client.post(
        page_of(proposal, "need"), {"seen": before, "action": "save", "justification": "Kedua"}
    )
    live = client.post(
        page_of(proposal, "need"),
        {"seen": before, "action": "autosave", "justification": "Kedua"},
        headers=HTMX,
    )

    assert (told.status_code, live.status_code) == (422, 422)
    assert "Laila binti Bujang" in told.content.decode()
    assert ">Kedua</textarea>" in told.content.decode()
    assert "Simpan teks saya di atasnya" in live.content.decode()
    proposal.refresh_from_db()
    assert proposal.content["justification"] == "Pertama"

    client.post(page_of(proposal, "need"), {"seen": before, "action": "replace", "justification": "Kedua"})
    proposal.refresh_from_db()
    assert proposal.content["justification"] == "Kedua"
    assert proposal.versions.get().content["justification"] == "Pertama"


def test_the_learning_time_and_what_lies_outside_of_it_are_shown(laila: Appointment) -> None:
    proposal = made.complete_draft(laila, hours="400")

    body = cast.client_of(laila).get(page_of(proposal, "content")).content.decode()

    assert "Aktiviti memberikan" in body
    assert "400 jam" in body


def test_hands_on_courses_online_are_warned_of(laila: Appointment) -> None:
    proposal = made.complete_draft(laila, hands_on=["fieldwork", "laboratory"])

    body = cast.client_of(laila).get(page_of(proposal, "delivery")).content.decode()

    assert "Tidak sesuai untuk penyampaian dalam talian sepenuhnya" in body
    assert "1.5(i)-hands-on" in body


def test_mpu_courses_are_encouraged_to_be_online(laila: Appointment) -> None:
    proposal = made.complete_draft(laila, delivery="conventional", mpu=True)

    assert "amat digalakkan" in cast.client_of(laila).get(page_of(proposal, "delivery")).content.decode()


def test_a_part_missing_in_an_outcome_is_pointed_out(laila: Appointment) -> None:
    outcomes = [{"code": "CLO1", "ms": "Menerangkan", "verb": "menerangkan", "criteria": "lima fasa"}]
    proposal = made.draft(laila, outcomes=outcomes)

    body = cast.client_of(laila).get(page_of(proposal, "outcomes")).content.decode()

    assert "belum ada:</" not in body
    assert "belum ada: keadaan" in body


def test_another_taxonomy_level_than_the_original_is_pointed_out(laila: Appointment) -> None:
    outcomes = [{"code": "CLO1", "ms": "x", "taxonomy": "C2", "original_taxonomy": "C4"}]
    proposal = made.draft(laila, Kind.ACCREDITED, outcomes=outcomes)

    body = cast.client_of(laila).get(page_of(proposal, "outcomes")).content.decode()

    assert "CLO1 mengukur C2, kursus asal C4" in body


def test_the_matrix_marks_an_outcome_that_nothing_assesses(laila: Appointment) -> None:
    proposal = made.complete_draft(laila)
    proposal.content["assessments"][1]["outcomes"] = ["CLO1"]
    proposal.save()

    assert "tidak ditaksir" in cast.client_of(laila).get(page_of(proposal, "assessment")).content.decode()


def test_a_begun_draft_shows_like_courses_and_one_s_own_original_is_none(laila: Appointment) -> None:
    cast.course(cast.institution("UNIMAS"), "TMF1014", name_ms="Pemikiran Reka Bentuk")
    client = cast.client_of(laila)
    asked = {"name_ms": "Micro-Credential in Pemikiran Reka Bentuk", "name_en": ""}

    alone = client.get(reverse("proposals:similar"), asked).content.decode()
    accredited = made.complete_draft(laila, Kind.ACCREDITED)
    body = client.get(page_of(accredited, "course")).content.decode()

    assert "TMF1014" in alone
    assert "sama?" in alone
    assert "sama?" not in body


def test_beginning_asks_for_kind_and_title(laila: Appointment) -> None:
    client = cast.client_of(laila)
    faculty = made.faculty_of(laila).pk

    wrong = client.post(reverse("proposals:new"), {"kind": "mooc", "faculty": faculty, "name_ms": ""})
    right = client.post(
        reverse("proposals:new"),
        {"kind": "stand_alone", "faculty": faculty, "name_ms": "Micro-Award in Etika"},
    )

    assert wrong.status_code == 422
    assert right["Location"] == reverse("proposals:draft", args=[Proposal.objects.get().pk])


def test_a_button_pressed_twice_begins_one_draft(laila: Appointment) -> None:
    client, given = (
        cast.client_of(laila),
        {"kind": "stand_alone", "faculty": laila.faculty_id, "name_ms": "IoT"},
    )

    answers = [client.post(reverse("proposals:new"), given) for _twice in range(2)]
    another = client.post(reverse("proposals:new"), given | {"name_ms": "IoT Lanjutan"})

    assert answers[0]["Location"] == answers[1]["Location"] != another["Location"]
    assert Proposal.objects.count() == 2


def test_who_cannot_hand_a_proposal_in_does_not_begin_one(rosli: Appointment, yap: Appointment) -> None:
    dean_at_utm = cast.appointment(yap.person, Role.DEAN, yap.institution)

    assert may_start(rosli)
    assert not may_start(dean_at_utm)
    assert cast.client_of(dean_at_utm).get(reverse("proposals:new")).status_code == 403
    with pytest.raises(NotAllowed, match="pensyarah"):
        made.draft(dean_at_utm)


def test_handing_in_too_early_says_all_that_is_missing(laila: Appointment) -> None:
    proposal = made.draft(laila)

    answer = cast.client_of(laila).post(
        reverse("proposals:draft_step", args=[proposal.pk]), {"step": "submit", "version": proposal.version}
    )

    assert answer.status_code == 422
    assert "kaji selidik pasaran" in answer.content.decode()


def test_a_stale_overview_does_not_hand_in_what_nobody_saw(laila: Appointment) -> None:
    proposal = made.complete_draft(laila)
    send(cast.client_of(laila), proposal, "running", fee="10", promotion="x", continuous_improvement="y")

    answer = cast.client_of(laila).post(
        reverse("proposals:draft_step", args=[proposal.pk]), {"step": "submit", "version": proposal.version}
    )

    proposal.refresh_from_db()
    assert (answer.status_code, proposal.state) == (422, "draft")


def test_a_colleague_who_sees_it_may_not_write_and_a_stranger_finds_nothing(
    laila: Appointment, rosli: Appointment, yusuf: Appointment
) -> None:
    proposal = made.complete_draft(laila)
    hand_in(laila, proposal, "submit", version=proposal.version)
    address = page_of(proposal, "need")

    answers = [cast.client_of(who).get(address).status_code for who in (laila, rosli, yusuf)]

    assert answers == [403, 403, 404]


def test_a_member_of_the_team_writes_too(laila: Appointment, edwin: Appointment) -> None:
    proposal = made.draft(laila)
    client = cast.client_of(laila)
    wrong = client.post(reverse("proposals:team", args=[proposal.pk]), {"email": "tiada@contoh.example"})
    client.post(
        reverse("proposals:team", args=[proposal.pk]),
        {"email": edwin.person.email.upper(), "task": "Video", "may_edit": "yes"},
    )

    answer = send(cast.client_of(edwin), proposal, "need", justification="Edwin")

    assert wrong.status_code == 422
    assert answer.status_code == 302
    member = proposal.members.get()
    client.post(reverse("proposals:team_leave", args=[proposal.pk, member.pk]))
    assert cast.client_of(edwin).get(page_of(proposal, "need")).status_code == 404


def test_files_are_checked_by_their_content_and_copyright_is_confirmed(laila: Appointment) -> None:
    proposal = made.draft(laila)
    client, address = cast.client_of(laila), reverse("proposals:files", args=[proposal.pk])

    def upload(data: bytes, **fields: str) -> Any:
        return client.post(address, {"files": SimpleUploadedFile("tinjauan.pdf", data)} | fields)

    bad = upload(b"MZ program", kind="market_survey", own_work="yes")
    unsaid = upload(pdf(), kind="market_survey")
    strange = upload(pdf(), kind="milestone", own_work="yes")
    good = upload(pdf(), kind="market_survey", own_work="yes")

    kept = Attachment.objects.get()
    assert [answer.status_code for answer in (bad, unsaid, strange, good)] == [422, 422, 422, 302]
    assert kept.own_work
    sent: Any = client.get(reverse("proposals:attachment", args=[proposal.pk, kept.pk]))
    assert b"".join(sent.streaming_content) == pdf()
    assert sent.headers["Content-Disposition"].startswith("attachment")
    client.post(reverse("proposals:file_remove", args=[proposal.pk, kept.pk]))
    assert not Attachment.objects.exists()


def test_the_policies_are_listed_with_their_clauses_and_confirmed(laila: Appointment) -> None:
    proposal = made.draft(laila)
    client, address = cast.client_of(laila), reverse("proposals:confirm", args=[proposal.pk])

    shown = client.get(address).content.decode()
    client.post(address, {"policies": "yes", "ownership": "yes", "version": proposal.version})

    proposal.refresh_from_db()
    assert "1.5(a)" in shown
    assert "5.9(b)" in shown
    assert proposal.policies_confirmed_at
    assert proposal.ownership_confirmed_at


def test_the_paper_has_table_4_in_the_language_of_the_page(laila: Appointment) -> None:
    proposal = made.complete_draft(laila, Kind.ACCREDITED)

    answers = [
        cast.client_of(laila, language).get(reverse("proposals:paper", args=[proposal.pk]))
        for language in ("ms", "en")
    ]

    assert all(answer.content.startswith(b"%PDF") for answer in answers)
    assert answers[0].content != answers[1].content
