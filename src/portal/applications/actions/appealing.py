"""The one appeal against refused claims (UTM 6.4(d)); its fee comes first and its decision is final."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.applications.actions.steps import opened, take
from portal.applications.actions.submission import order_for
from portal.applications.decided import final_decisions
from portal.applications.facts import appealed
from portal.applications.models import Appeal, Application, Decision
from portal.payments.bridge import fees_of, has_fee
from portal.payments.models import Order


@transaction.atomic
def appeal(
    acting: Appointment, application: Application, claims: Collection[int], grounds: str, *, version: int
) -> Appeal:
    """Lodge the appeal against some refused claims, with its grounds; its fee becomes due."""
    application = opened(acting, application, "appeal", version)
    if appealed(application):
        raise Refused(_("An appeal may be made once, against refused claims."))
    final = final_decisions(application)
    refused = {pk for pk, decision in final.items() if decision.outcome == Decision.Outcome.REFUSED}
    if not claims or not set(claims) <= refused:
        raise Refused(_("Choose at least one claim that was refused."), "claims")
    if not grounds.strip():
        raise Refused(_("Give the grounds of your appeal."), "grounds")
    lodged = Appeal(application=application, grounds=grounds.strip())
    lodged.order = appeal_order(acting, application)
    lodged.save()
    lodged.claims.set(claims)
    application.appeal = lodged
    take(acting, application, "appeal")
    return lodged


def appeal_order(acting: Appointment, application: Application) -> Order | None:
    """Place the order of the appeal's fee, where the policy asks for one."""
    if not has_fee(application.policy, "appeal", application.applied_on):
        return None
    fees = fees_of(application.policy, "appeal", level=application.programme.level)
    return order_for(acting, application, fees["lines"], Order.Purpose.APPEAL)
