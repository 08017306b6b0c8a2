"""Surveys of how a course was: prepared, asked after the final assessment, answered once."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.numbers import whole_number
from portal.offerings import telling_learning as telling
from portal.offerings.access import runs, teaches
from portal.offerings.experience import RATINGS, Question, standard_questions
from portal.offerings.models import TAKING_PART, Enrolment, Offering, Survey, SurveyAnswer
from portal.records.register import record

OPEN_FOR = timedelta(days=30)


def may_survey(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody prepares surveys of an offering: who teaches it, and the centre."""
    return runs(acting, offering) or teaches(acting, offering)


def survey_of(offering: Offering) -> Survey | None:
    """Return the survey of an offering, if it has one."""
    return offering.surveys.order_by("pk").first()


@transaction.atomic
def keep_survey(
    acting: Appointment | None,
    offering: Offering,
    questions: Sequence[Question],
    opens_on: date,
    closes_on: date | None,
) -> Survey:
    """Keep the questions of an offering’s survey; raises ``Refused`` once somebody has answered."""
    if not may_survey(acting, offering):
        raise NotAllowed
    survey = survey_of(offering) or Survey(offering=offering, opens_on=opens_on, **titles_of(offering))
    if survey.pk and survey.answers.exists():
        raise Refused(_("Learners have answered already; the questions stay as they are."))
    if not any(question["sort"] == "rating" for question in questions) or not any(
        question["sort"] == "text" for question in questions
    ):
        raise Refused(_("Ask at least one question that is rated and one that is answered in words."))
    if closes_on is not None and closes_on < opens_on:
        raise Refused(_("The survey cannot close before it opens."), "closes_on")
    survey.questions, survey.opens_on, survey.closes_on = list(questions), opens_on, closes_on
    survey.save()
    after = {"questions": len(questions), "opens_on": opens_on}
    record(acting, "offerings.keep_survey", survey, institution=offering.institution, after=after)
    return survey


def titles_of(offering: Offering) -> dict[str, str]:
    """Return the title of an offering’s survey in both languages."""
    course = offering.proposal
    return {
        "title_ms": f"Pengalaman anda dalam {course.name_ms}"[:200],
        "title_en": f"Your experience of {course.name_en or course.name_ms}"[:200],
    }


@transaction.atomic
def invite(offering: Offering, today: date) -> int:
    """Ask the learners of an offering how it was, once the final assessment is due; returns how many."""
    survey = survey_of(offering)
    if survey is None:
        opens_on = (offering.final_due_on or offering.ends_on or today) + timedelta(days=1)
        survey = Survey.objects.create(
            offering=offering,
            questions=[dict(row) for row in standard_questions()],
            opens_on=opens_on,
            closes_on=opens_on + OPEN_FOR,
            **titles_of(offering),
        )
    if not is_open(survey, today) or survey.invited_at is not None:
        return 0
    learners = offering.enrolments.filter(state__in=TAKING_PART).select_related(
        "person", "offering__proposal", "offering__institution"
    )
    for enrolment in learners:
        telling.tell_survey(survey, enrolment)
    survey.invited_at = timezone.now()
    survey.save(update_fields=["invited_at"])
    return len(learners)


def is_open(survey: Survey, today: date) -> bool:
    """Say whether a survey can be answered on a day."""
    return survey.opens_on <= today and (survey.closes_on is None or today <= survey.closes_on)


@transaction.atomic
def answer(enrolment: Enrolment, survey: Survey, given: Mapping[str, str]) -> SurveyAnswer:
    """Keep a learner’s answers, once; a question may be left out, but not all of them."""
    if enrolment.offering_id != survey.offering_id or enrolment.state not in TAKING_PART:
        raise NotAllowed
    if not is_open(survey, timezone.localdate()):
        raise Refused(_("This survey is closed."))
    answers = {q["key"]: value for q in survey.questions if (value := read(q, given.get(q["key"], "")))}
    if not answers:
        raise Refused(_("Answer at least one question."))
    try:
        with transaction.atomic():
            return SurveyAnswer.objects.create(survey=survey, enrolment=enrolment, answers=answers)
    except IntegrityError as twice:
        raise Refused(_("You have answered this survey; thank you.")) from twice


def read(question: Question, text: str) -> int | str | None:
    """Read an answer; raises ``Refused`` for a rating that is none."""
    text = text.strip()
    if not text:
        return None
    if question["sort"] == "text":
        return text[:2000]
    rating = whole_number(text)
    if rating in RATINGS:
        return rating
    raise Refused(_("Choose a number from 1 to 5."), question["key"])
