"""Evaluating a course: by its developer in rounds, by an appointed panel, by the centre, by auditors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.proposals.access import CENTRE, develops, works_for
from portal.proposals.actions.attaching import attach
from portal.proposals.appointable import EVALUATORS, must_be_appointable
from portal.proposals.criteria import PANEL, RATED, sections_of, sorts_of
from portal.proposals.figures import figures_of, judged
from portal.proposals.models import Attachment, Evaluation, Proposal
from portal.proposals.process import WALK
from portal.proposals.signals import asked
from portal.records.register import record
from portal.wording import in_language
from tauliah.values.case import InvalidCase

Sort = Evaluation.Sort
OWN = frozenset({Sort.SELF, Sort.CHECKLIST})
"""Sorts that the developer fills in."""
OF_CENTRE = frozenset({Sort.CENTRE, Sort.EXTERNAL_AUDIT, Sort.CONTENT_CHECK})
"""Sorts that the centre records itself."""
APPOINTED = PANEL | {Sort.INTERNAL_AUDIT, Sort.COURSE}
"""Sorts of people whom the centre appoints."""
STATES: Mapping[str, frozenset[str]] = {
    Sort.SELF: frozenset({"development"}),
    Sort.CHECKLIST: frozenset({"development"}),
    Sort.CENTRE: frozenset({"centre_review", "presentation"}),
    Sort.CONTENT_CHECK: frozenset({"development", "evaluation", "registration", "registered"}),
    Sort.EXTERNAL_AUDIT: frozenset({"registration", "registered"}),
    Sort.INTERNAL_AUDIT: frozenset({"evaluation", "registration", "registered"}),
    Sort.COURSE: frozenset({"development", "evaluation", "registered"}),
    **dict.fromkeys(PANEL, frozenset({"development", "evaluation"})),
}
"""Where a course stands while an evaluation of a sort is begun or appointed."""
HANDED_IN_AT: Mapping[str, frozenset[str]] = {sort: frozenset({"evaluation"}) for sort in PANEL}
"""A panel evaluates what was handed in."""
CONCLUDING = frozenset({Sort.CONTENT_CHECK, Sort.INTERNAL_AUDIT, Sort.EXTERNAL_AUDIT, Sort.CENTRE})
"""Sorts that say in words what was found."""
GRADES = (1, 2, 3, 4)
MOST_ADDRESSES = 20
ENTERED = ("ratings", "ticks", "remarks", "evidence", "figures", "url", "conclusion")
"""What a form of evaluation holds."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody entered in a form of evaluation, by indicator."""

    ratings: Mapping[str, int] = field(default_factory=dict)
    ticks: Mapping[str, bool] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, list[str]] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    conclusion: str = ""


BEGINNING = {
    Sort.SELF: gettext_lazy("Evaluate the course yourself"),
    Sort.CHECKLIST: gettext_lazy("Fill in the development checklist"),
    Sort.CENTRE: gettext_lazy("Record the centre’s evaluation"),
    Sort.EXTERNAL_AUDIT: gettext_lazy("Record an external audit"),
    Sort.CONTENT_CHECK: gettext_lazy("Record a check of content"),
}
"""What the buttons say that begin an evaluation."""


def may_begin(acting: Appointment | None, proposal: Proposal, sort: str) -> bool:
    """Whether somebody may begin an evaluation of a sort now, without being appointed."""
    if acting is None or sort not in sorts_of(proposal) or proposal.state not in STATES.get(sort, ()):
        return False
    if sort in OWN:
        return develops(acting, proposal)
    return sort in OF_CENTRE and acting.role in CENTRE and works_for(acting, proposal)


def beginnings(acting: Appointment | None, proposal: Proposal) -> list[tuple[str, str | Promise]]:
    """Return the sorts of evaluation that somebody may begin now, with what the button says."""
    return [(sort, BEGINNING[Sort(sort)]) for sort in sorts_of(proposal) if may_begin(acting, proposal, sort)]


