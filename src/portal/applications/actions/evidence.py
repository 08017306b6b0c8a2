"""Checklists, requests for more evidence and their answers."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.applications.actions.judging import judge
from portal.applications.actions.steps import opened, take, touch
from portal.applications.models import Application, Claim, EvidenceRequest
from portal.applications.process import process_of
from portal.records.register import record


@transaction.atomic
def tick(
    acting: Appointment, application: Application, ticks: Mapping[str, bool], *, version: int
) -> Application:
    """Keep the faculty's checklist (UTM Lampiran E) as far as it is ticked."""
    application = opened(acting, application, "accept_documents", version)
    items = process_of(application).checklists.get("faculty", ())
    before = application.faculty_checklist
    application.faculty_checklist = {item.key: bool(ticks.get(item.key)) for item in items}
    touch(application, "faculty_checklist")
    judge(application)
    record(
        acting,
        "applications.checklist",
        application,
        institution=application.institution,
        before=before,
        after=application.faculty_checklist,
    )
    return application


@transaction.atomic
def accept_documents(acting: Appointment, application: Application, *, version: int) -> Application:
    """Accept the documents and pass the application on."""
    return take(acting, opened(acting, application, "accept_documents", version), "accept_documents")


@transaction.atomic
def ask_evidence(
    acting: Appointment,
    application: Application,
    text: str,
    due_on: date,
    *,
    version: int,
    claim: Claim | None = None,
) -> EvidenceRequest:
    """Return the application to the student for more evidence by a day (UTM 6.3.13(f))."""
    application = opened(acting, application, "ask_evidence", version)
    if not text.strip():
        raise Refused(_("Say what is missing; the student reads it."), "text")
    if due_on <= timezone.localdate():
        raise Refused(_("The deadline must lie in the future."), "due_on")
    asked = EvidenceRequest.objects.create(
        application=application, claim=claim, asked_by=acting, text=text.strip(), due_on=due_on
    )
    take(acting, application, "ask_evidence", reason=asked.text)
    application.due_on = due_on
    application.save(update_fields=["due_on"])
    return asked


@transaction.atomic
def answer(acting: Appointment, application: Application, *, version: int) -> Application:
    """Send the further evidence: every open request counts as answered and the faculty looks again."""
    application = opened(acting, application, "answer", version)
    asked_at = (
        application.requests.filter(answered_at=None).order_by("asked_at").values_list("asked_at", flat=True)
    )
    uploaded = application.evidence.filter(added_at__gte=asked_at[0]).exists() if asked_at else True
    if not uploaded:
        raise Refused(_("Upload what was asked for first."), "files")
    application.requests.filter(answered_at=None).update(answered_at=timezone.now())
    return take(acting, application, "answer")
