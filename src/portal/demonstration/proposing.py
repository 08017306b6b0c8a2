"""Walking a course proposal to the state of its story, by the actions that people take."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.demonstration.course_story import CourseStory, content_of
from portal.demonstration.meetings import approve
from portal.proposals.actions.attaching import attach
from portal.proposals.actions.certifying import achievement_of, describe_certificate
from portal.proposals.actions.developing import finish
from portal.proposals.actions.drafting import confirm, hand_in, save, start
from portal.proposals.actions.evaluating import Filled, appoint_evaluator, begin, fill_in
from portal.proposals.actions.registering import Entry, register
from portal.proposals.actions.reviewing import take_step
from portal.proposals.actions.vetting import appoint_expert, vet
from portal.proposals.criteria import sections_of
from portal.proposals.editing import digest_of
from portal.proposals.fields import form_of
from portal.proposals.models import Attachment, Evaluation, Proposal, Registration, Vetting
from portal.proposals.progress import BEFORE_VETTING
from tauliah.files import paper
from tauliah.files.letter import Letter, Paragraph, letter_pdf
from tauliah.values.text import Text

Sort, Where = Evaluation.Sort, Registration.Where
Staff = dict[str, list[Appointment]]
COMMITTEES = ("endorsement_jtsppa", "endorsement_jtsps", "endorsement_jppeu", "senate")


class Proposing:
    """Takes one proposal from the first draft to where its story says it stands."""

    def __init__(self, story: CourseStory, staff: Staff, today: date) -> None:
        self.story, self.staff, self.today = story, staff, today
        self.lecturer = self.one(Role.LECTURER)
        self.proposal = self.drafted()
        self.ways = {
            "draft": lambda: self.own("submit"),
            "head_review": self.approve_head,
            "centre_review": self.approve_centre,
            "faculty_review": lambda: self.step(Role.DEAN, "approve_faculty"),
            "request": self.accept,
            "development": self.develop,
            "vetting": self.vet,
            "evaluation": self.evaluate,
            "presentation": lambda: self.step(Role.ELEARNING_CENTRE, "present"),
            **dict.fromkeys(COMMITTEES, self.decide),
            "registration": self.register,
        }

    def one(self, role: Role) -> Appointment:
        """Return who holds a role."""
        return self.staff[role][0]

    def go(self) -> Proposal:
        """Walk until the state of the story is reached."""
        while self.proposal.state != self.story.until and not self.ended():
            self.ways[self.proposal.state]()
            self.proposal = Proposal.objects.get(pk=self.proposal.pk)
        if self.story.days_late:
            self.proposal.due_on = self.today - timedelta(days=self.story.days_late)
            self.proposal.touch("due_on")
            self.proposal.milestones.filter(done_on=None).update(due_on=self.proposal.due_on)
        return self.proposal

    def ended(self) -> bool:
        """Withdraw the proposal, send it back or reject it, where that is how the story ends."""
        if self.story.until == "withdrawn":
            hand_in(self.lecturer, self.proposal, "withdraw", version=self.proposal.version)
            self.proposal = self.again()
            return True
        role, name = {
            ("centre_review", "revision"): (Role.ELEARNING_CENTRE, "return_centre"),
            ("centre_review", "rejected"): (Role.CENTRE_DIRECTOR, "reject"),
            ("faculty_review", "revision"): (Role.DEAN, "send_back"),
            ("request", "revision"): (Role.ELEARNING_CENTRE, "return_request"),
        }.get((self.proposal.state, self.story.until), (None, ""))
        if role is None:
            return False
        self.step(role, name, self.story.reason)
        self.proposal = Proposal.objects.get(pk=self.proposal.pk)
        return True

    def drafted(self) -> Proposal:
        """Write the form page by page, as the lecturer does."""
        story, acting = self.story, self.lecturer
        faculty = acting.faculty
        assert faculty is not None
        title = f"Micro-Credential in {story.en}" if story.institution == "UNIMAS" else story.en
        begun = start(acting, story.kind, faculty, story.ms, title)
        content = content_of(story) | {
            "lecturers": [{"name": acting.person.name, "email": acting.person.email}]
        }
        given = content | {"name_ms": story.ms, "name_en": title, "original": story.original}
        for section in form_of(begun):
            values = {field.name: given[field.name] for field in section.fields if field.name in given}
            begun = save(acting, begun, section, values, seen=digest_of(begun, section))
        if story.kind == "stand_alone":
            file = SimpleUploadedFile("kaji-selidik.pdf", survey(story, self.today))
            attach(acting, begun, file, Attachment.Kind.MARKET_SURVEY)
        begun = Proposal.objects.get(pk=begun.pk)
        return confirm(acting, begun, policies=True, ownership=True, version=begun.version)

    def own(self, name: str) -> None:
        """Take a step of the developer's."""
        if name == "submit":
            hand_in(self.lecturer, self.proposal, name, version=self.proposal.version)
        else:
            take_step(self.lecturer, self.proposal, name, version=self.proposal.version)

    def step(self, role: Role, name: str, reason: str = "") -> None:
        """Take a step of somebody else's."""
        take_step(self.one(role), self.again(), name, version=self.again().version, reason=reason)

    def again(self) -> Proposal:
        """Return the proposal as it stands now."""
        return Proposal.objects.get(pk=self.proposal.pk)

    def approve_head(self) -> None:
        if self.story.kind == "accredited":
            self.step(Role.DEAN, "approve_head")
        else:
            self.step(Role.DEPUTY_DEAN_INDUSTRY, "approve_head_industry")

    def approve_centre(self) -> None:
        if "approve_faculty" in self.proposal.declared().steps:
            return self.step(Role.ELEARNING_CENTRE, "approve_centre")
        self.filled(self.one(Role.ELEARNING_CENTRE), Sort.CENTRE)
        return self.step(Role.CENTRE_DIRECTOR, "approve_centre")

    def filled(self, acting: Appointment, sort: str, evaluation: Evaluation | None = None) -> None:
        """Fill an evaluation in: everything ticked, every indicator rated 4."""
        evaluation = evaluation or begin(acting, self.again(), sort)
        sections = sections_of(self.again(), sort)
        figures = dict(evaluation.figures)
        if video := figures.get("video"):
            figures["video"] = {**video, "original_minutes": video.get("minutes")}
        filled = Filled(
            ticks={item.key: True for section in sections for item in section.items},
            ratings={section.name: 4 for section in sections if section.rated},
            conclusion="Memenuhi kriteria.",
            url="https://mooc.contoh.example/kursus",
            figures=figures,
        )
        fill_in(acting, evaluation, filled, hand_in=True)

    def accept(self) -> None:
        self.enter(Role.ELEARNING_CENTRE, Where.INSTITUTION_ACCOUNT, f"MOOC-{self.proposal.pk:03}")
        self.step(Role.ELEARNING_CENTRE, "accept")

    def enter(self, role: Role, where: Registration.Where, number: str) -> None:
        """Enter a registration."""
        entry = Entry(where, number=number, registered_on=self.today)
        register(self.one(role), self.again(), entry, version=self.again().version)

    def develop(self) -> None:
        steps = self.proposal.declared().steps
        if "hand_in_materials" in steps:
            for name in ("table_4_approved", *BEFORE_VETTING):
                role = Role.ELEARNING_CENTRE if name == "table_4_approved" else Role.LECTURER
                milestone = self.again().milestones.get(name=name)
                finish(self.one(role), milestone, self.today, version=self.again().version)
            return self.step(Role.LECTURER, "hand_in_materials")
        self.filled(self.lecturer, Sort.SELF if "accept" in steps else Sort.CHECKLIST)
        return self.step(Role.LECTURER, "hand_in")

    def vet(self) -> None:
        centre, expert = self.one(Role.ELEARNING_CENTRE), self.staff[Role.SUBJECT_EXPERT][-1]
        due = self.today + timedelta(days=14)
        vetting = appoint_expert(centre, self.again(), expert.person, due, version=self.again().version)
        items = self.proposal.declared().checklists["expert"]
        vet(expert, vetting, {item.key: True for item in items}, "Baik.", Vetting.Decision.PASSED)
        self.step(Role.ELEARNING_CENTRE, "accept_vetting")

    def evaluate(self) -> None:
        people = {Sort.COORDINATOR: Role.PROGRAMME_COORDINATOR, Sort.EXTERNAL: Role.SUBJECT_EXPERT}
        if "accept" not in self.proposal.declared().steps:
            people = {Sort.COURSE: Role.SUBJECT_EXPERT}
        for sort, role in people.items():
            who = self.one(role)
            centre, now = self.one(Role.ELEARNING_CENTRE), self.again()
            asked = appoint_evaluator(centre, now, sort, who.person, None, version=now.version)
            self.filled(who, sort, asked)
        self.describe_early()
        self.step(Role.ELEARNING_CENTRE, "conclude")

    def describe_early(self) -> None:
        """Describe the certificate where the Senate's approval is the last step."""
        if "register" not in self.proposal.declared().steps:
            self.describe()

    def decide(self) -> None:
        """Let the committee whose turn it is approve."""
        approve(self.one(Role.COMMITTEE_SECRETARY), "proposal", self.proposal.pk, self.today)

    def describe(self) -> None:
        """Keep what certificates say of the course, as the proposal fills it in."""
        now = self.again()
        achievement = achievement_of(now)
        achievement.code = achievement.code or self.story.code
        achievement.credits = achievement.credits or Decimal(1)
        achievement.enrolment_ms = achievement.enrolment_ms or "Terbuka kepada semua."
        achievement.enrolment_en = "Open to everybody."
        describe_certificate(self.one(Role.ELEARNING_CENTRE), now, achievement, version=now.version)

    def register(self) -> None:
        if "registered_with_mqa" in needs_of(self.proposal):
            if self.story.kind == "accredited":
                self.enter(Role.QUALITY_UNIT, Where.MQA, f"MQA/FA {self.proposal.pk:04}")
            self.enter(Role.ELEARNING_CENTRE, Where.UNIVERSITY, f"MC-{self.proposal.pk:03}")
        self.describe()
        self.step(Role.ELEARNING_CENTRE, "register")


def needs_of(proposal: Proposal) -> set[str]:
    """Return the facts that registering needs."""
    return {need.fact for need in proposal.declared().steps["register"].needs}


def survey(story: CourseStory, today: date) -> bytes:
    """Print a market survey of a course, on plain paper."""
    institution = paper.Institution(
        name=Text(story.institution, story.institution), short_name=story.institution
    )
    found = Paragraph("31 daripada 36 responden mahu mengikuti kursus ini.")
    return letter_pdf(
        Letter(institution, "ms", today, f"Kaji selidik pasaran: {story.ms}", [found], salutation="")
    )
