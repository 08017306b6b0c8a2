"""What an uploaded file is, told by its content and never by its name.

Nothing here says that a file is free of viruses; files are never opened on the server beyond these checks,
and leave it as attachments only.
"""

import io
import warnings
import zipfile
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from portal.accounts.refusal import Refused
from portal.wording import in_language
from tauliah.credentials.refusal import Refused as NotRead
from tauliah.credentials.strict_json import read_object
from tauliah.credentials.structure import many

SUFFIXES = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/vc+ld+json": ".json",
}
"""The media types that are kept, with the suffix each file is given."""

MOST_PIXELS = 100_000_000
"""A phone's photograph has 12 to 50 million; a picture of more is a trap for whoever opens it."""

OTHER_KINDS: tuple[tuple[Callable[[bytes], bool], Promise], ...] = (
    (lambda d: d[4:8] == b"ftyp", _("This is an HEIC photograph or a film. Save it as JPG or PDF.")),
    (
        lambda d: d.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")),
        _("This is an Office document or a ZIP file. Save it as PDF and upload that."),
    ),
    (
        lambda d: d[:2] == b"MZ" or d.startswith((b"\x7fELF", b"#!")),
        _("This is a program. Upload a document or a picture, as PDF for example."),
    ),
    (
        lambda d: d.lstrip()[:1] == b"<",
        _("This is a web page or a drawing. Print it to PDF and upload that."),
    ),
    (
        lambda d: d.startswith((b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM")),
        _("This is a picture of another kind. Save it as JPG or PNG."),
    ),
)


def media_type_of(data: bytes) -> str:
    """Return the media type that the content has, or raise ``Refused`` saying what it is and what to do."""
    if not data:
        raise Refused(_("The file is empty. Choose it again."), "files")
    if data.startswith(b"%PDF-"):
        _must_be_whole_pdf(data)
        return "application/pdf"
    if data.startswith(b"\xff\xd8\xff"):
        _must_be_whole_image(data, "JPEG")
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        _must_be_whole_image(data, "PNG")
        return "image/png"
    if data.lstrip()[:1] == b"{":
        _must_be_credential(data)
        return "application/vc+ld+json"
    raise Refused(_what_it_is(data), "files")


def _what_it_is(data: bytes) -> Promise:
    for fits, message in OTHER_KINDS:
        if fits(data):
            return message
    return _("This is no file of a kind that is kept, whatever its name says. Save it as PDF.")


def _must_be_whole_pdf(data: bytes) -> None:
    """Refuse a PDF that is locked, cut short, without pages, or something else as well."""
    damaged = Refused(_("This PDF is damaged or incomplete. Save or print it to PDF again."), "files")
    if b"%%EOF" not in data[-2048:]:
        raise damaged
    _must_be_nothing_else(data)
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        locked = reader.encrypted
        pages = 1 if locked else int(reader.root["/Pages"]["/Count"])
    except (PdfError, ArithmeticError, LookupError, TypeError, ValueError, OSError, RecursionError) as broken:
        raise damaged from broken
    if locked:
        raise Refused(_("This PDF is locked with a password. Save a copy without one."), "files")
    if pages < 1:
        raise damaged


def _must_be_whole_image(data: bytes, kind: str) -> None:
    """Refuse a picture that does not unfold to its end, is far too large, or is something else as well."""
    _must_be_nothing_else(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind]) as picture:
                too_large = picture.width * picture.height > MOST_PIXELS
                if not too_large:
                    picture.load()
    except Image.DecompressionBombError:
        too_large = True
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise Refused(_("This picture is damaged or incomplete. Take or save it again."), "files") from broken
    if too_large:
        raise Refused(_("This picture has too many pixels. Make it smaller."), "files")


def _must_be_credential(data: bytes) -> None:
    """Refuse JSON that holds no verifiable credential, or none that can be read."""
    try:
        document = read_object(data)
    except NotRead as wrong:
        raise Refused(in_language(wrong.message), "files") from wrong
    if not {"VerifiableCredential", "VerifiablePresentation"} & set(map(str, many(document.get("type")))):
        raise Refused(
            _("This JSON file holds no verifiable credential. Download the credential again."), "files"
        )


def _must_be_nothing_else(data: bytes) -> None:
    """Refuse a file that other programs would read as an archive: nobody sees what it carries."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused(
            _("Another file is hidden in this one. Print it to PDF again and upload that."), "files"
        )
