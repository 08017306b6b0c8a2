"""A secret that a file keeps: made once, whichever process comes first."""

import contextlib
import os
import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def kept_in(file: Path) -> str:
    """Read the secret in this file; where there is none, make one that its owner alone can read.

    The portal and its worker start together: the file is linked into place whole, so that neither
    reads an empty one and both read the same.
    """
    if not file.exists():
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as made:
                made.write(get_random_secret_key())
            with contextlib.suppress(FileExistsError):
                os.link(name, file)
        finally:
            Path(name).unlink()
    return file.read_text(encoding="utf-8").strip()
