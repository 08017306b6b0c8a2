# ruff: noqa: D101 - the label of a variable says what it is
"""The ten rules and the verdict of a claim: 0 fail, 1 unknown, 2 pass, 3 not applicable."""

from typing import Any

import numpy as np
from openfisca_core.model_api import YEAR, Variable, where

from bench.outcome import ABSENT, FAIL, PASS, UNKNOWN
from bench.peers.openfisca_model.entities import Claim
from bench.peers.openfisca_model.inputs import NO_DATE, NOT_KNOWN, Basis, Level, PriorOutcome, YesNo


def _outcome(known: Any, holds: Any) -> Any:
    return where(known, where(holds, PASS, FAIL), UNKNOWN)


def _of_study(claim: Any, period: Any, outcome: Any) -> Any:
    return where(claim("basis", period) == Basis.prior_study, outcome, ABSENT)


class direction(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "Diploma, advanced diploma or bachelor, to bachelor"

    def formula(claim: Any, period: Any) -> Any:
        level = claim("level", period)
        vertical = (level == Level.diploma) + (level == Level.advanced_diploma)
        holds = vertical + (level == Level.bachelor)
        return _of_study(claim, period, _outcome(level != Level.not_known, holds))


class prior_outcome(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "The earlier study was completed"

    def formula(claim: Any, period: Any) -> Any:
        found = claim("prior_study_outcome", period)
        outcome = _outcome(found != PriorOutcome.not_known, found == PriorOutcome.completed)
        return _of_study(claim, period, outcome)


class minimum_grade(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "C+ or better"

    def formula(claim: Any, period: Any, parameters: Any) -> Any:
        rank = claim("grade_rank", period)
        return _outcome(rank != NOT_KNOWN, rank <= parameters(period).minimum_grade)


class content_overlap(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "Enough of the target's syllabus is covered"

    def formula(claim: Any, period: Any, parameters: Any) -> Any:
        share = claim("overlap", period)
        return _outcome(share != NOT_KNOWN, share >= parameters(period).content_overlap)


class accreditation(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "The earlier programme was accredited"

    def formula(claim: Any, period: Any) -> Any:
        found = claim("study_accredited", period)
        return _of_study(claim, period, _outcome(found != YesNo.not_known, found == YesNo.yes))


class not_transferred_before(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "The source was not itself transferred, nor claimed"

    def formula(claim: Any, period: Any) -> Any:
        transferred, claimed = claim("transferred_before", period), claim("claimed_before", period)
        used = (transferred == YesNo.yes) + (claimed == YesNo.yes)
        known = (transferred != YesNo.not_known) + (claimed != YesNo.not_known)
        return _outcome(known, np.logical_not(used))


class credit_value(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "The source carries at least the target's credits"

    def formula(claim: Any, period: Any) -> Any:
        credits = claim("source_credits", period)
        return _outcome(credits != NOT_KNOWN, credits >= claim("target_credits", period))


class currency(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "Applied for up to and including the anniversary of completion"

    def formula(claim: Any, period: Any, parameters: Any) -> Any:
        completed = claim("completed_on", period)
        applied = claim.application("applied_on", period)
        last = _years_after(completed, parameters(period).currency)
        return _outcome(completed != np.datetime64(NO_DATE), last >= applied)


class window(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "Prior study in the first semester, a MOOC at any time"

    def formula(claim: Any, period: Any) -> Any:
        semester = claim.application("semester", period)
        outcome = _outcome(semester != NOT_KNOWN, semester == 1)
        return where(claim("basis", period) == Basis.mooc, PASS, outcome)


class approved_beforehand(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "The faculty approved the MOOC before it was taken"

    def formula(claim: Any, period: Any) -> Any:
        found = claim("faculty_approval", period)
        outcome = _outcome(found != YesNo.not_known, found == YesNo.yes)
        return where(claim("basis", period) == Basis.mooc, outcome, ABSENT)


RULES = [
    *(direction, prior_outcome, minimum_grade, content_overlap, accreditation),
    *(not_transferred_before, credit_value, currency, window, approved_beforehand),
]


class verdict(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "Fails with any check, else is unknown with any, else passes"

    def formula(claim: Any, period: Any) -> Any:
        checks = [claim(rule.__name__, period) for rule in RULES]
        return np.minimum.reduce(checks)


def _years_after(day: Any, years: int) -> Any:
    """The same day so many years later; 29 February becomes 28 February in a common year."""
    month = day.astype("datetime64[M]")
    later = month + np.timedelta64(12 * years, "M")
    length = (later + 1).astype("datetime64[D]") - later.astype("datetime64[D]")
    number = day - month.astype("datetime64[D]")
    return later.astype("datetime64[D]") + np.minimum(number, length - np.timedelta64(1, "D"))
