"""Files of a proposal: checked by their content, kept, taken away while nobody relied on them."""

from hashlib import sha256
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.evidence import content_of
from portal.proposals.access import develops
from portal.proposals.attachable import SUFFIXES, media_type_of
from portal.proposals.models import Attachment, Proposal
from portal.proposals.process import WALK
from portal.records.register import record

LONGEST_NAME = 120
OPEN = frozenset({"draft", "revision", "development"})
"""States in which developers take files away."""


@transaction.atomic
def attach(
    acting: Appointment,
    proposal: Proposal,
    upload: "UploadedFile[Any]",
    kind: str,
    *,
    about: str = "",
    own_work: bool = False,
) -> Attachment:
    """Keep a file with a proposal; the same file of the same kind again is the one kept before.

    Who calls it has asked whether the person may; raises ``Refused`` for a file that cannot be kept.
    """
    if kind not in Attachment.Kind.values:
        raise Refused(_("Choose what kind of document it is."), "kind")
    data = content_of(upload)
    media_type, digest = media_type_of(data), sha256(data).hexdigest()
    proposal = WALK.locked(proposal, None)
    before = proposal.attachments.filter(kind=kind, about=about, sha256=digest).first()
    if before is not None:
        return before
    kept = Attachment(
        proposal=proposal,
        kind=kind,
        about=about,
        name=name_of(upload.name or "", media_type),
        media_type=media_type,
        size=len(data),
        sha256=digest,
        own_work=own_work,
        uploaded_by=acting.person,
    )
    kept.file.save(f"{uuid4().hex}{SUFFIXES[media_type]}", ContentFile(data), save=False)
    try:
        kept.save()
        said(acting, kept, "proposals.attach")
    except Exception:
        kept.file.delete(save=False)
        raise
    return kept


@transaction.atomic
def detach(acting: Appointment, attachment: Attachment) -> None:
    """Take a file away that a developer uploaded, while the course is being written or developed."""
    if not develops(acting, attachment.proposal):
        raise NotAllowed
    proposal = WALK.locked(attachment.proposal, None)
    if proposal.state not in OPEN or attachment.kind == Attachment.Kind.EVIDENCE:
        raise Refused(_("This file belongs to what was handed in. It stays."))
    said(acting, attachment, "proposals.detach")
    storage, path = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(path))


def name_of(given: str, media_type: str) -> str:
    """Return a name that can be shown and saved, with the suffix of what the file is."""
    plain = "".join(c for c in PurePath(given.replace("\\", "/")).name if c.isprintable())
    stem = PurePath(plain).stem.strip(" .")[:LONGEST_NAME]
    return (stem or str(_("document"))) + SUFFIXES[media_type]


def said(acting: Appointment, attachment: Attachment, action: str) -> None:
    """Enter what was done about a file."""
    after = {"kind": attachment.kind, "name": attachment.name, "sha256": attachment.sha256}
    proposal = attachment.proposal
    record(acting, action, proposal, institution=proposal.institution, after=after)
