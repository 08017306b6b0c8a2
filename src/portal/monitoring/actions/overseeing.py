"""What the university sees of partners: visits, and the results of their cohorts."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.monitoring.access import may_oversee
from portal.monitoring.actions.reviewing import must_be_reviewer
from portal.monitoring.days import already_recorded, must_be_past
from portal.monitoring.models import PartnerCohort, Visit
from portal.proposals.models import Partner, Proposal
from portal.records.register import record


@transaction.atomic
def visit(acting: Appointment | None, partner: Partner, on: date, findings: str) -> Visit:
    """Record a look at a partner that gives the course (UMPSA 13-monitor)."""
    acting = must_be_reviewer(acting, partner.proposal)
    must_be_past(on)
    if not findings.strip():
        raise Refused(_("Say what was found."), "findings")
    held = Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
    made, new = Visit.objects.get_or_create(
        partner=held, on=on, findings=findings.strip(), defaults={"by": acting}
    )
    if not new:
        raise Refused(already_recorded(), "findings")
    record(acting, "monitoring.visit", partner.proposal, after={"partner": partner.name, "on": on})
    return made


@transaction.atomic
def keep_cohort(acting: Appointment | None, partner: Partner, cohort: PartnerCohort) -> PartnerCohort:
    """Keep what came of a cohort at a partner, once for each cohort (UNIMAS 1.5(k)-oversight)."""
    acting = must_oversee(acting, partner.proposal)
    must_be_past(cohort.ended_on, "ended_on")
    held = Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
    if held.cohorts.filter(cohort=cohort.cohort).exists():
        raise Refused(_("The results of this cohort are kept already."), "cohort")
    cohort.partner, cohort.by = held, acting
    cohort.save(force_insert=True)
    after = {"partner": held.name, "cohort": cohort.cohort, "enrolled": cohort.enrolled}
    record(acting, "monitoring.keep_cohort", held.proposal, after=after)
    return cohort


def must_oversee(acting: Appointment | None, course: Proposal) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for all but those who oversee the partners of the course."""
    if acting is None or not may_oversee(acting, course):
        raise NotAllowed
    return acting