@transaction.atomic
def begin(acting: Appointment, proposal: Proposal, sort: str) -> Evaluation:
    """Begin the next round of an evaluation, from what the last one said; one still open is gone on with."""
    if sort not in OWN | OF_CENTRE or not (
        develops(acting, proposal) if sort in OWN else acting.role in CENTRE
    ):
        raise NotAllowed
    proposal = WALK.locked(proposal, None)
    if not may_begin(acting, proposal, sort):
        raise Refused(_("This evaluation cannot be begun now."))
    there = proposal.evaluations.filter(sort=sort)
    open_ = there.filter(submitted_at=None).first()
    if open_ is not None:
        return open_
    made = made_from(there.order_by("-round", "-pk").first(), proposal, sort, acting.person)
    said(acting, made, "proposals.begin_evaluation")
    return made


def made_from(before: Evaluation | None, proposal: Proposal, sort: str, person: Person) -> Evaluation:
    """Keep a new round, filled in as the one before it; figures are read again from the content."""
    rounds = proposal.evaluations.filter(sort=sort)
    if sort in APPOINTED:
        rounds = rounds.filter(evaluator=person)
    last = rounds.aggregate(last=Max("round"))["last"] or 0
    kept = (
        {}
        if before is None or sort == Sort.CONTENT_CHECK
        else {name: getattr(before, name) for name in ("ratings", "ticks", "remarks", "evidence", "url")}
    )
    return Evaluation.objects.create(
        proposal=proposal,
        sort=sort,
        round=last + 1,
        evaluator=person,
        figures=figures_of(proposal) if sort in RATED else {},
        **kept,
    )


@transaction.atomic
def appoint_evaluator(
    acting: Appointment, proposal: Proposal, sort: str, person: Person, due_on: date | None, *, version: int
) -> Evaluation:
    """Appoint somebody to evaluate the course (UTM 4.3.5, 3.1.2/2; UMPSA 10.2); only they can rate it."""
    if acting.role not in CENTRE or not works_for(acting, proposal):
        raise NotAllowed
    proposal = WALK.locked(proposal, version)
    if sort not in APPOINTED or sort not in sorts_of(proposal):
        raise Refused(_("Choose as what somebody evaluates."), "sort")
    if proposal.state not in STATES[sort]:
        raise Refused(_("Nobody is appointed for this while the course stands where it does."), "sort")
    must_be_appointable(proposal, person, EVALUATORS)
    if proposal.evaluations.filter(sort__in=APPOINTED, evaluator=person, submitted_at=None).exists():
        raise Refused(_("This person has an evaluation of the course open already."), "person")
    made = made_from(None, proposal, sort, person)
    made.appointed_by, made.appointed_on, made.due_on = acting, timezone.localdate(), due_on
    made.save(update_fields=["appointed_by", "appointed_on", "due_on"])
    proposal.touch()
    said(acting, made, "proposals.appoint_evaluator", evaluator=person.name, due_on=due_on)
    asked.send(Evaluation, thing=made, acting=acting)
    return made


@transaction.atomic
def release_evaluator(acting: Appointment, evaluation: Evaluation, *, version: int) -> None:
    """Take back an appointment that nothing came of yet."""
    if acting.role not in CENTRE or not works_for(acting, evaluation.proposal):
        raise NotAllowed
    proposal = WALK.locked(evaluation.proposal, version)
    evaluation = proposal.evaluations.get(pk=evaluation.pk)
    if evaluation.submitted_at or evaluation.sort not in APPOINTED:
        raise Refused(_("This evaluation was handed in already."))
    said(acting, evaluation, "proposals.release_evaluator", evaluator=evaluation.evaluator.name)
    evaluation.delete()
    proposal.touch()


def may_fill(acting: Appointment | None, evaluation: Evaluation) -> bool:
    """Whether somebody may fill in an evaluation: its evaluator alone, the team its self-evaluation."""
    proposal = evaluation.proposal
    if acting is None or evaluation.submitted_at or acting.institution_id != proposal.institution_id:
        return False
    if proposal.state not in HANDED_IN_AT.get(evaluation.sort, STATES[evaluation.sort]):
        return False
    return is_theirs(acting, evaluation)


