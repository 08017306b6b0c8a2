"""What happens to an uploaded file: checked, looked at, saved all or not at all, or left."""

from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.imports.access import may_import
from portal.imports.kinds.lists import KINDS
from portal.imports.mistake import MOST_KEPT
from portal.imports.models import Import
from portal.imports.plan import Plan, Progress, planned
from portal.records.register import record
from tauliah.files.spreadsheets import MOST_BYTES, UnreadableSpreadsheet, read

State = Import.State
BY_A_WORKER = 300_000
"""Files of more bytes than this are checked by a worker, with progress shown."""
FEW_ROWS = 1_000
"""Lists of more rows than this are saved by a worker."""


def upload(acting: Appointment, kind: str, file: "UploadedFile[Any]") -> Import:
    """Keep an uploaded file to be checked; nothing of it is saved yet."""
    if not may_import(acting):
        raise NotAllowed
    if kind not in KINDS:
        raise Refused(_("Choose what kind of list it is."), "kind")
    if (file.size or 0) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise Refused(_("The file is larger than %(most)s MB. Split it.") % {"most": most}, "file")
    content = file.read()
    name = PurePath(file.name or "").name[-200:] or "fail"
    made = Import(
        institution_id=acting.institution_id or 0, acting=acting, kind=kind, name=name,
        sha256=sha256(content).hexdigest(),
    )  # fmt: skip
    made.file.save(f"{made.sha256[:16]}{PurePath(name).suffix[:6]}", ContentFile(content), save=False)
    made.save()
    return made


def check(made: Import, progress: Progress | None = None) -> Import:
    """Check a file row by row and keep what would happen; checking again gives the same."""
    try:
        plan = planned(made.kind, made.acting, read(_content(made), PurePath(made.name).stem), progress)
    except UnreadableSpreadsheet as unreadable:
        return _note(made, State.WRONG, {"unreadable": unreadable.text.as_dict()}, None)
    state = State.WRONG if plan.errors else State.READY
    return _note(made, state, _preview(plan), plan)


def _preview(plan: Plan) -> dict[str, Any]:
    return {
        "mistakes": [mistake.as_dict() for mistake in plan.errors[:MOST_KEPT]],
        "notes": [mistake.as_dict() for mistake in plan.mistakes if mistake.is_note][:50],
        "rows": plan.shown(),
    }


def _note(made: Import, state: str, preview: dict[str, Any], plan: Plan | None) -> Import:
    made.state, made.preview = state, preview
    if plan is not None:
        made.rows = made.checked = len(plan.rows) + len({(m.sheet, m.row) for m in plan.errors})
        made.new, made.changed, made.unchanged = (plan.count(s) for s in ("new", "changed", "unchanged"))
        made.mistake_count, made.plan = len(plan.errors), plan.digest()
    made.save()
    return made


def confirm(acting: Appointment, made: Import) -> None:
    """Take a checked file to be saved; raises ``Refused`` where it is not ready."""
    with transaction.atomic():
        held = Import.objects.select_for_update(no_key=True).get(pk=made.pk)
        if held.state != State.READY:
            raise Refused(
                _("This file is not ready to be saved: %(state)s.") % {"state": held.get_state_display()}
            )
        if not held.new and not held.changed:
            raise Refused(_("There is nothing to save: everything stands as it is."))
        if not may_import(acting):
            raise NotAllowed
        held.state = made.state = State.SAVING
        held.save(update_fields=["state"])


def save(made: Import) -> Import:
    """Save every row of a confirmed file in one transaction, or none.

    Where somebody changed the catalogue since the file was looked at, it is looked at again instead.
    """
    sheets = read(_content(made), PurePath(made.name).stem)
    with transaction.atomic():
        held = Import.objects.select_for_update(no_key=True).select_related("acting").get(pk=made.pk)
        if held.state != State.SAVING:
            return held
        plan = planned(held.kind, held.acting, sheets)
        if plan.errors or plan.digest() != held.plan:
            preview = _preview(plan) | {"moved": True}
            return _note(held, State.WRONG if plan.errors else State.READY, preview, plan)
        for kind in KINDS[held.kind].sheets:
            rows = [row for row in plan.rows if row.sheet is kind and row.state != "unchanged"]
            assert plan.known is not None
            kind.keep(rows, plan.known)
        held.state, held.finished_at = State.DONE, timezone.now()
        held.preview |= {"moved": False}
        held.save()
        record(held.acting, "imports.save", held, after=_registered(held, plan))
    _forget(held)
    return held


def _registered(made: Import, plan: Plan) -> dict[str, Any]:
    changed = [row for row in plan.rows if row.state == "changed"]
    return {
        "kind": made.kind,
        "file": made.name,
        "sha256": made.sha256,
        "new": [f"{row.sheet.key}: {row.label}" for row in plan.rows if row.state == "new"],
        "changed": {
            f"{row.sheet.key}: {row.label}": {
                name: [str(was), str(now)] for name, (was, now) in row.changes.items()
            }
            for row in changed
        },
    }


def leave(acting: Appointment, made: Import) -> None:
    """Leave a file: nothing of it is saved, and it is deleted."""
    with transaction.atomic():
        held = Import.objects.select_for_update(no_key=True).get(pk=made.pk)
        if held.state in {State.DONE, State.SAVING}:
            raise Refused(_("This file has been saved already."))
        held.state, held.finished_at, held.preview = State.LEFT, timezone.now(), {}
        held.save()
    _forget(held)


def _content(made: Import) -> bytes:
    with made.file.open("rb") as file:
        content: bytes = file.read()
        return content


def _forget(made: Import) -> None:
    """Delete the file: it may hold personal data, and the register keeps what it did."""
    if made.file:
        made.file.delete(save=False)
        Import.objects.filter(pk=made.pk).update(file="")
