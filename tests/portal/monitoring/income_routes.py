"""Who may open the pages of certificate income: its readers, and of the steps centre and bursar their own."""

from typing import Any

from django.utils import timezone
from tests.portal import cast
from tests.portal.offerings import stories
from tests.portal.routes import FORBIDDEN, NOT_FOUND, Route

from portal.accounts.roles import Role
from portal.monitoring.income_access import BURSARS, READERS
from portal.monitoring.models import Income, IncomeShare
from portal.offerings.models import Offering
from portal.proposals.access import CENTRE


def cohort() -> dict[str, Any]:
    """A cohort of UTHM whose income was divided by hand; UTHM’s policy states no division."""
    kumar = cast.appear("kumar")
    there = Offering.objects.filter(institution__code="UTHM", certificate="paid").first()
    if there is None:
        there = stories.running_offering("UTHM", certificate="paid", certificate_fee=150)
        income = Income.objects.create(
            institution=there.institution,
            offering=there,
            counted_on=timezone.localdate(),
            claim="UTHM/TS/2026/000001",
            instruction="UTHM/AB/2026/000001",
            instructed_by=kumar,
            case=AT_UTM,
            price=150,
            certificates=1,
        )
        IncomeShare.objects.create(income=income, position=1, to="university", percent=100, amount=127)
    return {"pk": there.pk}


AT_UTM = {
    "kind": "fees",
    "policy": "utm",
    "item": "certificate",
    "level": "bachelor",
    "credits": 1,
    "distribute": True,
    "roles": {"facilitator": False, "assessor": False},
}


def step(roles: frozenset[Role]) -> Route:
    """A step of somebody's own; readers who may not take it are told so, as everybody else is."""
    return Route(roles, FORBIDDEN, NOT_FOUND if Role.BURSAR in roles else None, cohort, post=dict)


PAGE = Route(READERS, FORBIDDEN, NOT_FOUND, cohort)
INCOME_ROUTES = {
    "monitoring:income": Route(READERS),
    "monitoring:income-statement": Route(READERS),
    "monitoring:income-cohort": PAGE,
    "monitoring:income-claim-paper": PAGE,
    "monitoring:income-instruction-paper": PAGE,
    "monitoring:income-agree": step(CENTRE),
    "monitoring:income-count": step(CENTRE),
    "monitoring:income-prepare": step(CENTRE),
    "monitoring:income-instruct": step(CENTRE),
    "monitoring:income-claim": step(BURSARS),
    "monitoring:income-receive": step(BURSARS),
    "monitoring:income-pay": step(BURSARS),
}
