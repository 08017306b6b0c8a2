"""Keeping, ordering and removing materials; opening and finishing them; reports of sharing."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.offerings import telling_learning as telling
from portal.offerings.access import runs, teaches
from portal.offerings.embedding import player_of
from portal.offerings.material_content import media_type_of, must_fit
from portal.offerings.models import Access, Enrolment, Material, Offering, Progress, SharingReport
from portal.offerings.plan import units_of
from portal.records.register import record

Kind = Material.Kind
SUFFIXES = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
}


def must_teach(acting: Appointment | None, offering: Offering) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for everybody who does not teach the offering."""
    if acting is None or not teaches(acting, offering):
        raise NotAllowed
    return acting


@transaction.atomic
def keep_material(
    acting: Appointment | None,
    offering: Offering,
    material: Material,
    upload: "UploadedFile[Any] | None" = None,
) -> Material:
    """Keep a piece of material of the course; raises ``Refused`` at the field that is wrong.

    Nothing is kept without the declaration that it infringes nobody’s copyright (UNIMAS 5.9(a)).
    """
    acting = must_teach(acting, offering)
    material.proposal = offering.proposal
    must_be_sound(material, upload)
    new = material.pk is None
    if upload is not None:
        take_file(material, upload)
    if new:
        material.added_by = acting.person
        material.position = last_of(material) + 1
    material.save()
    record(
        acting,
        "offerings.keep_material",
        material,
        institution=offering.institution,
        after={"title": material.title, "kind": material.kind, "unit": material.unit, "own_work": True},
    )
    return material


def must_be_sound(material: Material, upload: "UploadedFile[Any] | None") -> None:
    """Raise ``Refused`` where a piece of material lacks what its kind needs."""
    if not material.own_work:
        raise Refused(_("Declare that the material infringes nobody’s copyright."), "own_work")
    if not 1 <= material.unit <= len(units_of(material.proposal)):
        raise Refused(_("Choose a unit of the course."), "unit")
    if material.kind == Kind.PAGE and not material.text.strip():
        raise Refused(_("Write the page."), "text")
    if material.kind == Kind.LINK and not material.url:
        raise Refused(_("Give the address."), "url")
    if material.kind == Kind.FILE and not (upload or material.file):
        raise Refused(_("Choose the file."), "file")
    if material.kind == Kind.VIDEO and not (upload or material.file or material.url):
        raise Refused(_("Give the address of the video, or upload it."), "url")
    if material.kind == Kind.VIDEO and material.url:
        material.url = player_of(material.url)


def take_file(material: Material, upload: "UploadedFile[Any]") -> None:
    """Keep an uploaded file under a name that nobody can guess."""
    must_fit(upload)
    material.media_type = media_type_of(upload)
    if material.kind == Kind.VIDEO and not material.media_type.startswith("video/"):
        raise Refused(_("This is no video that browsers play. Save it as MP4 or WebM."), "file")
    material.file_name, material.size = (upload.name or "")[-200:], upload.size or 0
    material.file.save(f"{uuid4().hex}{SUFFIXES.get(material.media_type, '')}", upload, save=False)
    if material.kind == Kind.VIDEO:
        material.url = ""


def last_of(material: Material) -> int:
    """Return the last place in the material’s unit."""
    there = Material.objects.filter(proposal=material.proposal, unit=material.unit)
    return int(there.aggregate(last=Max("position"))["last"] or 0)


@transaction.atomic
def move_material(acting: Appointment | None, offering: Offering, material: Material, by: int) -> None:
    """Let a piece of material change places with its neighbour; at the end nothing happens."""
    must_teach(acting, offering)
    rows = list(
        Material.objects.select_for_update(of=("self",), no_key=True)
        .filter(proposal=material.proposal_id, unit=material.unit)
        .order_by("position", "pk")
    )
    place = next(index for index, row in enumerate(rows) if row.pk == material.pk)
    if not 0 <= place + by < len(rows):
        return
    rows[place], rows[place + by] = rows[place + by], rows[place]
    for position, row in enumerate(rows, start=1):
        row.position = position
    Material.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_material(acting: Appointment | None, offering: Offering, material: Material) -> None:
    """Remove a piece of material, with its file; the register keeps that it was there."""
    acting = must_teach(acting, offering)
    record(
        acting,
        "offerings.remove_material",
        material,
        institution=offering.institution,
        before={"title": material.title, "kind": material.kind, "unit": material.unit},
    )
    file = material.file
    material.delete()
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name or ""))


def note_access(person: Person, material: Material) -> None:
    """Write down that somebody opened a piece of material (UNIMAS 5.9-monitoring)."""
    Access.objects.create(person=person, material=material)


@transaction.atomic
def mark_done(enrolment: Enrolment, material: Material, *, done: bool) -> None:
    """Note that a learner has finished a piece of material, or has not after all."""
    if material.proposal_id != enrolment.offering.proposal_id:
        raise NotAllowed
    if done:
        Progress.objects.get_or_create(enrolment=enrolment, material=material)
    else:
        Progress.objects.filter(enrolment=enrolment, material=material).delete()


@transaction.atomic
def report_sharing(
    acting: Appointment | None, offering: Offering, text: str, by: Person | None = None, email: str = ""
) -> SharingReport:
    """Report that material is shared without leave; teachers and centre are told (UNIMAS 5.9-reporting)."""
    if not text.strip():
        raise Refused(_("Say what is shared, and where you saw it."), "text")
    made = SharingReport.objects.create(proposal=offering.proposal, by=by, email=email, text=text.strip())
    record(acting, "offerings.report_sharing", made, institution=offering.institution)
    telling.tell_sharing(offering, made.text, made.pk)
    return made


@transaction.atomic
def close_sharing(
    acting: Appointment | None, offering: Offering, report: SharingReport, values: Mapping[str, str]
) -> SharingReport:
    """Write down what came of a report, once."""
    if acting is None or not (runs(acting, offering) or teaches(acting, offering)):
        raise NotAllowed
    report = SharingReport.objects.select_for_update(of=("self",), no_key=True).get(pk=report.pk)
    outcome = values.get("outcome", "").strip()
    if report.closed_at is not None:
        raise Refused(_("This report was closed already."))
    if not outcome:
        raise Refused(_("Say what came of it."), "outcome")
    report.outcome, report.closed_at, report.closed_by = outcome, timezone.now(), acting
    report.save()
    record(
        acting,
        "offerings.close_sharing",
        report,
        institution=offering.institution,
        after={"outcome": outcome},
    )
    return report
