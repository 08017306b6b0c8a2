"""What a reader of PDF files makes of a document: poppler, which is not ours."""

import re
import shutil
import subprocess
from functools import cache

import pytest


@cache
def program(name: str) -> str:
    return shutil.which(name) or pytest.skip(f"{name} (poppler-utils) is not installed")


def text_of(document: bytes, *options: str) -> str:
    return subprocess.run(
        [program("pdftotext"), *options, "-", "-"], input=document, capture_output=True, check=True
    ).stdout.decode()


def pages_of(document: bytes) -> int:
    told = subprocess.run([program("pdfinfo"), "-"], input=document, capture_output=True, check=True).stdout
    found = re.search(rb"^Pages:\s+(\d+)", told, re.MULTILINE)
    assert found
    return int(found[1])
