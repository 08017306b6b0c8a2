"""Handing out a file in parts, so that a video can be moved about in without being downloaded whole."""

import re
from collections.abc import Iterator

from django.db.models.fields.files import FieldFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

CHUNK = 64 * 1024
ASKED = re.compile(r"bytes=(\d*)-(\d*)")


def part_asked(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte that a ``Range`` header asks for; None where it asks for all.

    Raises ``ValueError`` for a part that the file does not have. Several parts at once are answered whole.
    """
    found = ASKED.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        begin, end = max(size - int(last), 0), size - 1
    else:
        begin, end = int(first), min(int(last), size - 1) if last else size - 1
    if begin > end or begin >= size:
        raise ValueError(header)
    return begin, end


def chunks(file: FieldFile, begin: int, length: int) -> Iterator[bytes]:
    """Yield a part of a file, which is open only while it is read."""
    with file.open("rb") as opened:
        opened.seek(begin)
        while length > 0:
            block = opened.read(min(CHUNK, length))
            if not block:
                return
            length -= len(block)
            yield block


def handed_out(request: HttpRequest, file: FieldFile, media_type: str) -> HttpResponseBase:
    """Answer with a file, or with the part of it that was asked for."""
    size = file.size
    try:
        part = part_asked(request.headers.get("Range", ""), size)
    except ValueError:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    begin, end = part or (0, size - 1)
    answer = StreamingHttpResponse(
        chunks(file, begin, end - begin + 1), status=206 if part else 200, content_type=media_type
    )
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Length"] = str(end - begin + 1)
    if part:
        answer["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return answer
