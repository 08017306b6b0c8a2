"""Keeping, reusing and discarding a person's files, and who may open them."""

import unicodedata
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.access import applications_for
from portal.applications.evidence_content import SUFFIXES, media_type_of
from portal.applications.models import Evidence, EvidenceUse
from portal.records.register import record

NAMELESS = gettext_lazy("document")
LONGEST_NAME = 120


def keep(acting: Appointment, upload: "UploadedFile[Any]", kind: str) -> tuple[Evidence, bool]:
    """Keep an uploaded file and say whether it is new; the same file again is the one kept before."""
    person, data = acting.person, content_of(upload)
    media_type, digest = media_type_of(data), sha256(data).hexdigest()
    if kind not in Evidence.Kind.values:
        raise Refused(_("Choose what kind of document it is."), "kind")
    with transaction.atomic():
        # two uploads at once are two in a row
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        before = Evidence.objects.filter(person=person, sha256=digest).first()
        if before is not None:
            return before, False
        return _stored(acting, _name_of(upload.name or "", media_type), kind, media_type, data), True


def content_of(upload: "UploadedFile[Any]") -> bytes:
    """Read a file that is not too large."""
    most = settings.TAULIAH_EVIDENCE_MOST_BYTES
    if (upload.size or 0) > most:
        message = _("The file is too large: it has %(size)s MB, at most %(most)s MB are kept.")
        sizes = {"size": f"{(upload.size or 0) / 1_000_000:.1f}", "most": f"{most / 1_000_000:g}"}
        raise Refused(message % sizes, "files")
    return bytes(upload.read())


def _stored(acting: Appointment, name: str, kind: str, media_type: str, data: bytes) -> Evidence:
    kept = Evidence(
        person=acting.person,
        kind=kind,
        name=name,
        media_type=media_type,
        size=len(data),
        sha256=sha256(data).hexdigest(),
    )
    kept.file.save(f"{uuid4().hex}{SUFFIXES[media_type]}", ContentFile(data), save=False)
    try:
        kept.save()
        record(acting, "applications.upload_evidence", kept, after={"kind": kind, "sha256": kept.sha256})
    except Exception:
        kept.file.delete(save=False)
        raise
    return kept


def _name_of(given: str, media_type: str) -> str:
    """Return a name that can be shown and saved, with the suffix of what the file is."""
    plain = "".join(c for c in PurePath(given.replace("\\", "/")).name if unicodedata.category(c)[0] != "C")
    stem, suffix = PurePath(plain).stem.strip(" ."), PurePath(plain).suffix.lower()
    fits = suffix == SUFFIXES[media_type] or (media_type == "image/jpeg" and suffix == ".jpeg")
    return (stem[:LONGEST_NAME] or str(NAMELESS)) + (suffix if fits else SUFFIXES[media_type])


def discard(acting: Appointment, kept: Evidence) -> None:
    """Delete a file of one's own that no submitted application uses; drafts lose it."""
    if kept.person_id != acting.person_id:
        raise NotAllowed
    with transaction.atomic():
        Evidence.objects.select_for_update(no_key=True).get(pk=kept.pk)
        if submitted_uses(kept).exists():
            raise Refused(_("This file belongs to an application that was submitted. It stays."))
        kept.uses.all().delete()
        record(acting, "applications.discard_evidence", kept, before={"sha256": kept.sha256})
        storage, path = kept.file.storage, str(kept.file.name)
        kept.delete()
        transaction.on_commit(lambda: storage.delete(path))


def submitted_uses(kept: Evidence) -> QuerySet[EvidenceUse]:
    """Return where a file is used beyond drafts."""
    return kept.uses.exclude(application__state="draft")


def evidence_of(person: Person) -> QuerySet[Evidence]:
    """Return a person's files, newest first; ``is_kept`` says that one cannot be deleted any more."""
    used = EvidenceUse.objects.filter(evidence=OuterRef("pk"))
    return Evidence.objects.filter(person=person).annotate(
        is_kept=Exists(used.exclude(application__state="draft")), is_used=Exists(used)
    )


def evidence_for(acting: Appointment | None, person: Person, pk: int) -> Evidence:
    """Return a file that is the person's own, or part of a submitted application they see as staff."""
    seen = Q(person=person)
    if acting is not None and not acting.is_learner:
        seen |= Q(uses__application__in=applications_for(acting))
    found = Evidence.objects.filter(seen, pk=pk).distinct().first()
    if found is None:
        raise Http404
    return found
