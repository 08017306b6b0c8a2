"""Walking an offering to the state of its story: learners enrol, learn, are marked; results go their way."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.credentials.actions.issuing import carry_out
from portal.demonstration.afterwards import count_load, earn
from portal.demonstration.course_story import OfferingStory
from portal.demonstration.meetings import approve
from portal.demonstration.proposing import Staff
from portal.monitoring.actions.teaching import log
from portal.offerings.actions.announcing import take_step
from portal.offerings.actions.enrolling import Choices, enrol
from portal.offerings.actions.leaving import answer_leave, ask_to_leave
from portal.offerings.actions.marking import Entry, enter_marks
from portal.offerings.actions.materials import keep_material, mark_done, note_access
from portal.offerings.actions.results import finish, issue, open_sheet, submit, take
from portal.offerings.actions.setting_up import open_offering, tick
from portal.offerings.actions.surveying import answer, keep_survey
from portal.offerings.actions.teaching import name_teacher
from portal.offerings.experience import standard_questions
from portal.offerings.models import (
    Assessment,
    Enrolment,
    LeaveRequest,
    Material,
    Offering,
    ResultSheet,
    Teacher,
)
from portal.offerings.process import WALK
from portal.payments.actions import record_payment
from portal.payments.actions.settling import Money
from portal.payments.models import Order
from portal.proposals.models import Proposal

LENGTH = timedelta(days=56)
LEAD = timedelta(days=30)
MARKS = (("82", "76"), ("64", "71"), ("91", "88"), ("58", "49"), ("73", "80"), ("35", "41"), ("77", "69"))
PREPARED = ("draft", "readiness", "approval", "approved")
OWN_STATES = (*PREPARED, "announced", "running", "ended", "cancelled")
LARGE = 9
"""Learners from whom on a class is large."""
GROUPS = ("working", "community", "industry", "agency", "student")
WORDS = ("Menjawab soalan dalam forum.", "Sesi langsung mingguan.", "Maklum balas bagi kuiz.")


class Running:
    """Takes one offering to where its story says it stands."""

    def __init__(
        self, story: OfferingStory, course: Proposal, staff: Staff, people: list[Person], today: date
    ) -> None:
        self.story, self.course, self.staff, self.people, self.today = story, course, staff, people, today
        self.centre, self.lecturer = staff[Role.ELEARNING_CENTRE][0], staff[Role.LECTURER][0]
        self.offering = self.opened()

    def go(self) -> None:
        """Walk until the state of the story is reached."""
        self.make_ready()
        if self.story.until in PREPARED:
            return
        self.announce()
        self.take_in()
        if self.story.until == "cancelled":
            self.step(self.centre, "cancel", "Bilangan pelajar tidak mencukupi.")
        if self.story.until in ("announced", "cancelled"):
            return
        self.begin()
        self.teach()
        if self.story.until in OWN_STATES:
            return
        self.end()
        self.results()

    def opened(self) -> Offering:
        """Open the offering with days to come; they are moved once learners are in."""
        first = self.today + LEAD
        fields = {
            "cohort": self.story.cohort,
            "mode": self.story.mode,
            "starts_on": first,
            "ends_on": None if self.story.mode == "self_paced" else first + LENGTH,
            "final_due_on": None if self.story.mode == "self_paced" else first + LENGTH,
            "fee": Decimal(self.course.content.get("fee") or 0) if self.story.waiting else Decimal(0),
            "certificate_confirmed": True,
            "most_learners": self.story.learners if self.story.waiting else None,
            "platform": platform_of(self.course),
        }
        if self.story.certificate:
            fields |= {"certificate": "paid", "certificate_fee": Decimal(self.story.certificate)}
        return open_offering(self.opener(), self.course, fields)

    def opener(self) -> Appointment:
        """Return who sets the offering up: the SME at UTM, the centre elsewhere."""
        return self.lecturer if self.course.policy == "utm" else self.centre

    def again(self) -> Offering:
        """Return the offering as it stands now."""
        return Offering.objects.get(pk=self.offering.pk)

    def make_ready(self) -> None:
        """Name the instructor, and at UTM ask faculty and centre."""
        person = self.lecturer.person
        if not self.offering.teachers.filter(person=person, part=Teacher.Part.INSTRUCTOR).exists():
            name_teacher(self.opener(), self.offering, person, Teacher.Part.INSTRUCTOR)
        if self.course.policy != "utm" or self.story.until == "draft":
            return
        if self.story.certificate:
            Offering.objects.filter(pk=self.offering.pk).update(payment_agreed_at=timezone.now())
        self.step(self.lecturer, "ask_approval")
        if self.story.until == "readiness":
            return
        lists = self.again().declared().checklists
        dean = self.staff[Role.DEAN][0]
        for side, acting in (("faculty", dean), ("sme", self.lecturer)):
            tick(acting, self.again(), side, [item.key for item in lists[side]], version=None)
        self.step(dean, "approve_faculty")
        if self.story.until != "approval":
            self.step(self.centre, "approve")

    def step(self, acting: Appointment, name: str, reason: str = "") -> None:
        """Take a step of the offering."""
        take_step(acting, self.again(), name, version=None, reason=reason)

    def announce(self) -> None:
        self.step(self.centre, "announce")

    def take_in(self) -> None:
        """Let the learners enrol; who has to pay waits for it, who finds no seat waits for one."""
        for place, person in enumerate(self.people[: self.story.learners + self.story.waiting]):
            choices = Choices(group=GROUPS[place % len(GROUPS)], contact=(), wants_transfer=place % 3 == 0)
            enrolment = enrol(person, self.again(), choices)
            if enrolment.order is not None and place % 6:
                self.pay(enrolment.order)

    def pay(self, order: Order) -> None:
        """Let the bursar record that a learner paid at the counter."""
        money = Money("transfer", f"FPX-C{order.pk:05}", order.total, self.today)
        record_payment(self.staff[Role.BURSAR][0], order, money)

    def begin(self) -> None:
        """Move the days to where the story puts them, and let the offering begin."""
        first = self.today + timedelta(days=self.story.begins)
        last = None if self.story.mode == "self_paced" else first + LENGTH
        Offering.objects.filter(pk=self.offering.pk).update(
            starts_on=first, ends_on=last, final_due_on=last, announced_on=first - LEAD
        )
        self.offering.assessments.update(due_on=last)
        at = timezone.now() - timedelta(days=max((self.today - first).days, 0))
        learners = self.offering.enrolments.filter(active_at__isnull=False)
        for place, enrolment in enumerate(learners):
            Enrolment.objects.filter(pk=enrolment.pk).update(active_at=at - timedelta(days=place % 12))
        WALK.go_on(WALK.locked(self.again(), None))

    def teach(self) -> None:
        """Keep materials, talk with the learners every week but one, and enter the marks there are."""
        if not self.course.materials.exists():
            self.write_materials()
        offering = self.again()
        first = offering.starts_on or self.today
        week, words = 0, list(WORDS)
        while first + timedelta(days=7 * week) <= min(self.today, offering.ends_on or self.today):
            if week != 2:
                log(self.lecturer, offering, first + timedelta(days=7 * week), words[week % len(words)])
            week += 1
        self.mark(offering.assessments.order_by("position")[:1])
        self.learn()
        self.let_go()

    def learn(self) -> None:
        """Let each learner open and finish some of the materials."""
        materials = list(self.course.materials.order_by("unit", "position"))
        for place, enrolment in enumerate(self.active()):
            for material in materials[: 1 + place % len(materials)]:
                note_access(enrolment.person, material)
                mark_done(enrolment, material, done=True)

    def active(self) -> list[Enrolment]:
        """Return the learners who take part, in the order of joining."""
        there = self.offering.enrolments.filter(state=Enrolment.State.ACTIVE)
        return list(there.select_related("person", "offering").order_by("pk"))

    def let_go(self) -> None:
        """Let one learner of a larger class withdraw, and another one ask to defer."""
        learners = self.active()
        if len(learners) < LARGE:
            return
        leaving, waiting = learners[-1], learners[-2]
        asked = ask_to_leave(of(leaving), leaving, LeaveRequest.Kind.WITHDRAW, "Bertukar tempat kerja.")
        answer_leave(self.centre, asked, granted=True, answer="Diluluskan.")
        ask_to_leave(of(waiting), waiting, LeaveRequest.Kind.DEFER, "Cuti bersalin.")

    def write_materials(self) -> None:
        """Write a page for each unit or module of the course's plan."""
        content = self.course.content
        units = content.get("units") or content.get("modules") or [{"title_ms": self.course.name_ms}]
        for number, unit in enumerate(units, start=1):
            page = Material(
                proposal=self.course,
                unit=number,
                kind=Material.Kind.PAGE,
                title=unit["title_ms"],
                text=f"## {unit['title_ms']}\n\nBaca, tonton, kemudian jawab kuiz minggu ini.",
                own_work=True,
            )
            keep_material(self.lecturer, self.again(), page)

    def mark(self, assessments: Iterable[Assessment]) -> None:
        """Enter a mark for each learner who takes part."""
        rows = []
        for place, enrolment in enumerate(self.active()):
            for number, assessment in enumerate(assessments):
                text = MARKS[place % len(MARKS)][number % 2]
                rows.append(Entry(enrolment.pk, assessment.pk, text, feedback="Teruskan usaha."))
        enter_marks(self.lecturer, self.again(), rows)

    def end(self) -> None:
        """Let the offering end, with every mark entered and the survey answered."""
        self.mark(self.offering.assessments.all())
        self.ask()
        WALK.go_on(WALK.locked(self.again(), None))

    def ask(self) -> None:
        """Hold the survey of the course; most learners answer."""
        questions = standard_questions()
        survey = keep_survey(self.lecturer, self.again(), questions, self.today, None)
        for place, enrolment in enumerate(self.active()[:6]):
            given = {
                question["key"]: str(5 - place % 3) if question["sort"] == "rating" else "Contoh yang jelas."
                for question in questions
            }
            answer(enrolment, survey, given)

    def results(self) -> None:
        """Take the results to where the story says they stand."""
        sheet = open_sheet(self.lecturer, self.again())
        sheet = submit(self.lecturer, sheet, version=sheet.version)
        while sheet.state not in (self.story.until, "confirmed"):
            if sheet.state == "centre_check":
                sheet = take(self.centre, sheet, "put_forward", version=sheet.version)
            elif sheet.state == "report_check":
                sheet = take(self.centre, sheet, "confirm", version=sheet.version)
            else:
                approve(self.staff[Role.COMMITTEE_SECRETARY][0], "results", sheet.pk, self.today)
            sheet = ResultSheet.objects.get(pk=sheet.pk)
        if self.story.until == "issued":
            sheet = issue(self.centre, sheet, version=sheet.version)
            if sheet.run is not None:
                carry_out(sheet.run)
                finish(sheet)
        if self.story.income:
            count_load(self.again(), self.staff)
            earn(self.again(), self.staff, self.story.income, self.today)


def platform_of(course: Proposal) -> str:
    """Return a platform that the policy names."""
    return {"unimas": "eLEAP", "utm": "OpenLearning"}.get(course.policy, "")


def of(enrolment: Enrolment) -> Appointment:
    """Return the appointment in which a learner acts."""
    found: Appointment = enrolment.person.appointments.get()
    return found
