"""Courses that follow on one: named by its people, shown to those who finished (UNIMAS 3.3.1-recommend)."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.offerings.access import runs, teaches
from portal.offerings.models import FollowOn, Offering
from portal.proposals.models import Proposal
from portal.records.register import record


def may_recommend(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody names courses that follow on: the instructor, and the centre."""
    return runs(acting, offering) or teaches(acting, offering)


def must_recommend(acting: Appointment | None, offering: Offering) -> None:
    """Raise ``NotAllowed`` for everybody else."""
    if not may_recommend(acting, offering):
        raise NotAllowed


@transaction.atomic
def keep_follow_on(acting: Appointment | None, offering: Offering, leads_to: Proposal, kind: str) -> FollowOn:
    """Recommend a registered course to those who finish this one; named again, its kind changes."""
    must_recommend(acting, offering)
    if leads_to.pk == offering.proposal_id:
        raise Refused(_("A course does not follow on itself."), "leads_to")
    if leads_to.state != "registered":
        raise Refused(_("Only a registered course can be recommended."), "leads_to")
    kept, _new = FollowOn.objects.update_or_create(
        proposal=offering.proposal, leads_to=leads_to, defaults={"kind": kind}
    )
    after = {"leads_to": leads_to.code, "kind": kind}
    record(acting, "offerings.keep_follow_on", kept, institution=offering.institution, after=after)
    return kept


@transaction.atomic
def remove_follow_on(acting: Appointment | None, offering: Offering, follow_on: FollowOn) -> None:
    """Recommend a course no longer."""
    must_recommend(acting, offering)
    if follow_on.proposal_id != offering.proposal_id:
        raise NotAllowed
    before = {"leads_to": follow_on.leads_to.code, "kind": follow_on.kind}
    record(acting, "offerings.remove_follow_on", follow_on, institution=offering.institution, before=before)
    follow_on.delete()


def follow_ons_of(offering: Offering) -> list[FollowOn]:
    """Return the courses that follow on an offering’s course."""
    return list(
        FollowOn.objects.filter(proposal=offering.proposal_id)
        .select_related("leads_to__institution")
        .order_by("kind", "leads_to__code")
    )
