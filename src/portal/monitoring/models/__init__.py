"""What is kept of a course once it runs."""

from portal.monitoring.models.income import Income, IncomeShare
from portal.monitoring.models.partner import PartnerCohort, Visit
from portal.monitoring.models.review import Review, ReviewAction
from portal.monitoring.models.teaching import Interaction, TeachingLoad
from portal.monitoring.models.upkeep import Maintenance, UpkeepLetter

__all__ = [
    "Income",
    "IncomeShare",
    "Interaction",
    "Maintenance",
    "PartnerCohort",
    "Review",
    "ReviewAction",
    "TeachingLoad",
    "UpkeepLetter",
    "Visit",
]
