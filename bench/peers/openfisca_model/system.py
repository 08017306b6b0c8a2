"""The tax and benefit system, in OpenFisca's word for a country's rules."""

from functools import cache
from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from bench.peers.openfisca_model.entities import Application, Claim
from bench.peers.openfisca_model.inputs import INPUTS
from bench.peers.openfisca_model.limits import LIMITS
from bench.peers.openfisca_model.rules import RULES, verdict

PARAMETERS = Path(__file__).with_name("parameters")
CALCULATED = [*RULES, verdict, *LIMITS]


@cache
def system() -> TaxBenefitSystem:
    """The rules with their dated parameters, loaded once."""
    built = TaxBenefitSystem([Claim, Application])
    built.add_variables(*INPUTS, *CALCULATED)
    built.load_parameters(str(PARAMETERS))
    return built
