"""The preview of a draft: what was chosen, what came of it, and what stood in the way."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from portal.cases.opening import LARGEST, NOT_TEXT, TOO_LARGE
from portal.packs import packs
from portal.policies.preview import Compared, compared_cases, compared_document
from tauliah.files.audit import audit_of, folder_of
from tauliah.files.cases import read_case_text
from tauliah.files.document import UnreadableDocument
from tauliah.files.packs import BadPack, proposed_pack, proposed_packs
from tauliah.policy.finding import Finding
from tauliah.policy.pack import Pack
from tauliah.transfer.edition import verify
from tauliah.values.text import Text

NOT_A_CASE = Text("Fail ini bukan satu kes.", "This file is not a case.")


@dataclass
class Preview:
    """Everything the page shows; without a `draft` only the choice, or why the draft cannot be read."""

    draft: Pack | None = None
    pack: Pack | None = None
    unreadable: str = ""
    usable: bool = False
    findings: tuple[Finding, ...] = ()
    cases: int = 0
    differing: list[Compared] = field(default_factory=list)
    brought: Compared | None = None
    problem: Text | None = None


def drafts() -> dict[str, Path]:
    """Return the drafts that may be previewed, by name with their folder."""
    try:
        return proposed_packs(settings.TAULIAH_PACKS)
    except BadPack:
        return {}


def preview(draft: str, installed: str, file: "UploadedFile[Any] | None" = None) -> Preview:
    """Run the cases of a policy in force, and one brought as a file, through it and a draft."""
    shown = Preview(pack=packs()[installed])
    folder = drafts()[draft]
    try:
        shown.draft = proposed_pack(folder)
    except BadPack as error:
        shown.unreadable = str(error)
        return shown
    shown.findings = audit_of(shown.draft, folder)
    shown.usable = _is_usable(shown.draft)
    if shown.usable:
        _compare(shown, shown.draft, packs()[installed])
        _bring(shown, shown.draft, packs()[installed], file)
    return shown


def _is_usable(pack: Pack) -> bool:
    try:
        verify(pack)
    except (LookupError, TypeError, ValueError):
        return False
    return bool(pack.versions)


def _compare(shown: Preview, draft: Pack, pack: Pack) -> None:
    compared = compared_cases(pack, folder_of(pack.name, settings.TAULIAH_PACKS), draft)
    shown.cases = len(compared)
    shown.differing = [case for case in compared if case.differences]


def _bring(shown: Preview, draft: Pack, pack: Pack, file: "UploadedFile[Any] | None") -> None:
    if file is None:
        return
    if (file.size or 0) > LARGEST:
        shown.problem = TOO_LARGE
        return
    try:
        document = read_case_text(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        shown.problem = NOT_TEXT
    except UnreadableDocument as unreadable:
        shown.problem = unreadable.message
    else:
        if isinstance(document, dict):
            shown.brought = compared_document(file.name or "", document, pack, draft)
        else:
            shown.problem = NOT_A_CASE
