"""Making a letter: numbered, printed in the student's language, kept, and sent once."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Appointment
from portal.applications.letters.decision import appeal_decision, decision
from portal.applications.letters.forms import (
    applicant_checklist,
    approval_certificate,
    exemption_form,
    faculty_checklist,
)
from portal.applications.letters.kinds import COPIED, FORMS, title_of
from portal.applications.letters.notices import acknowledgement, evidence_request, onsite_invitation
from portal.applications.letters.sheet import Sheet, today
from portal.applications.models import Application, EvidenceRequest, Letter, OnsiteAssessment
from portal.institutions.models import Institution
from portal.institutions.numbering import next_number
from portal.notices.notify import notify
from portal.records.register import record

WRITERS: Mapping[str, Callable[[Sheet], bytes]] = {
    "acknowledgement": acknowledgement,
    "evidence_request": evidence_request,
    "onsite_invitation": onsite_invitation,
    "decision": decision,
    "appeal_decision": appeal_decision,
    "approval_certificate": approval_certificate,
    "exemption_form": exemption_form,
    "applicant_checklist": applicant_checklist,
    "faculty_checklist": faculty_checklist,
}


NOTICES = {
    "acknowledgement": "application_submitted",
    "evidence_request": "evidence_requested",
    "onsite_invitation": "onsite_invited",
    "decision": "decision_made",
    "appeal_decision": "appeal_decided",
}
"""What the student is told with a letter."""


def make_letter(
    application: Application, kind: str, acting: Appointment | None, about: models.Model | None = None
) -> Letter:
    """Write a letter or form in the student's language, keep it and, a letter, send it.

    ``about`` is the request for evidence or the assessment that a letter is of. An earlier letter of the same
    kind and matter is kept as replaced. Raises ``KeyError`` for a kind that is none.
    """
    return written(WRITERS[kind], application, kind, acting, about)


@transaction.atomic(savepoint=False)
def written(
    writer: Callable[[Sheet], bytes],
    application: Application,
    kind: str,
    acting: Appointment | None,
    about: models.Model | None,
) -> Letter:
    """Write, keep and send a letter."""
    language = application.student.person.language
    sheet = Sheet(application, kind, language, today(), reference_of(application, kind), about)
    letter = Letter(
        application=application,
        kind=kind,
        reference=sheet.reference,
        language=language,
        about=about.pk if about else None,
        made_by=acting,
    )
    letter.file.save(f"{file_name(letter)}", ContentFile(writer(sheet)), save=False)
    letter.save()
    replaced = replace(letter)
    record(
        acting,
        "applications.letter",
        letter,
        institution=application.institution,
        before={"replaced": replaced},
        after={"kind": kind, "reference": letter.reference, "application": application.reference},
    )
    if kind not in FORMS:
        send(letter, about)
    return letter


def reference_of(application: Application, kind: str) -> str:
    """Return the next letter number of the institution and year: UTHM/S/2026/000031, forms with B."""
    institution = application.institution
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    year, letter = timezone.localdate().year, "B" if kind in FORMS else "S"
    series = "form" if kind in FORMS else "letter"
    return f"{institution.code.upper()}/{letter}/{year}/{next_number(institution, series, year):06}"


def file_name(letter: Letter) -> str:
    """Return the name of a letter's file, from its number."""
    return f"{letter.reference.replace('/', '-')}.pdf"


def replace(letter: Letter) -> list[str]:
    """Mark the earlier letters of the same kind and matter as replaced; returns their numbers."""
    earlier = Letter.objects.filter(
        application=letter.application, kind=letter.kind, about=letter.about, replaced_by=None
    ).exclude(pk=letter.pk)
    numbers = list(earlier.values_list("reference", flat=True))
    if numbers:
        earlier.update(replaced_by=letter)
    return numbers


def send(letter: Letter, about: models.Model | None) -> None:
    """Send a letter to the student by email, once, with a copy where the policy says so."""
    application = letter.application
    told, link = told_with(letter, about)
    notify(
        application.student.person,
        NOTICES.get(letter.kind, "letter_ready"),
        told,
        link,
        institution=application.institution,
        mail_key=f"letter-{letter.pk}",
        attachment=letter.file.name or "",
        attachment_name=file_name(letter),
        copy_to=copies_of(letter),
    )


def told_with(letter: Letter, about: models.Model | None) -> tuple[dict[str, Any], str]:
    """Return what the email of a letter says, and where it leads: to the letter, or to what is to be done."""
    application = letter.application
    told: dict[str, Any] = {"reference": application.reference, "letter": title_of(letter.kind)}
    link = reverse("letters:letter", args=[letter.pk])
    if isinstance(about, EvidenceRequest):
        told |= {"text": about.text, "due_on": about.due_on}
        link = reverse("applications:detail", args=[application.pk])
    if isinstance(about, OnsiteAssessment):
        told |= {"course": about.claim.target.code, "at": about.at, "place": about.place}
    return told, link


def copies_of(letter: Letter) -> list[str]:
    """Return to whom a decision is copied: the administrator, where the policy says so."""
    application = letter.application
    decides = letter.kind in ("decision", "appeal_decision", "approval_certificate")
    office = application.institution.email
    return [office] if decides and application.policy in COPIED and office else []


def pdf_of(letter: Letter) -> bytes:
    """Return a letter as it was kept."""
    with letter.file.open() as file:
        return bytes(file.read())