def is_theirs(acting: Appointment, evaluation: Evaluation) -> bool:
    """Whether an evaluation is somebody’s, in whatever state."""
    if evaluation.sort in OWN:
        return develops(acting, evaluation.proposal)
    if evaluation.sort in OF_CENTRE:
        return acting.role in CENTRE and works_for(acting, evaluation.proposal)
    return acting.person_id == evaluation.evaluator_id


def digest_of(evaluation: Evaluation) -> str:
    """Return a short mark of what an evaluation holds: another one means that somebody changed it."""
    kept = {name: getattr(evaluation, name) for name in ENTERED}
    return sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:20]


@transaction.atomic
def fill_in(
    acting: Appointment, evaluation: Evaluation, filled: Filled, *, hand_in: bool, seen: str | None = None
) -> Evaluation:
    """Keep what somebody entered; handed in, it has a result and is not changed any more.

    ``seen`` is the mark of the form as it was shown: where it is another now, raises ``Refused``.
    """
    if not is_theirs(acting, evaluation):
        raise NotAllowed
    proposal = WALK.locked(evaluation.proposal, None)
    evaluation = Evaluation.objects.select_for_update(of=("self",), no_key=True).get(pk=evaluation.pk)
    evaluation.proposal = proposal
    if not may_fill(acting, evaluation):
        raise Refused(_("This evaluation was handed in, or the course is not there any more."))
    if seen is not None and seen != digest_of(evaluation):
        told = _(
            "%(who)s changed this evaluation after you opened it. Nothing of yours was saved yet; what you "
            "entered is still here. Look at it in another window, then save again to keep yours."
        )
        raise Refused(told % {"who": evaluation.evaluator.name})
    enter(evaluation, filled)
    if evaluation.sort in OF_CENTRE | OWN:
        evaluation.evaluator = acting.person
    if evaluation.sort in RATED:
        evaluation.result = result_of(evaluation)
    if hand_in:
        must_be_whole(evaluation)
        evaluation.submitted_at = timezone.now()
    evaluation.save()
    if hand_in:
        proposal.touch()
        said(acting, evaluation, "proposals.evaluate", ready=(evaluation.result or {}).get("ready"))
        asked.send(Evaluation, thing=evaluation, acting=acting)
    return evaluation


def enter(evaluation: Evaluation, filled: Filled) -> None:
    """Put what was entered into an evaluation; raises ``Refused`` at the field that is wrong."""
    sections = sections_of(evaluation.proposal, evaluation.sort)
    names = {section.name for section in sections}
    for name, rating in filled.ratings.items():
        if name in names and rating not in GRADES:
            raise Refused(_("A rating is 1, 2, 3 or 4."), f"rating-{name}")
    must_be_numbers(filled.figures)
    for name, addresses in filled.evidence.items():
        if len(addresses) > MOST_ADDRESSES:
            raise Refused(
                _("At most %(most)s lines are kept here.") % {"most": MOST_ADDRESSES}, f"evidence-{name}"
            )
        for address in addresses:
            must_be_address(address, f"evidence-{name}")
    if filled.url:
        must_be_address(filled.url, "url")
    keys = {item.key for section in sections for item in section.items}
    evaluation.ratings = {name: rating for name, rating in filled.ratings.items() if name in names}
    evaluation.ticks = {key: bool(filled.ticks.get(key)) for key in keys}
    evaluation.remarks = {name: text.strip() for name, text in filled.remarks.items() if text.strip()}
    evaluation.evidence = {name: list(links) for name, links in filled.evidence.items() if links}
    evaluation.figures = dict(filled.figures) or evaluation.figures
    evaluation.url, evaluation.conclusion = filled.url, filled.conclusion.strip()


