"""Scores (AGS 2.0) that a tool reports, and the marks that they become."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from portal.accounts.refusal import Refused
from portal.lti import claims as lti
from portal.lti import offered
from portal.lti.addresses import of
from portal.lti.granting import ServiceError
from portal.lti.line_items import number_in
from portal.lti.models import LineItem, Score, ToolUser

ACTIVITY = ("Initialized", "Started", "InProgress", "Submitted", "Completed")
GRADING = ("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady")
AHEAD = timedelta(minutes=5)
WHOLE = Decimal(1)


@transaction.atomic
def take(item: LineItem, told: lti.Claims) -> Score:
    """Keep a score that a tool reports, the newest only, and make it a mark where it is final.

    What cannot become a mark is kept with the reason, for staff to see. Raises ``ServiceError``.
    """
    user = _user(item, told)
    at, final = _moment(told), _progress(told)
    given = number_in(told, "scoreGiven") if told.get("scoreGiven") is not None else None
    maximum = number_in(told, "scoreMaximum") if given is not None else None
    if maximum is not None and maximum <= 0:
        raise ServiceError(400, "invalid_request", "scoreMaximum must be above 0.")
    LineItem.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
    score = Score.objects.filter(item=item, user=user).first() or Score(item=item, user=user)
    if score.pk and at < score.at:
        raise ServiceError(409, "conflict", "A score of a later time is here already.")
    score.given, score.maximum, score.at, score.is_final = given, maximum, at, final
    score.comment = lti.words_of(told.get("comment"), 2000)
    settle(score)
    if score.taken_at is not None and given is None:
        clear(score)
    return score


def settle(score: Score) -> None:
    """Make a final score a mark, or keep why it is none; in the transaction of the caller.

    A score above the highest, which AGS 2.0 allows for extra work, is the highest mark.
    """
    score.refusal = ""
    item = score.item
    if score.is_final and score.given is not None and score.maximum and item.assessment is not None:
        try:
            share = min(score.given / score.maximum, WHOLE)
            with transaction.atomic():
                offered.mark(item.assessment, score.user.person, share, score.comment)
            score.taken_at = timezone.now()
        except Refused as refused:
            score.refusal = str(refused.message)[:500]
    score.save()


def clear(score: Score) -> None:
    """Take the mark back that a score became, since its tool says that there is none any more (AGS 2.0)."""
    if score.item.assessment is None:
        return
    try:
        with transaction.atomic():
            offered.unmark(score.item.assessment, score.user.person)
        score.taken_at = None
    except Refused as refused:
        score.refusal = str(refused.message)[:500]
    score.save()


def _user(item: LineItem, told: lti.Claims) -> ToolUser:
    subject = lti.words_of(told.get("userId"), 64)
    found = ToolUser.objects.filter(tool=item.tool, subject=subject).select_related("person").first()
    if found is None or offered.part_of(found.person, item.offering) != offered.LEARNS:
        raise ServiceError(404, "not_found", "There is no such learner in the offering.")
    return found


def _moment(told: lti.Claims) -> datetime:
    words = lti.words_of(told.get("timestamp"), 64)
    try:
        at = parse_datetime(words)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise ServiceError(400, "invalid_request", "timestamp must be of ISO 8601, with its time zone.")
    if at > timezone.now() + AHEAD:
        raise ServiceError(400, "invalid_request", "timestamp lies in the future.")
    return at


def _progress(told: lti.Claims) -> bool:
    """Return whether a score is final; raises ``ServiceError`` for words that AGS lacks."""
    if told.get("activityProgress") not in ACTIVITY or told.get("gradingProgress") not in GRADING:
        raise ServiceError(400, "invalid_request", "activityProgress or gradingProgress is not of AGS 2.0.")
    return bool(told["gradingProgress"] == "FullyGraded")


def results(item: LineItem, user: str) -> list[dict[str, Any]]:
    """Return the results of a column, of one person where one is named."""
    address = of(item.tool.institution, "item", item.offering_id, item.pk)
    found = item.scores.filter(given__isnull=False).select_related("user")
    rows = found.filter(user__subject=user) if user else found
    return [
        {
            "id": f"{address}/results/{score.pk}",
            "scoreOf": address,
            "userId": score.user.subject,
            "resultScore": float(score.given or 0),
            "resultMaximum": float(score.maximum or 0),
            **({"comment": score.comment} if score.comment else {}),
        }
        for score in rows
    ]
