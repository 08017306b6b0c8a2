"""Handing an application in, and taking it or one of its claims back."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.applications.actions.judging import judge
from portal.applications.actions.steps import go_on, must_be_ready, opened, take, touch
from portal.applications.bridge import claims_of
from portal.applications.calendar import semester_on
from portal.applications.models import Application, Claim
from portal.applications.process import process_of
from portal.applications.signals import recorded
from portal.payments.actions import place_order, withdraw_order
from portal.payments.models import Order
from portal.processes.walk import step_of
from portal.records.register import record

PAID_FIRST = "processing"
"""The item of the fees that is paid before anything is processed (UTM 6.4/2); the rest once granted."""


@transaction.atomic
def submit(acting: Appointment, application: Application, *, version: int) -> Application:
    """Hand an application in: it is evaluated as of today, and its processing fee becomes due.

    Raises ``NotAllowed``, or ``Refused`` with everything that is missing.
    """
    application = opened(acting, application, "submit", version)
    must_be_ready(acting, application, step_of(application, "submit"))
    now = timezone.now()
    application.applied_on = timezone.localdate(now)
    application.submitted_at = now
    application.semester = semester_on(application.institution, application.applied_on)
    application.save(update_fields=["applied_on", "submitted_at", "semester"])
    judge(application)
    _ask_processing_fee(acting, application)
    return take(acting, application, "submit")


def _ask_processing_fee(acting: Appointment, application: Application) -> None:
    if application.order_id or "pay" not in process_of(application).steps:
        return
    lines = [line for line in (application.result or {})["fees"]["lines"] if line["item"] == PAID_FIRST]
    application.order = order_for(acting, application, lines, Order.Purpose.CREDIT_TRANSFER)
    application.save(update_fields=["order"])


def order_for(
    acting: Appointment | None, application: Application, lines: list[Any], purpose: str
) -> Order | None:
    """Place an order of the student for some lines of the fee schedule; None where nothing is to be paid."""
    return place_order(
        acting,
        payer=application.student.person,
        institution=application.institution,
        faculty=application.faculty,
        purpose=purpose,
        about=application.reference,
        fees={"lines": lines},
        policy=application.policy,
        policy_version=application.policy_version,
        link=reverse("applications:detail", args=[application.pk]),
    )


@transaction.atomic
def withdraw(acting: Appointment, application: Application, *, version: int, reason: str = "") -> Application:
    """Take a whole application back before it is decided (UTHM 8); an open order falls away."""
    application = opened(acting, application, "withdraw", version)
    order = Order.objects.filter(application=application).first()
    if order and order.state == Order.State.OPEN:
        withdraw_order(acting, order, _("The application was withdrawn."))
    return take(acting, application, "withdraw", reason=reason)


@transaction.atomic
def take_back(acting: Appointment, claim: Claim, *, version: int, reason: str = "") -> Application:
    """Take one claim back before the decision and take its course in the usual way (UTHM 8)."""
    application = opened(acting, claim.application, "withdraw", version)
    if claim.withdrawn_at or len(claims_of(application)) < 2:
        raise Refused(_("This is the only claim left: withdraw the application instead."))
    claim.withdrawn_at = timezone.now()
    claim.save(update_fields=["withdrawn_at"])
    if application.submitted_at:
        judge(application)
    touch(application)
    record(
        acting,
        "applications.take_back",
        application,
        institution=application.institution,
        after={"claim": claim.target.code},
        reason=reason,
    )
    recorded.send(Application, application=application, what="applications.take_back", acting=acting)
    go_on(application)
    return application
