"""Setting an offering up: days, weights, teachers, readiness, approval, announcing and closing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.offerings import stories
from tests.portal.offerings.courses import course, opened, part, terms

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.desk.preparing import preparing
from portal.institutions.models import Institution
from portal.notices.models import Mail, Notice
from portal.notices.reminders import remind
from portal.offerings.actions.announcing import announce, take_step, tell_of_closing
from portal.offerings.actions.keeping import keep_platform
from portal.offerings.actions.marking import may_mark
from portal.offerings.actions.results import open_sheet, submit
from portal.offerings.actions.setting_up import keep_assessments, keep_offering, sign_payment, tick
from portal.offerings.actions.teaching import (
    give_duty,
    hand_over_agreement,
    lapsed,
    name_teacher,
    remove_teacher,
    settle_duty,
    sign_agreement,
)
from portal.offerings.certificates import price_lines
from portal.offerings.models import Assessment, Offering, Paper, Platform, Teacher
from portal.offerings.papers import signatory_of
from portal.offerings.planning import weeks_of
from portal.offerings.tasks_offering import go_on_with_offerings
from portal.offerings.terms import Term, term
from portal.packs import packs
from portal.records.register import entries_about

pytestmark = pytest.mark.django_db
MODE = Offering.Mode
INSTRUCTOR, FACILITATOR = Teacher.Part.INSTRUCTOR, Teacher.Part.FACILITATOR


def again(offering: Offering) -> Offering:
    return Offering.objects.get(pk=offering.pk)


# --- Beginning, and its days ----------------------------------------------------------------------


def test_an_offering_takes_its_assessments_from_the_course(salleh: Appointment) -> None:
    offering = opened(salleh, course())

    assert offering.state == "draft"
    assert [(a.name, a.percent, a.outcomes) for a in offering.assessments.all()] == [
        ("Kuiz", Decimal(40), ["CLO1"]),
        ("Projek", Decimal(60), ["CLO2"]),
    ]
    assert [entry.action for entry in entries_about(offering)] == ["offerings.open"]


def test_an_offering_by_semester_takes_its_days_from_the_calendar(
    salleh: Appointment, unimas: Institution
) -> None:
    semester = cast.semester(unimas)

    offering = opened(salleh, course(), mode=MODE.SEMESTER, semester=semester, starts_on=None, ends_on=None)

    assert (offering.starts_on, offering.ends_on) == (semester.starts_on, semester.ends_on)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": date(1, 1, 1)}, "starts_on"),
        ({"ends_on": date(9999, 12, 31)}, "ends_on"),
        ({"final_due_on": date(9999, 12, 31)}, "final_due_on"),
        ({"enrols_from": date(1027, 1, 1)}, "enrols_from"),
        ({"fee": Decimal(-1)}, "fee"),
        ({"certificate_fee": Decimal("-0.01")}, "certificate_fee"),
        ({"least_learners": 2_147_483_648}, "least_learners"),
        ({"most_learners": 99_999_999_999}, "most_learners"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    salleh: Appointment, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        opened(salleh, course(), **changes)

    assert refused.value.field == field
    assert not Offering.objects.exists()


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "sebelum hari pertama"), (0, ""), (60, ""), (61, "selepas hari terakhir")]
)
def test_an_assessment_is_due_while_the_course_is_on(salleh: Appointment, days: int, words: str) -> None:
    offering = stories.offering()
    assert offering.starts_on
    whole = replace(part("Esei", "100"), due_on=offering.starts_on + timedelta(days=days))

    if words:
        with pytest.raises(Refused, match=words) as refused:
            keep_assessments(salleh, offering, [whole], version=None)
        assert "Esei" in str(refused.value.message)
    else:
        keep_assessments(salleh, offering, [whole], version=None)


def test_a_semester_is_laid_out_in_fourteen_weeks_and_an_examination(
    salleh: Appointment, unimas: Institution
) -> None:
    offering = opened(salleh, course(), mode=MODE.SEMESTER, semester=cast.semester(unimas))

    weeks = weeks_of(offering)

    assert [week.label for week in weeks] == [*map(str, range(1, 15)), "Peperiksaan"]
    assert weeks[13].ends_on + timedelta(days=1) == weeks[14].starts_on == date(2027, 1, 11)
    assert {topic for week in weeks for topic in week.topics} == {f"Unit {n}" for n in range(1, 6)}
    assert weeks[0].topics == ["Unit 1"]


def test_weeks_that_a_policy_does_not_state_are_the_national_ones() -> None:
    ((_day, rows),) = packs()["mqa"].parameters["semester_weeks"].history

    assert term("utm", "announcement_weeks") == Term(2, ("5.3.4",))
    assert term("unimas", "announcement_weeks") == Term(2)
    assert term("unimas", "semester_weeks") == Term(int(str(rows[0].value)))
    assert term("unimas", "least_class") is None


def test_a_week_of_one_day_names_it_once(salleh: Appointment) -> None:
    begins = date(2027, 3, 1)
    offering = opened(
        salleh, course(), mode=MODE.FIXED, starts_on=begins, ends_on=begins + timedelta(weeks=12)
    )

    *_others, last = weeks_of(offering)
    assert last.starts_on == last.ends_on
    assert "–" not in last.days


def test_a_self_paced_offering_has_no_weeks(salleh: Appointment) -> None:
    offering = opened(salleh, course(), mode=MODE.SELF_PACED, ends_on=None)

    assert weeks_of(offering) == []


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"ends_on": date(2027, 2, 1)}, "ends_on", "sebelum hari pertama"),
        ({"ends_on": None}, "ends_on", "hari terakhir"),
        ({"ends_on": date(2027, 3, 10)}, "ends_on", "120 jam"),
        ({"mode": MODE.SEMESTER}, "semester", "Pilih semester"),
        ({"enrols_from": date(2027, 2, 1), "enrols_until": date(2027, 1, 1)}, "enrols_until", "dibuka"),
        ({"enrols_until": date(2027, 6, 1)}, "enrols_until", "hari terakhir"),
        ({"final_due_on": date(2027, 6, 1)}, "final_due_on", "hari terakhir"),
        ({"least_learners": 30, "most_learners": 20}, "most_learners", "minimum"),
        ({"most_learners": 0}, "most_learners", "kosong"),
        ({"certificate": "paid", "certificate_fee": None}, "certificate_fee", "harga"),
        ({"platform": ""}, "platform", "platform"),
    ],
)
def test_what_is_wrong_is_named_with_field_and_remedy(
    salleh: Appointment, changed: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refused) as refused:
        opened(salleh, course(), **changed)

    assert refused.value.field == field
    assert words.casefold() in str(refused.value).casefold()
    assert not Offering.objects.exists()


def test_a_blended_course_names_platform_and_place(salleh: Appointment) -> None:
    blended = course(delivery="blended")

    with pytest.raises(Refused) as refused:
        opened(salleh, blended)

    assert refused.value.field == "place"
    assert opened(salleh, blended, place="Makmal 2, FCSIT").place == "Makmal 2, FCSIT"


def test_a_short_semester_is_refused(salleh: Appointment, unimas: Institution) -> None:
    short = cast.semester(unimas, "20262027-3", date(2027, 7, 1), date(2027, 8, 20))

    with pytest.raises(Refused) as refused:
        opened(salleh, course(), mode=MODE.SEMESTER, semester=short)

    assert refused.value.field == "semester"


def test_two_offerings_of_a_course_have_two_names(salleh: Appointment) -> None:
    there = course()
    opened(salleh, there)

    with pytest.raises(Refused) as refused:
        opened(salleh, there, cohort="MAC 2027")

    assert refused.value.field == "cohort"


def test_only_a_registered_course_of_the_own_institution_is_offered(
    salleh: Appointment, zarina: Appointment, laila: Appointment
) -> None:
    from django.http import Http404

    there, draft = course(), course(state="senate")

    for acting, proposal in ((zarina, there), (salleh, draft), (laila, there)):
        with pytest.raises(Http404):
            opened(acting, proposal)


def test_at_utm_the_developer_begins_the_offering_and_teaches_it(yusuf: Appointment) -> None:
    offering = opened(yusuf, course("UTM", kind="mooc"), platform="openlearning")

    assert [(t.person, t.part) for t in offering.teachers.all()] == [(yusuf.person, INSTRUCTOR)]
    assert (offering.platform, offering.platform_url) == ("OpenLearning", "https://www.openlearning.com/")
    assert offering.certificate_fee == Decimal(450)  # UTM Jadual 1: RM 150 for each of three credits


def test_a_change_by_two_people_at_once_tells_the_second(salleh: Appointment) -> None:
    offering = opened(salleh, course())
    seen = offering.version
    keep_offering(salleh, offering, {"most_learners": 60}, version=seen)

    with pytest.raises(Refused, match="Salleh"):
        keep_offering(salleh, offering, {"most_learners": 50}, version=seen)

    assert again(offering).most_learners == 60


def test_once_announced_the_fee_stays_and_new_days_are_told(salleh: Appointment) -> None:
    offering = stories.running_offering(learners=2)
    ends_on = timezone.localdate() + timedelta(days=30)

    keep_offering(salleh, offering, {"fee": Decimal(99), "ends_on": ends_on}, version=None)

    assert (again(offering).fee, again(offering).ends_on) == (Decimal(0), ends_on)
    told = Notice.objects.filter(kind="offering_dates").values_list("person__email", flat=True)
    assert {"pelajar1@unimas.example", "pelajar2@unimas.example"} <= set(told)


# --- Weights --------------------------------------------------------------------------------------


def test_weights_of_99_percent_are_refused_with_what_is_left(salleh: Appointment) -> None:
    offering = opened(salleh, course())

    with pytest.raises(Refused, match="99 %; 1 %") as refused:
        keep_assessments(salleh, offering, [part("Kuiz", "39"), part("Projek", "60")], version=None)

    assert refused.value.field == "percent"
    assert [a.percent for a in offering.assessments.all()] == [Decimal(40), Decimal(60)]


def test_weights_above_100_percent_are_refused(salleh: Appointment) -> None:
    offering = opened(salleh, course())

    with pytest.raises(Refused, match=r"100.5 %.*0.5 %"):
        keep_assessments(salleh, offering, [part("Kuiz", "40.5"), part("Projek", "60")], version=None)


def test_weights_of_100_percent_are_kept_in_their_order(salleh: Appointment) -> None:
    offering = opened(salleh, course())
    quiz = offering.assessments.get(name="Kuiz")
    parts = [part("Projek akhir", "62.5", type="final"), part("Kuiz", "37.5", pk=quiz.pk)]

    keep_assessments(salleh, offering, parts, version=None)

    assert [(a.name, a.percent) for a in offering.assessments.all()] == [
        ("Projek akhir", Decimal("62.50")),
        ("Kuiz", Decimal("37.50")),
    ]
    assert offering.assessments.get(name="Kuiz").pk == quiz.pk


def test_an_assessment_with_marks_keeps_its_weight(salleh: Appointment) -> None:
    offering = stories.running_offering()
    stories.marked(offering)

    with pytest.raises(Refused, match="Kuiz"):
        keep_assessments(salleh, offering, [part("Kuiz baharu", "100")], version=None)

    assert offering.assessments.count() == 2


def test_two_assessments_change_names_with_each_other(salleh: Appointment) -> None:
    offering = stories.offering()
    quiz, project = offering.assessments.order_by("position")

    keep_assessments(
        salleh, offering, [part("Projek", "40", pk=quiz.pk), part("Kuiz", "60", pk=project.pk)], version=None
    )

    kept = dict(offering.assessments.values_list("pk", "name"))
    assert kept == {quiz.pk: "Projek", project.pk: "Kuiz"}


def test_of_several_assessments_with_marks_the_first_one_is_named(salleh: Appointment) -> None:
    offering = stories.running_offering(learners=1)
    offering.assessments.all().delete()
    for pk, position, name in ((8_000_001, 1, "Esei"), (8_000_000, 2, "Ujian")):
        Assessment.objects.create(
            pk=pk, offering=offering, position=position, name=name, type="final", percent=Decimal(50)
        )
    stories.marked(offering)

    with pytest.raises(Refused, match="Esei"):
        keep_assessments(salleh, offering, [part("Kuiz baharu", "100")], version=None)


def test_what_the_centre_closes_itself_it_need_not_be_told_of(
    zarina: Appointment, yusuf: Appointment
) -> None:
    """UTM 3.3.1.5 binds the SME; where the SME is gone the centre closes the course."""
    offering = stories.running_offering("UTM")

    with pytest.raises(Refused):
        take_step(yusuf, offering, "close_early", version=None, reason="Sakit.")
    closed = take_step(zarina, offering, "close_early", version=None, reason="Pengajar sakit.")

    assert closed.state == "ended"


@pytest.mark.parametrize(("at", "who", "cited"), [("UTM", "zarina", True), ("UNIMAS", "salleh", False)])
def test_a_clause_of_one_university_is_not_cited_at_another(at: str, who: str, cited: bool) -> None:
    """A long period is pointed out everywhere; it is UTM that says so (3.3.1.4)."""
    today = timezone.localdate()
    offering = stories.offering(
        at,
        starts_on=today,
        ends_on=today + timedelta(days=3000),
        final_due_on=None,
        certificate_fee=Decimal(9),
    )

    page = cast.client_of(cast.appear(who)).get(offering.get_absolute_url()).content.decode()

    assert "kurang daripada satu jam seminggu" in page
    assert ("3.3.1.4" in page) == cited
    assert price_lines(offering)["lines"][0]["clauses"] == (["5.1.2"] if cited else [])


# --- Teachers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("part_of", ["facilitator", "assessor"])
def test_who_helps_to_teach_does_not_answer_for_the_offering(devi: Appointment, part_of: str) -> None:
    """UTM leaves an offering to its SME: the developer or the instructor (5.2); others teach and mark."""
    offering = stories.running_offering("UTM", certificate="paid", certificate_fee=Decimal(50))
    helper = cast.appointment(devi.person, Role.LECTURER, offering.institution)
    Teacher.objects.create(offering=offering, person=devi.person, part=part_of)
    sheet = open_sheet(helper, offering)

    assert may_mark(helper, offering)
    with pytest.raises(NotAllowed):
        keep_offering(helper, offering, {"place": "Skudai"}, version=None)
    with pytest.raises(NotAllowed):
        sign_payment(helper, offering, version=None)
    with pytest.raises(NotAllowed):
        tell_of_closing(helper, offering, "Sakit.", version=None)
    with pytest.raises(NotAllowed):
        take_step(helper, offering, "close_early", version=None, reason="Sakit.")
    with pytest.raises(NotAllowed):
        submit(helper, sheet, version=sheet.version)


def test_only_active_staff_teach(salleh: Appointment, unggat: Appointment, joseph: Appointment) -> None:
    offering = opened(salleh, course())
    gone = cast.appear("edwin")
    gone.ends_on = timezone.localdate() - timedelta(days=1)
    gone.save()

    name_teacher(salleh, offering, unggat.person, FACILITATOR)
    for stranger in (joseph.person, gone.person):
        with pytest.raises(Refused) as refused:
            name_teacher(salleh, offering, stranger, FACILITATOR)
        assert refused.value.field == "person"

    assert [t.person for t in offering.teachers.all()] == [unggat.person]


def test_a_teacher_who_leaves_the_staff_is_pointed_out(salleh: Appointment, unggat: Appointment) -> None:
    offering = opened(salleh, course())
    name_teacher(salleh, offering, unggat.person, INSTRUCTOR)
    assert lapsed(offering) == []

    unggat.ends_on = timezone.localdate() - timedelta(days=1)
    unggat.save()

    assert [teacher.person for teacher in lapsed(offering)] == [unggat.person]


def test_an_announced_offering_keeps_an_instructor(salleh: Appointment) -> None:
    offering = stories.offering()

    with pytest.raises(Refused):
        remove_teacher(salleh, offering.teachers.get())

    assert offering.teachers.count() == 1


def test_a_facilitator_signs_the_agreement_that_the_sme_hands_over(
    yusuf: Appointment, salmah: Appointment
) -> None:
    offering = opened(yusuf, course("UTM", kind="mooc"), platform="OpenLearning")
    teacher = name_teacher(yusuf, offering, salmah.person, FACILITATOR)

    with pytest.raises(Refused):
        sign_agreement(salmah, teacher)
    hand_over_agreement(yusuf, teacher)
    with pytest.raises(NotAllowed):
        sign_agreement(yusuf, teacher)
    sign_agreement(salmah, Teacher.objects.get(pk=teacher.pk))

    signed = Teacher.objects.get(pk=teacher.pk)
    assert signed.offered_at
    assert signed.agreed_at
    kinds = set(Notice.objects.filter(person=salmah.person).values_list("kind", flat=True))
    assert {"offering_appointed", "offering_agreement"} <= kinds


def test_nobody_signs_before_ticking_that_they_read(yusuf: Appointment, salmah: Appointment) -> None:
    offering = opened(
        yusuf,
        course("UTM", kind="mooc"),
        platform="OpenLearning",
        certificate="paid",
        certificate_fee=Decimal(450),
    )
    teacher = name_teacher(yusuf, offering, salmah.person, FACILITATOR)
    client = cast.client_of(yusuf)
    pages = [
        reverse("offerings:payment-sign", args=[offering.pk]),
        reverse("offerings:agreement", args=[teacher.pk]),
    ]

    for page in pages:
        refused = client.post(page)
        assert refused.status_code == 422
        assert "Tandakan bahawa anda telah membaca perjanjian" in refused.content.decode()
    assert Offering.objects.get(pk=offering.pk).payment_agreed_at is None
    assert Teacher.objects.get(pk=teacher.pk).offered_at is None

    for page in pages:
        assert client.post(page, {"read": "yes"}).status_code == 302
    assert Offering.objects.get(pk=offering.pk).payment_agreed_at
    assert Teacher.objects.get(pk=teacher.pk).offered_at


def test_duties_are_done_or_overdue(yusuf: Appointment, salmah: Appointment) -> None:
    offering = stories.running_offering("UTM")
    teacher = Teacher.objects.create(
        offering=offering, person=salmah.person, part=FACILITATOR
    )  # fmt: skip
    yesterday = timezone.localdate() - timedelta(days=1)
    first = give_duty(yusuf, teacher, "Menjawab forum", yesterday)
    second = give_duty(yusuf, teacher, "Menyemak kuiz", yesterday)

    settle_duty(salmah, second, done=True)
    remind(timezone.localdate())

    told = Notice.objects.get(person=salmah.person, kind="offering_duty")
    assert told.title_ms.endswith(first.text)


# --- Announcing -----------------------------------------------------------------------------------


def ready(acting: Appointment, **fields: Any) -> Offering:
    """An offering at UNIMAS that lacks nothing but the announcement."""
    offering = opened(acting, course(), **fields)
    name_teacher(acting, offering, cast.appear("laila").person, INSTRUCTOR)
    return again(offering)


def test_an_offering_is_announced_with_what_it_needs(salleh: Appointment) -> None:
    offering = opened(salleh, course())

    with pytest.raises(Refused, match="pengajar"):
        announce(salleh, offering, version=None)

    name_teacher(salleh, offering, cast.appear("laila").person, INSTRUCTOR)
    announced = announce(salleh, offering, version=None)
    assert (announced.state, announced.announced_on) == ("announced", timezone.localdate())


def test_a_late_announcement_says_why(salleh: Appointment) -> None:
    today = timezone.localdate()
    soon = {"starts_on": today + timedelta(days=13), "ends_on": today + timedelta(days=90)}
    offering = ready(salleh, **soon)

    with pytest.raises(Refused, match="2 minggu") as refused:
        announce(salleh, offering, version=None)
    assert refused.value.field == "reason"

    announce(salleh, offering, version=None, reason="Permintaan industri.")
    assert again(offering).state == "announced"


def test_exactly_two_weeks_ahead_are_enough(salleh: Appointment) -> None:
    today = timezone.localdate()
    offering = ready(salleh, starts_on=today + timedelta(days=14), ends_on=today + timedelta(days=90))

    assert announce(salleh, offering, version=None).state == "announced"


def test_a_platform_outside_the_list_takes_the_senates_agreement(
    salleh: Appointment, unimas: Institution
) -> None:
    offering = ready(salleh, platform="Coursera")
    with pytest.raises(Refused, match="Senat"):
        announce(salleh, offering, version=None)

    keep_platform(
        salleh,
        Platform(
            institution=unimas, name="Coursera", agreement="Senat 3/2026 (12)", agreed_on=date(2026, 3, 1)
        ),
    )

    assert announce(salleh, offering, version=None).state == "announced"


def test_an_agreement_named_in_the_offering_is_enough_too(salleh: Appointment) -> None:
    offering = ready(salleh, platform="edX", platform_agreement="Senat 4/2026 (7)")

    assert announce(salleh, offering, version=None).state == "announced"


def test_offerings_begin_and_end_on_their_days(salleh: Appointment) -> None:
    today = timezone.localdate()
    begins = stories.offering(starts_on=today, ends_on=today + timedelta(days=60))
    ends = stories.running_offering(ends_on=today - timedelta(days=1), proposal=begins.proposal)
    last = stories.running_offering(ends_on=today, proposal=begins.proposal)

    assert go_on_with_offerings.func() == 2

    assert [again(each).state for each in (begins, ends, last)] == ["running", "ended", "running"]


def test_all_learners_are_told_a_week_before_the_end() -> None:
    today = timezone.localdate()
    offering = stories.running_offering(ends_on=today + timedelta(days=20), learners=2)

    remind(today)
    assert not Notice.objects.filter(kind="offering_ending").exists()
    remind(today + timedelta(days=12))
    remind(today + timedelta(days=13))

    told = Notice.objects.filter(kind="offering_ending")
    assert {notice.person for notice in told} == {e.person for e in offering.enrolments.all()}
    assert told.count() == Mail.objects.filter(subject__in=[n.title_ms for n in told]).count() == 2


# --- UTM: readiness, approval, letter, closing ----------------------------------------------------


def at_utm(yusuf: Appointment, **fields: Any) -> Offering:
    return opened(yusuf, course("UTM", kind="mooc"), **({"platform": "OpenLearning"} | fields))


def ticked(yusuf: Appointment, offering: Offering) -> None:
    lists = offering.declared().checklists
    tick(yusuf, offering, "sme", [item.key for item in lists["sme"]], version=None)
    rashid = cast.appear("rashid")
    tick(rashid, offering, "faculty", [item.key for item in lists["faculty"]], version=None)


def test_readiness_of_both_comes_before_the_faculty_approves(yusuf: Appointment, rashid: Appointment) -> None:
    offering = take_step(yusuf, at_utm(yusuf), "ask_approval", version=None)
    assert offering.state == "readiness"

    with pytest.raises(Refused, match="senarai semak"):
        take_step(rashid, offering, "approve_faculty", version=None)
    ticked(yusuf, offering)

    assert take_step(rashid, offering, "approve_faculty", version=None).state == "approval"
    assert again(offering).faculty_ticks["workload"]["by"] == rashid.person.name


def test_each_side_ticks_its_own_list(yusuf: Appointment, rashid: Appointment, tan: Appointment) -> None:
    offering = at_utm(yusuf)

    for acting, side in ((yusuf, "faculty"), (rashid, "sme"), (tan, "sme")):
        with pytest.raises(NotAllowed):
            tick(acting, offering, side, ["period"], version=None)


def test_the_faculty_sends_its_list_and_the_centre_a_letter_of_approval(
    yusuf: Appointment, rashid: Appointment, tan: Appointment, zarina: Appointment
) -> None:
    offering = take_step(yusuf, at_utm(yusuf), "ask_approval", version=None)
    ticked(yusuf, offering)
    take_step(rashid, offering, "approve_faculty", version=None)
    assert offering.proposal.code in Notice.objects.get(person=zarina.person, kind="offering_list").text_ms

    take_step(zarina, offering, "approve", version=None)

    letter = Paper.objects.get(offering=offering)
    assert letter.reference.startswith("UTM/T/")
    with letter.file.open() as file:
        assert file.read(5) == b"%PDF-"
    told = Notice.objects.filter(kind="offering_approved").values_list("person", flat=True)
    assert set(told) == {yusuf.person_id, rashid.person_id, tan.person_id}
    assert Mail.objects.filter(attachment=letter.file.name).count() == 3


def test_the_code_of_the_equivalent_course_reaches_the_faculty(yusuf: Appointment, tan: Appointment) -> None:
    at_utm(yusuf, equivalent_code="SCSR1013")

    assert "SCSR1013" in Notice.objects.get(person=tan.person, kind="offering_equivalent").title_ms


def test_a_paid_certificate_needs_the_signed_agreement(yusuf: Appointment) -> None:
    offering = at_utm(yusuf, certificate="paid", certificate_fee=Decimal(450))

    with pytest.raises(Refused, match="perjanjian pembahagian"):
        take_step(yusuf, offering, "ask_approval", version=None)
    sign_payment(yusuf, offering, version=None)

    assert take_step(yusuf, offering, "ask_approval", version=None).state == "readiness"


def test_an_agreement_on_another_price_is_signed_anew(yusuf: Appointment, zarina: Appointment) -> None:
    """What was signed names the price; a price that changes later is not covered by it (UTM 5.2.3)."""
    offering = at_utm(yusuf, certificate="paid", certificate_fee=Decimal(450))
    sign_payment(yusuf, offering, version=None)
    keep_offering(yusuf, offering, {"place": "Skudai"}, version=None)
    assert Offering.objects.get(pk=offering.pk).payment_agreed_at is not None
    Offering.objects.filter(pk=offering.pk).update(state="approved")

    keep_offering(zarina, offering, {"certificate_fee": Decimal(500)}, version=None)

    assert Offering.objects.get(pk=offering.pk).payment_agreed_at is None
    with pytest.raises(Refused, match="perjanjian pembahagian"):
        announce(zarina, offering, version=None, reason="Lewat.")


def test_the_agreement_names_who_signed_it(yusuf: Appointment, devi: Appointment) -> None:
    offering = at_utm(yusuf, certificate="paid", certificate_fee=Decimal(450))
    assert signatory_of(offering) == yusuf.person.name
    instructor = cast.appointment(devi.person, Role.LECTURER, offering.institution)
    Teacher.objects.create(offering=offering, person=devi.person, part="instructor")

    signed = sign_payment(instructor, offering, version=None)

    assert signatory_of(signed) == devi.person.name


def test_a_course_is_not_closed_during_its_offering_before_the_centre_was_told(
    yusuf: Appointment, zarina: Appointment
) -> None:
    offering = stories.running_offering("UTM", learners=1)

    with pytest.raises(Refused, match="Maklumkan UTMLead"):
        take_step(yusuf, offering, "close_early", version=None, reason="Pensyarah sakit.")
    tell_of_closing(yusuf, offering, "Pensyarah sakit.", version=None)
    with pytest.raises(Refused, match="mulai esok"):
        take_step(yusuf, offering, "close_early", version=None, reason="Pensyarah sakit.")
    assert Notice.objects.filter(person=zarina.person, kind="offering_closing").count() == 1

    Offering.objects.filter(pk=offering.pk).update(centre_told_on=timezone.localdate() - timedelta(days=1))
    closed = take_step(yusuf, offering, "close_early", version=None, reason="Pensyarah sakit.")

    assert (closed.state, closed.ends_on) == ("ended", timezone.localdate())
    learner = offering.enrolments.get().person
    assert "Pensyarah sakit." in Notice.objects.get(person=learner, kind="offering_closed").text_ms


@pytest.mark.parametrize("step", ["cancel", "close_early"])
def test_nothing_is_closed_without_a_reason(salleh: Appointment, step: str) -> None:
    offering = stories.running_offering() if step == "close_early" else stories.offering()

    with pytest.raises(Refused) as refused:
        take_step(salleh, offering, step, version=None, reason="  ")

    assert refused.value.field == "reason"


# --- Pages ----------------------------------------------------------------------------------------


def test_the_form_shows_the_learning_time_beside_the_days(salleh: Appointment) -> None:
    page = cast.client_of(salleh).get(f"/offerings/new/?course={course().pk}").content.decode()

    assert "120 jam" in page
    assert "12 minggu pada 10 jam seminggu" in page


def test_an_offering_is_begun_changed_and_announced_on_its_pages(salleh: Appointment) -> None:
    browser, there = cast.client_of(salleh), course()
    sent = {key: value or "" for key, value in terms().items()} | {
        "fee": "50",
        "requirements_ms": "Berumur 18 tahun\nPengalaman kerja",
        "requirements_en": "18 years old\nWork experience",
    }

    answer = browser.post(f"/offerings/new/?course={there.pk}", sent, follow=True)

    offering = Offering.objects.get(proposal=there)
    assert answer.redirect_chain[-1][0] == offering.get_absolute_url()
    assert offering.requirements[1] == {"ms": "Pengalaman kerja", "en": "Work experience"}
    browser.post(f"/offerings/{offering.pk}/teachers/", {"email": cast.appear("laila").person.email, "part": "instructor"})  # fmt: skip
    browser.post(f"/offerings/{offering.pk}/steps/announce/", {"version": again(offering).version})
    assert again(offering).state == "announced"


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(salleh: Appointment) -> None:
    there = course()
    sent = terms(ends_on="2027-02-01", starts_on="2027-03-01", fee="0")

    answer = cast.client_of(salleh).post(f"/offerings/new/?course={there.pk}", sent)

    assert answer.status_code == 422
    assert answer.context["form"].errors["ends_on"]
    assert "Mac 2027" in answer.content.decode()


def test_99_percent_on_the_page(salleh: Appointment) -> None:
    offering = opened(salleh, course())
    quiz, project = offering.assessments.all()
    sent = {"part-TOTAL_FORMS": "2", "part-INITIAL_FORMS": "2", "version": offering.version}
    for place, (row, percent) in enumerate(((quiz, "39"), (project, "60"))):
        sent |= {
            f"part-{place}-{name}": value
            for name, value in {
                "pk": row.pk, "name": row.name, "type": row.type, "form": row.form, "purpose": row.purpose,
                "percent": percent, "attempts": "1",
            }.items()
        }  # fmt: skip

    answer = cast.client_of(salleh).post(f"/offerings/{offering.pk}/assessments/", sent)

    assert answer.status_code == 422
    assert "berjumlah 99 %" in answer.content.decode()
    assert 'value="39"' in answer.content.decode()


def test_a_small_class_is_warned_of_with_its_clause(yusuf: Appointment) -> None:
    offering = at_utm(yusuf, least_learners=20)

    page = cast.client_of(yusuf).get(offering.get_absolute_url()).content.decode()

    assert "sekurang-kurangnya 30 orang" in page
    assert "Lampiran C note 3" in page


def test_the_timetable_lists_lecturers_of_a_semester_and_is_taken_along(rashid: Appointment) -> None:
    semester = cast.semester(cast.institution("UTM"))
    offering = stories.offering(
        "UTM", starts_on=semester.starts_on, ends_on=semester.ends_on, equivalent_code="SCSR1013"
    )
    browser = cast.client_of(rashid)

    page = browser.get("/offerings/timetable/").content.decode()
    table = browser.get("/offerings/timetable/?form=csv").getvalue().decode("utf-8-sig")

    assert "Yusuf bin Hamzah" in page
    assert offering.proposal.code in table
    assert "SCSR1013" in table


@pytest.mark.parametrize("paper", ["plan.pdf", "payment/"])
def test_papers_are_printed(yusuf: Appointment, paper: str) -> None:
    offering = at_utm(yusuf, certificate="paid", certificate_fee=Decimal(450))

    answer = cast.client_of(yusuf).get(f"{offering.get_absolute_url()}{paper}")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_the_agreement_is_printed(yusuf: Appointment, salmah: Appointment) -> None:
    teacher = name_teacher(yusuf, at_utm(yusuf), salmah.person, FACILITATOR)

    answer = cast.client_of(yusuf).get(f"/offerings/teachers/{teacher.pk}/agreement/")

    assert answer.content.startswith(b"%PDF-")


def test_an_auditor_reads_and_changes_nothing(hamidah: Appointment, salleh: Appointment) -> None:
    offering, browser = opened(salleh, course()), cast.client_of(hamidah)

    assert browser.get(offering.get_absolute_url()).status_code == 200
    assert browser.post(f"{offering.get_absolute_url()}edit/", {}).status_code == 403
    assert browser.post(f"{offering.get_absolute_url()}steps/announce/", {}).status_code == 403
    assert hamidah.role == Role.AUDITOR


def test_the_desk_says_what_waits_before_an_offering(
    yusuf: Appointment, rashid: Appointment, zarina: Appointment, salmah: Appointment
) -> None:
    offering = at_utm(yusuf)
    teacher = name_teacher(yusuf, offering, salmah.person, FACILITATOR)
    hand_over_agreement(yusuf, teacher)
    give_duty(yusuf, teacher, "Menjawab forum", timezone.localdate() - timedelta(days=1))
    take_step(yusuf, again(offering), "ask_approval", version=None)

    def waiting(acting: Appointment) -> dict[str, int]:
        return {str(work.label): work.count for work in preparing(acting) if work.count}

    assert waiting(rashid) == {"Penawaran yang anda sahkan kesediaannya": 1}
    assert waiting(salmah) == {"Perjanjian untuk ditandatangani": 1, "Tugas dalam kursus yang anda ajar": 1}
    Offering.objects.filter(pk=offering.pk).update(state="approval")
    assert waiting(zarina) == {"Penawaran untuk diluluskan": 1}


def test_a_visitor_is_asked_to_log_in() -> None:
    assert Client().get("/offerings/").status_code == 302


def test_the_list_counts_those_who_came_to_the_end_too(salleh: Appointment) -> None:
    offering = stories.running_offering(learners=3)
    first, second, _third = offering.enrolments.all()
    for enrolment, state in ((first, "completed"), (second, "withdrawn")):
        enrolment.state = state
        enrolment.save()
    Offering.objects.filter(pk=offering.pk).update(state="ended")

    page = cast.client_of(salleh).get("/offerings/")
    assert [each.seated for each in page.context["page"]] == [2]
