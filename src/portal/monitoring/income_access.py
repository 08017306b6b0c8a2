"""Who reads the income of cohorts, who counts and instructs, who claims and pays."""

from django.db.models import QuerySet
from django.http import Http404

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.monitoring.models import Income, IncomeShare
from portal.offerings.models import Offering
from portal.proposals.access import CENTRE

BURSARS = frozenset({Role.BURSAR})
"""Who claims, notes what came, and pays out (UTM 5.5)."""
READERS = CENTRE | BURSARS | {Role.AUDITOR, Role.ADMINISTRATOR}


def cohorts_for(acting: Appointment | None) -> QuerySet[Offering]:
    """Return the offerings with a paid certificate whose income somebody reads."""
    if acting is None or acting.role not in READERS:
        return Offering.objects.none()
    paid = Offering.objects.filter(
        institution=acting.institution,
        certificate=Offering.Certificate.PAID,
        state__in=("announced", "running", "ended"),
    )
    related = ("institution", "faculty", "proposal__developer", "proposal__achievement", "income")
    return paid.select_related(*related)


def cohort_for(acting: Appointment | None, pk: int) -> Offering:
    """Return one such offering; raises ``Http404`` for strangers."""
    found = cohorts_for(acting).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def shares_for(acting: Appointment | None) -> QuerySet[IncomeShare]:
    """Return the shares of the cohorts whose income somebody reads."""
    if acting is None or acting.role not in READERS:
        return IncomeShare.objects.none()
    there = IncomeShare.objects.filter(income__institution=acting.institution)
    return there.select_related("income__offering__proposal", "person")


def income_of(offering: Offering) -> Income | None:
    """Return what is kept of a cohort's income; nothing before it was counted."""
    return getattr(offering, "income", None)


def must_be_centre(acting: Appointment | None, offering: Offering) -> Appointment:
    """Return who acts for the e-learning centre of the offering's institution."""
    if acting is None or acting.role not in CENTRE or acting.institution_id != offering.institution_id:
        raise NotAllowed
    return acting


def must_be_bursar(acting: Appointment | None, income: Income) -> Appointment:
    """Return who acts as the bursar of the institution."""
    if acting is None or acting.role not in BURSARS or acting.institution_id != income.institution_id:
        raise NotAllowed
    return acting
