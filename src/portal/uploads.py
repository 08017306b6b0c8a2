"""What people upload: how much at a time, and where it is kept."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import FileUploadHandler


class KeptFiles(FileSystemStorage):
    """A folder outside of what the web server shows: pages hand a file out to those who may have it."""

    def url(self, name: str | None) -> NoReturn:
        """No file has an address of its own."""
        raise ValueError("This file is not accessible via a URL.")


class MostBytes(FileUploadHandler):
    """Refuses a request whose files are too large together, before they fill a disk."""

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        self.left = settings.TAULIAH_EVIDENCE_MOST_BYTES * settings.DATA_UPLOAD_MAX_NUMBER_FILES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count what arrives."""
        self.left -= len(raw_data)
        if self.left < 0:
            raise RequestDataTooBig("The files of this request are too large together.")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that keep it."""