def must_be_numbers(figures: Mapping[str, Any]) -> None:
    """Raise ``Refused`` for a figure that was typed and is no whole number."""
    rows = (figures.get("video") or {}, *(figures.get("topics") or ()))
    wrong = next((value for row in rows for value in row.values() if isinstance(value, str)), None)
    if wrong is not None:
        told = _("“%(text)s” is no whole number. Enter digits only, such as 90.")
        raise Refused(told % {"text": wrong}, "figures")


def must_be_address(text: str, where: str) -> None:
    """Raise ``Refused`` for what is no address of a page."""
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError as wrong:
        told = _("“%(text)s” is no web address. Write it whole, with https://.")
        raise Refused(told % {"text": text[:80]}, where) from wrong


def result_of(evaluation: Evaluation) -> dict[str, Any] | None:
    """Return the engine’s result; raises ``Refused`` where a figure cannot be."""
    try:
        return judged(evaluation)
    except InvalidCase as wrong:
        first = wrong.problems[0]
        raise Refused(f"{first.where}: {in_language(first.message)}", "figures") from wrong


def must_be_whole(evaluation: Evaluation) -> None:
    """Raise ``Refused`` where something is missing without which an evaluation cannot be handed in."""
    sections = sections_of(evaluation.proposal, evaluation.sort)
    if evaluation.sort in RATED - {Sort.SELF}:
        missing = next((s for s in sections if s.rated and s.name not in evaluation.ratings), None)
        if missing is not None:
            told = _("Rate every indicator; “%(indicator)s” is not rated yet.") % {"indicator": missing.label}
            raise Refused(told, f"rating-{missing.name}")
        if not evaluation.url:
            raise Refused(_("Enter the address of the course."), "url")
    if evaluation.sort in CONCLUDING and not evaluation.conclusion:
        raise Refused(_("Write what was found."), "conclusion")
    unticked = [item for s in sections for item in s.items if not evaluation.ticks.get(item.key)]
    if evaluation.sort == Sort.CHECKLIST and unticked:
        raise Refused(
            _("Tick every point of the checklist before it is handed in."), f"tick-{unticked[0].key}"
        )


@transaction.atomic
def add_evidence(
    acting: Appointment, evaluation: Evaluation, indicator: str, upload: "UploadedFile[Any]"
) -> Attachment:
    """Keep a file as evidence of an indicator."""
    if not may_fill(acting, evaluation):
        raise NotAllowed
    names = {section.name for section in sections_of(evaluation.proposal, evaluation.sort)}
    if indicator not in names:
        raise Refused(_("Choose the indicator that the file belongs to."), "indicator")
    about = evidence_about(evaluation, indicator)
    return attach(acting, evaluation.proposal, upload, Attachment.Kind.EVIDENCE, about=about, own_work=True)


def evidence_about(evaluation: Evaluation, indicator: str) -> str:
    """Return how an attachment names the evaluation and indicator that it belongs to."""
    return f"evaluation-{evaluation.pk}-{indicator}"


def evaluate_again(proposal: Proposal) -> None:
    """Ask the panel again that evaluated an earlier state of the course, when it is handed in once more."""
    there = proposal.evaluations.filter(sort__in=PANEL).select_related("evaluator", "appointed_by")
    latest = {(each.sort, each.evaluator_id): each for each in there.order_by("round", "pk")}
    for before in latest.values():
        if before.submitted_at is None or before.appointed_by is None:
            continue
        made = made_from(before, proposal, before.sort, before.evaluator)
        made.appointed_by, made.appointed_on = before.appointed_by, timezone.localdate()
        made.due_on = proposal.due_on
        made.save(update_fields=["appointed_by", "appointed_on", "due_on"])
        said(before.appointed_by, made, "proposals.appoint_evaluator", evaluator=before.evaluator.name)
        asked.send(Evaluation, thing=made, acting=before.appointed_by)


def said(acting: Appointment, evaluation: Evaluation, action: str, **after: Any) -> None:
    """Enter what was done about an evaluation."""
    record(
        acting,
        action,
        evaluation.proposal,
        institution=evaluation.proposal.institution,
        after={"sort": evaluation.sort, "round": evaluation.round, **after},
    )
