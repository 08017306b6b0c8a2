"""The yearly review and its actions."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.monitoring.access import may_review
from portal.monitoring.days import must_not_be_before
from portal.monitoring.figures import figures_of_year
from portal.monitoring.models import Review, ReviewAction
from portal.notices.notify import notify
from portal.proposals.models import Proposal
from portal.records.register import record

FIRST_YEAR = 2000


@transaction.atomic
def review(acting: Appointment | None, course: Proposal, year: int, words: dict[str, str]) -> Review:
    """Keep the review of a year with the figures as they stand; once for each year (UNIMAS 5.5-review).

    ``words``: findings, staff_feedback, learner_feedback.
    """
    acting = must_be_reviewer(acting, course)
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Refused(_("Give a year that has begun."), "year")
    if not words["findings"].strip():
        raise Refused(_("Say what was found."), "findings")
    given = {name: text.strip() for name, text in words.items()}
    made, new = Review.objects.get_or_create(
        proposal=course,
        year=year,
        defaults=given | {"by": acting, "figures": figures_of_year(course, year)},
    )
    if not new:
        raise Refused(_("This year was reviewed already."), "year")
    record(acting, "monitoring.review", course, after={"year": year})
    return made


@transaction.atomic
def add_action(
    acting: Appointment | None,
    of: Review,
    text: str,
    person: Person | None = None,
    due_on: date | None = None,
) -> ReviewAction:
    """Say what is done about a finding (UNIMAS 5.6-use)."""
    acting = must_be_reviewer(acting, of.proposal)
    if not text.strip():
        raise Refused(_("Say what is to be done."), "text")
    held = Review.objects.select_for_update(no_key=True).get(pk=of.pk)
    must_not_be_before(due_on or timezone.localdate(), timezone.localdate(of.at), "due_on")
    made, new = ReviewAction.objects.get_or_create(
        review=held, text=text.strip(), done_on=None, defaults={"person": person, "due_on": due_on}
    )
    if not new:
        raise Refused(_("This action is on the list already."), "text")
    record(acting, "monitoring.add_action", of.proposal, after={"action": made.text})
    if person is not None and person != acting.person:
        notify(
            person,
            "review_action",
            {"course": str(of.proposal), "reviewer": acting.person.name, "text": made.text},
            reverse("monitoring:course", args=[of.proposal_id]),
            institution=of.proposal.institution,
            mail_key=f"review-action-{made.pk}",
        )
    return made


@transaction.atomic
def finish_action(acting: Appointment | None, action: ReviewAction) -> None:
    """Record that an action of a review is done, once: by whose it is, or by a reviewer."""
    course = action.review.proposal
    own = acting is not None and action.person_id == acting.person_id
    if acting is None or not (own or may_review(acting, course)):
        raise NotAllowed
    action = ReviewAction.objects.select_for_update(no_key=True).get(pk=action.pk)
    if action.done_on is not None:
        return
    action.done_on = timezone.localdate()
    action.save(update_fields=["done_on"])
    record(acting, "monitoring.finish_action", course, after={"action": action.text})


def must_be_reviewer(acting: Appointment | None, course: Proposal) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for all but those who review the course."""
    if acting is None or not may_review(acting, course):
        raise NotAllowed
    return acting
