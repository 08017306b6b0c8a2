"""A secret that a file keeps: made once, whichever process comes first."""

from pathlib import Path

from django.core.management.utils import get_random_secret_key

from tauliah.files.key_files import KeyProblem, write_secret


def kept_in(file: Path) -> str:
    """Read the secret in this file; where there is none, make one that its owner alone can read.

    The portal and its worker start together: the file is set in its place whole, so that neither
    reads an empty one and both read the same. Raises `KeyProblem` where the file cannot be written.
    """
    if not file.exists():
        try:
            write_secret(file, lambda: get_random_secret_key().encode())
        except KeyProblem:
            if not file.exists():  # it is not that another process was first
                raise
    return file.read_text(encoding="utf-8").strip()
