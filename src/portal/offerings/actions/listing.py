"""A list of learners or marks on its way: read, looked at, then kept whole or left whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.imports.mistake import MOST_KEPT
from portal.offerings.lists import Reading, packed, sheets_of
from portal.offerings.models import ListUpload
from portal.records.register import record
from tauliah.files.spreadsheets import MOST_BYTES, Sheet

State = ListUpload.State


@dataclass(frozen=True, slots=True)
class Counts:
    """What a list would do: so many rows are new, changed, and as they are."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def content_of(file: "UploadedFile[Any]") -> tuple[str, bytes]:
    """Return the name and content of an uploaded file that is not too large."""
    if (file.size or 0) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise Refused(_("The file is larger than %(most)s MB. Split it.") % {"most": most}, "file")
    return PurePath(file.name or "").name[-200:] or "fail", file.read()


def sheets_in(name: str, content: bytes) -> list[Sheet]:
    """Return the sheets of an uploaded file."""
    return sheets_of(content, PurePath(name).stem)


def keep_reading(upload: ListUpload, source: tuple[str, bytes], found: Reading, counts: Counts) -> ListUpload:
    """Keep what was read, so that what is saved is what was seen; nothing else is changed yet."""
    ready = not found.mistakes and bool(counts.new or counts.changed)
    name, content = source
    upload.name, upload.sha256 = name, sha256(content).hexdigest()
    upload.state = State.READY if ready else State.WRONG
    upload.rows = packed(found.rows) if ready else ""
    upload.mistakes = [mistake.as_dict() for mistake in found.mistakes[:MOST_KEPT]]
    upload.new, upload.changed, upload.unchanged = counts.new, counts.changed, counts.unchanged
    upload.save()
    return upload


def ready(acting: Appointment | None, upload: ListUpload) -> ListUpload:
    """Return a list that can be saved, held; raises ``Refused`` where it was saved or left already."""
    held = ListUpload.objects.select_for_update(of=("self",), no_key=True).select_related(
        "offering__institution"
    )
    upload = held.get(pk=upload.pk)
    if acting is None or acting.person_id != upload.acting.person_id:
        raise NotAllowed
    if upload.state != State.READY:
        raise Refused(
            _("This file is not ready to be saved: %(state)s.") % {"state": upload.get_state_display()}
        )
    return upload


def done(acting: Appointment, upload: ListUpload, after: Mapping[str, Any]) -> ListUpload:
    """Close a list that was kept: its rows are forgotten, the register keeps what it did."""
    upload.state, upload.rows, upload.finished_at = State.DONE, "", timezone.now()
    upload.save(update_fields=["state", "rows", "finished_at"])
    record(
        acting,
        "offerings.take_list",
        upload,
        institution=upload.offering.institution,
        after={"kind": upload.kind, "file": upload.name, "sha256": upload.sha256, **after},
    )
    return upload


@transaction.atomic
def leave(acting: Appointment, upload: ListUpload) -> None:
    """Leave a list: nothing of it is kept."""
    held = ListUpload.objects.select_for_update(of=("self",), no_key=True).get(pk=upload.pk)
    if acting.person_id != held.acting.person_id:
        raise NotAllowed
    if held.state == State.DONE:
        raise Refused(_("This file has been saved already."))
    held.state, held.rows, held.finished_at = State.LEFT, "", timezone.now()
    held.save(update_fields=["state", "rows", "finished_at"])
