"""Walking an application to its state, step by step, through the same actions that people take."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.applications.actions.appealing import appeal
from portal.applications.actions.assessing import Mark, Sitting, arrange, assess_outcomes, mark
from portal.applications.actions.deciding import Verdict, confirmed, decide, look_again
from portal.applications.actions.evidence import accept_documents, ask_evidence, tick
from portal.applications.actions.mapping import ask_experts
from portal.applications.actions.reviewing import Review, review
from portal.applications.actions.submission import submit, withdraw
from portal.applications.facts import mapping_settled, onsite_asked
from portal.applications.models import Application, Claim
from portal.applications.process import process_of
from portal.catalogue.models import Course
from portal.demonstration.story import Story, Wish
from portal.matching.actions import Part, judge, keep_precedent
from portal.payments.actions import record_payment
from portal.payments.actions.settling import Money
from portal.payments.models import Order

LONGEST_WAY = 20
PRECEDENT_HOLDS = timedelta(days=3 * 365)
ABSENT_REASON = "Diperakukan mengikut cadangan sistem."


class Walk:
    """One application on its way, with the people of its institution."""

    def __init__(self, story: Story, application: Application, staff: dict[str, list[Appointment]]) -> None:
        self.story, self.application, self.staff = story, application, staff
        self.wishes: dict[str, Wish] = {wish.target: wish for wish in story.wishes}
        self.way: dict[str, Callable[[], None]] = {
            "draft": self.hand_in,
            "fee": self.pay,
            "document_check": self.check,
            "mapping": self.map,
            "assessment": self.assess,
            "recommendation": self.recommend,
            "decision": self.decide,
            "second_look": self.uphold,
            "decided": self.ask_again,
            "appeal_fee": self.pay_appeal,
            "appeal": self.decide_appeal,
        }

    def go(self) -> Application:
        """Walk until the story's state; then let its deadline pass, where the story says so."""
        for _ in range(LONGEST_WAY):
            if self.application.state == self.story.until:
                break
            if self.story.until == "withdrawn" and self.application.state == "document_check":
                withdraw(self.student, self.application, version=self.version, reason="Mengambil kursus ini.")
            elif self.story.until == "more_evidence" and self.application.state == "document_check":
                self.ask_for_more()
            else:
                self.way[self.application.state]()
            self.look()
        self.halfway()
        if self.story.days_late:
            self.let_time_pass(self.story.days_late)
        return self.application

    def look(self) -> None:
        """See the application as it is now."""
        self.application = Application.objects.select_related(
            "student__person", "order", "transfer_order"
        ).get(pk=self.application.pk)

    @property
    def version(self) -> int:
        """The version as the person sees it."""
        return self.application.version

    @property
    def student(self) -> Appointment:
        """The applicant."""
        person = self.application.student.person
        found: Appointment = person.appointments.get(role=Role.STUDENT)
        return found

    def one(self, role: Role, number: int = 0) -> Appointment:
        """Somebody of a role, in the application's faculty where the role is bound to one."""
        return self.staff[role][number]

    def claims(self) -> list[Claim]:
        """The claims in their order."""
        return list(self.application.claims.select_related("target", "comparison").order_by("position"))

    # --- The steps --------------------------------------------------------------------------------------

    def hand_in(self) -> None:
        """The student submits."""
        submit(self.student, self.application, version=self.version)

    def pay(self) -> None:
        """The bursar takes the processing fee."""
        self.take_money(self.application.order)

    def take_money(self, order: Order | None) -> None:
        """Record the payment of an order at the counter."""
        assert order is not None
        money = Money("transfer", f"FPX-{order.pk:06}", order.total, timezone.localdate())
        record_payment(self.one(Role.BURSAR), order, money)

    def ask_for_more(self) -> None:
        """The coordinator asks for more evidence."""
        due = timezone.localdate() + timedelta(days=14)
        coordinator = self.one(Role.PROGRAMME_COORDINATOR)
        ask_evidence(coordinator, self.application, self.story.asked_for, due, version=self.version)

    def check(self) -> None:
        """The coordinator ticks the checklist and accepts the documents."""
        coordinator = self.one(Role.PROGRAMME_COORDINATOR)
        if items := process_of(self.application).checklists.get("faculty", ()):
            tick(coordinator, self.application, {item.key: True for item in items}, version=self.version)
            self.look()
        accept_documents(coordinator, self.application, version=self.version)

    def map(self) -> None:
        """Experts compare each source with its target."""
        for claim in self.claims():
            self.look()
            if mapping_settled(self.application, None):
                return
            if claim.comparison_id is None:
                self.compare(claim)
        self.look()

    def compare(self, claim: Claim) -> None:
        """Ask the experts and let them judge; what they settle becomes a precedent."""
        wish, coordinator = self.wishes[claim.target.code], self.one(Role.PROGRAMME_COORDINATOR)
        experts = self.staff[Role.SUBJECT_EXPERT][: 2 if wish.second is not None else 1]
        comparison = ask_experts(coordinator, claim, experts, version=self.version)
        describe(comparison.source, wish)
        shares = (wish.share, wish.second)
        for judgement, share in zip(comparison.judgements.order_by("pk"), shares, strict=False):
            outcomes = claim.target.outcomes.values_list("pk", flat=True)
            parts = {
                pk: Part(Decimal(share or 0), comment="Dibandingkan topik demi topik.") for pk in outcomes
            }
            judge(judgement.expert, judgement, parts)
        comparison.refresh_from_db()
        if comparison.settled_at and self.story.basis == "prior_study":
            keep_precedent(coordinator, comparison, timezone.localdate() + PRECEDENT_HOLDS)

    def assess(self) -> None:
        """What the evaluation asks for is assessed: face to face, or outcome by outcome."""
        for claim in self.claims():
            self.look()
            if self.story.basis == "apel_c":
                percents = {pk: (Decimal(68), "Portfolio", "") for pk in outcomes_of(claim.target)}
                assess_outcomes(self.one(Role.ASSESSOR), claim, percents, version=self.version)
            elif claim.target.code in onsite_asked(self.application):
                self.hold(claim)

    def arrange(self, claim: Claim) -> None:
        """The coordinator arranges a face-to-face assessment next week."""
        at = timezone.now().replace(hour=2, minute=0, second=0, microsecond=0) + timedelta(days=7)
        sitting = Sitting(at, "Makmal Komputer 2, Aras 1", ["written", "oral"], self.one(Role.ASSESSOR))
        arrange(self.one(Role.PROGRAMME_COORDINATOR), claim, sitting, version=self.version)

    def hold(self, claim: Claim) -> None:
        """The assessor checks the identity and records the result."""
        self.arrange(claim)
        self.look()
        held = claim.assessments.get()
        result = Mark(attended=True, identity_document="MyKad", mark=Decimal(74), grade="B+")
        mark(self.one(Role.ASSESSOR), held, result, version=self.version)

    def recommend(self) -> None:
        """The coordinator judges the quality of MOOCs and confirms what the system recommends."""
        self.judge_quality()
        verdicts = {claim.pk: self.confirmed(claim) for claim in self.claims()}
        coordinator = self.one(Role.PROGRAMME_COORDINATOR)
        decide(coordinator, self.application, "recommendation", verdicts, version=self.version)

    def judge_quality(self) -> None:
        """The coordinator judges each MOOC (UTM 6.3.3)."""
        words = "Kandungan dan pentaksiran disemak oleh panel fakulti."
        sound = Review("sound", words, ["assignment", "proctored"], "all")
        for claim in self.claims():
            if claim.basis == "mooc":
                review(self.one(Role.PROGRAMME_COORDINATOR), claim, sound, version=self.version)
                self.look()

    def confirmed(self, claim: Claim) -> Verdict:
        """What follows from the recommendation; a claim without evidence is refused with a reason."""
        verdict = confirmed(claim)
        if verdict is None:
            return Verdict("refused", reason="Bukti belum mencukupi.")
        reason = "" if verdict.outcome == "approved" else "Tidak memenuhi syarat seperti yang dinyatakan."
        return Verdict(verdict.outcome, verdict.award, verdict.grade, reason or ABSENT_REASON)

    def decide(self) -> None:
        """The dean confirms, or departs with the story's reasons."""
        verdicts = {}
        for claim in self.claims():
            code = claim.target.code
            if code in self.story.refuse:
                verdicts[claim.pk] = Verdict("refused", reason=self.story.refuse[code])
            elif code in self.story.grant:
                verdicts[claim.pk] = Verdict(
                    "approved", "credit_without_grade", reason=self.story.grant[code]
                )
            else:
                verdicts[claim.pk] = self.confirmed(claim)
        decide(self.one(Role.DEAN), self.application, "decision", verdicts, version=self.version)

    def uphold(self) -> None:
        """The deputy dean upholds the refusal."""
        look_again(
            self.one(Role.DEPUTY_DEAN), self.application, upheld=True, version=self.version,
            reason="Alasan penolakan disemak dan disahkan.",
        )  # fmt: skip

    def ask_again(self) -> None:
        """The student appeals."""
        refused = [claim.pk for claim in self.claims() if claim.target.code in self.story.refuse]
        appeal(self.student, self.application, refused, self.story.appeal, version=self.version)

    def pay_appeal(self) -> None:
        """The bursar takes the appeal's fee."""
        self.take_money(self.application.appeal.order)

    def decide_appeal(self) -> None:
        """Somebody who did not decide before grants the appeal."""
        verdict = Verdict(
            "approved", "credit_without_grade", reason="Rayuan diterima: bukti baharu mencukupi."
        )
        others = {claim.pk: verdict for claim in self.application.appeal.claims.all()}
        decide(self.one(Role.DEPUTY_DEAN, -1), self.application, "appeal", others, version=self.version)

    # --- What is left half done -------------------------------------------------------------------------

    def halfway(self) -> None:
        """Begin what the state waits for, where the story shows it begun."""
        state = self.application.state
        if state == "mapping":
            for claim in self.claims():
                self.look()
                if self.wishes[claim.target.code].second is not None:
                    self.compare(claim)
                else:
                    ask_experts(
                        self.one(Role.PROGRAMME_COORDINATOR), claim, self.staff[Role.SUBJECT_EXPERT][:1],
                        version=self.version, due_on=timezone.localdate() + timedelta(days=10),
                    )  # fmt: skip
        elif state == "assessment" and self.story.basis == "mooc":
            for claim in self.claims():
                self.arrange(claim)
        elif state == "decided" and self.application.transfer_order and not self.story.unpaid_transfer:
            self.take_money(self.application.transfer_order)

    def let_time_pass(self, days: int) -> None:
        """Let the deadline of the state have passed some days ago."""
        due: date = timezone.localdate() - timedelta(days=days)
        states = process_of(self.application).states
        since = timezone.now() - timedelta(days=days + (states[self.application.state].days or 0))
        Application.objects.filter(pk=self.application.pk).update(due_on=due, state_since=since)


def outcomes_of(course: Course) -> list[int]:
    """The outcomes of a course, by number."""
    return list(course.outcomes.values_list("pk", flat=True))


def describe(source: object, wish: Wish) -> None:
    """Fill in the outcomes and topics of a source that is a course of an institution we know."""
    course = Course.objects.filter(code=wish.code).first() if wish.code else None
    if course is None:
        return
    fields = {
        "title": wish.title,
        "credits": course.credits,
        "learning_hours": course.learning_hours,
        "outcomes": [{"code": o.code, "text": o.text_ms} for o in course.outcomes.all()],
        "topics": [
            {"title": t.title_ms, "hours": str(t.hours) if t.hours is not None else ""}
            for t in course.topics.all()
        ],
    }
    for name, value in fields.items():
        setattr(source, name, value)
    source.save()  # type: ignore[attr-defined]
