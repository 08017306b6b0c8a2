# ruff: noqa: D101 - the label of a variable says what it is
"""What passing claims add up to in an application, and whether a limit binds; ten-thousandths of a credit."""

from typing import Any

from openfisca_core.model_api import YEAR, Variable, where

from bench.outcome import PASS
from bench.peers.openfisca_model.entities import Application, Claim
from bench.peers.openfisca_model.inputs import Basis, Level, YesNo
from bench.vocabulary import CREDIT


class passing_credits(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "Target credits of a claim that passes"

    def formula(claim: Any, period: Any) -> Any:
        return where(claim("verdict", period) == PASS, claim("target_credits", period), 0)


class vertical_credits(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "Passing credits from a diploma or an advanced diploma"

    def formula(claim: Any, period: Any) -> Any:
        of_study = claim("basis", period) == Basis.prior_study
        vertical = of_study * (claim("level", period) != Level.bachelor)
        return vertical * claim("passing_credits", period)


class mooc_credits(Variable):
    value_type = int
    entity = Claim
    definition_period = YEAR
    label = "Passing credits from MOOCs"

    def formula(claim: Any, period: Any) -> Any:
        return (claim("basis", period) == Basis.mooc) * claim("passing_credits", period)


class vertical_limit(Variable):
    value_type = int
    entity = Application
    definition_period = YEAR
    label = "Sum under the vertical limit"

    def formula(application: Any, period: Any) -> Any:
        return application.sum(application.members("vertical_credits", period))


class vertical_below_b(Variable):
    value_type = int
    entity = Application
    definition_period = YEAR
    label = "Part of it with a grade below B"

    def formula(application: Any, period: Any, parameters: Any) -> Any:
        below = application.members("grade_rank", period) > parameters(period).limits.band_grade
        return application.sum(below * application.members("vertical_credits", period))


class open_learning_limit(Variable):
    value_type = int
    entity = Application
    definition_period = YEAR
    label = "Sum under the open learning limit"

    def formula(application: Any, period: Any) -> Any:
        own = application.members("from_uthm", period)
        return application.sum(where(own, 0, application.members("mooc_credits", period)))


class overall_limit(Variable):
    value_type = int
    entity = Application
    definition_period = YEAR
    label = "Sum under the overall limit"

    def formula(application: Any, period: Any) -> Any:
        moocs = application.sum(application.members("mooc_credits", period))
        return application("vertical_limit", period) + moocs


class binds(Variable):
    value_type = bool
    entity = Application
    definition_period = YEAR
    label = "Some limit is exceeded"

    def formula(application: Any, period: Any, parameters: Any) -> Any:
        percent = parameters(period).limits
        credits = application("graduating_credits", period)
        accredited = application("mqa_accredited", period) == YesNo.yes
        vertical = where(accredited, percent.vertical_accredited, percent.vertical)
        return (
            (application("vertical_limit", period) > _whole(credits, vertical))
            + (application("vertical_below_b", period) > _whole(credits, percent.vertical))
            + (application("open_learning_limit", period) > _whole(credits, percent.open_learning))
            + (application("overall_limit", period) > _whole(credits, percent.overall))
        )


def _whole(credits: Any, percent: Any) -> Any:
    """Percent of the credits, rounded down to whole credits."""
    return credits * percent // (100 * CREDIT) * CREDIT


LIMITS = [
    *(passing_credits, vertical_credits, mooc_credits),
    *(vertical_limit, open_learning_limit, overall_limit, vertical_below_b, binds),
]
