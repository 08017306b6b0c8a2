"""What a file of a proposal is: what applications take as evidence, and workbooks and texts of an office.

Table 4, learning time and market surveys are kept in workbooks (UNIMAS 2.1, 5.2); they leave the server as
attachments only, as every file does.
"""

import io
import zipfile

from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.applications import evidence_content

SUFFIXES = {
    **evidence_content.SUFFIXES,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""The media types that are kept, with the suffix each file is given."""
ACCEPT = ".pdf,.jpg,.jpeg,.png,.xlsx,.docx"
PARTS = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The part by which each of them is told."""
MOST_UNFOLDED = 200_000_000
ENCRYPTED = 0x1
OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def media_type_of(data: bytes) -> str:
    """Return the media type that the content has, or raise ``Refused`` saying what it is and what to do."""
    if data.startswith(b"PK\x03\x04"):
        return _office_type(data)
    if data.startswith(OLD_OFFICE):
        raise Refused(
            _("This is an old or locked Office document. Save it as XLSX, DOCX or PDF without a password."),
            "files",
        )
    return evidence_content.media_type_of(data)


def _office_type(data: bytes) -> str:
    """Return which office document an archive is; one with macros, locked, damaged or too large is none."""
    damaged = Refused(_("This file is damaged or incomplete. Save it again."), "files")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            found = next((kind for name, kind in PARTS.items() if name in parts), None)
            if found is None or "[Content_Types].xml" not in parts:
                raise Refused(
                    _("This is a ZIP file. Upload PDF, JPG, PNG, XLSX or DOCX files one by one."), "files"
                )
            if any(name.lower().endswith("vbaproject.bin") for name in parts):
                raise Refused(
                    _("This document holds macros. Save it without them, as XLSX, DOCX or PDF."), "files"
                )
            if sum(part.file_size for part in parts.values()) > MOST_UNFOLDED:
                raise Refused(_("This document is too large once it is unfolded. Save it as PDF."), "files")
            if any(part.flag_bits & ENCRYPTED for part in parts.values()) or archive.testzip():
                raise damaged
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as broken:
        raise damaged from broken
    return found
