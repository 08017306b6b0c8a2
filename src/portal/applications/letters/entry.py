"""In which year of study somebody enters whose credits make up whole years of the programme."""

from collections.abc import Iterable
from decimal import Decimal

from portal.applications.letters.claims import Decided
from portal.applications.models import Application, Claim
from portal.packs import packs

CLAUSE = "vertical.advanced-diploma.entry"


def entry_year(application: Application, claims: Iterable[Decided]) -> int | None:
    """Return the year of study in which the holder of an advanced diploma enters (MQA), from the second on.

    The years are counted as their limit is: graduating credits over the years of the programme, rounded down.
    """
    pack = packs().get(application.policy)
    if pack is None or CLAUSE not in pack.clauses:
        return None
    granted = (each.decision.credits for each in claims if each.granted and from_advanced_diploma(each.claim))
    done = whole_years(application, sum(granted, Decimal(0)))
    return done + 1 if done else None


def from_advanced_diploma(claim: Claim) -> bool:
    """Say whether a claim rests on an advanced diploma of somebody who has a diploma too."""
    studies = [source.study for source in claim.sources.all()]
    return any(s and s.level == "advanced_diploma" and s.also_holds_diploma for s in studies)


def whole_years(application: Application, credits: Decimal) -> int:
    """Return how many whole years of the programme some credits make up."""
    programme = application.programme
    if not programme.duration_years:
        return 0
    years = range(1, int(programme.duration_years) + 1)
    of_year = {year: programme.graduating_credits * year // programme.duration_years for year in years}
    return max((year for year in years if credits >= of_year[year]), default=0)
