"""What a request brings: one case or a list of them, as JSON or YAML, read with a bound on its size."""

from email.message import Message
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.api.problems import (
    LENGTH_REQUIRED,
    MALFORMED,
    TOO_LARGE,
    WRONG_MEDIA_TYPE,
    FieldError,
    Problem,
)
from tauliah.files.document import (
    LARGEST_BYTES,
    UnreadableDocument,
    read_json,
    read_yaml,
)

JSON = "application/json"
YAML = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")


def most_bytes(media_type: str) -> int:
    """How long a body may be; YAML is for one case and is bound as a case file is."""
    most: int = getattr(settings, "TAULIAH_API_MOST_BYTES", 10_000_000)
    return most if media_type == JSON else min(most, LARGEST_BYTES)


def document_in(request: HttpRequest) -> Any:
    """Read the body of a request; raises `Problem` where it cannot be read."""
    media_type = _media_type(request)
    text = _text(_bytes(request, most_bytes(media_type)))
    try:
        return read_json(text) if media_type == JSON else read_yaml(text)
    except UnreadableDocument as error:
        raise _malformed(error) from error


def _media_type(request: HttpRequest) -> str:
    header = Message()
    header["Content-Type"] = request.headers.get("Content-Type", "")
    media_type, charset = header.get_content_type(), header.get_content_charset("utf-8")
    encoded = request.headers.get("Content-Encoding", "identity") != "identity"
    if media_type not in (JSON, *YAML) or charset not in ("utf-8", "us-ascii") or encoded:
        raise Problem(WRONG_MEDIA_TYPE, headers={"Accept-Post": f"{JSON}, {YAML[0]}"})
    return media_type


def _bytes(request: HttpRequest, most: int) -> bytes:
    """Read no more than the bound, whatever the request says of its length."""
    length = request.headers.get("Content-Length", "")
    if not length and request.headers.get("Transfer-Encoding"):
        raise Problem(LENGTH_REQUIRED)
    body = None if length.isdecimal() and int(length) > most else request.read(most + 1)
    if body is None or len(body) > most:
        detail = _("The body may have %(most)s bytes at most. Send the cases in several requests.")
        raise Problem(TOO_LARGE, detail % {"most": f"{most:,}"})
    return body


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8", "replace")
        place = {
            "line": before.count("\n") + 1,
            "column": len(before.rpartition("\n")[2]) + 1,
        }
        detail = _("This is not UTF-8 text (line %(line)s, column %(column)s).")
        raise Problem(MALFORMED, detail % place) from error
    if not text.strip():
        raise Problem(MALFORMED, _("The body is empty. Send one case, or a list of cases."))
    return text


def _malformed(error: UnreadableDocument) -> Problem:
    words = error.message.in_language(get_language() or "ms")
    return Problem(MALFORMED, words, (FieldError(error.where, words),) if error.where else ())
