"""What an uploaded piece of material is, told by its content and never by its name."""

import zipfile
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused

OFFICE = {
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHOWN_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png", "video/mp4", "video/webm"})
"""What a browser shows by itself; other files can only be downloaded."""
VIDEOS = frozenset({"video/mp4", "video/webm"})
BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
)
HEAD = 64


def media_type_of(upload: "UploadedFile[Any]") -> str:
    """Return the media type of an upload; raises ``Refused`` saying what can be kept."""
    upload.seek(0)
    head = bytes(upload.read(HEAD))
    upload.seek(0)
    if not head:
        raise Refused(_("The file is empty. Choose it again."), "file")
    for beginning, media_type in BEGINNINGS:
        if head.startswith(beginning):
            return media_type
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head.startswith(b"PK\x03\x04"):
        return office_type(upload)
    raise Refused(
        _("Only PDF, JPG, PNG, MP4, WebM, Word, PowerPoint and Excel files are kept as materials."), "file"
    )


def office_type(upload: "UploadedFile[Any]") -> str:
    """Return which Office document an upload is; raises ``Refused`` for another archive."""
    try:
        with zipfile.ZipFile(cast("IO[bytes]", upload.file)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as broken:
        raise Refused(_("This file is damaged or incomplete. Save it again."), "file") from broken
    finally:
        upload.seek(0)
    if "[Content_Types].xml" in names:
        for folder, media_type in OFFICE.items():
            if any(name.startswith(folder) for name in names):
                return media_type
    raise Refused(_("This is an archive. Upload the files in it one by one."), "file")


def must_fit(upload: "UploadedFile[Any]") -> None:
    """Raise ``Refused`` for a file that is too large."""
    most = settings.TAULIAH_MATERIAL_MOST_BYTES
    if (upload.size or 0) > most:
        sizes = {"size": f"{(upload.size or 0) / 1_000_000:.1f}", "most": f"{most / 1_000_000:g}"}
        raise Refused(
            _("The file is too large: it has %(size)s MB, at most %(most)s MB are kept.") % sizes, "file"
        )
