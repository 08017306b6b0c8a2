"""The policy packs that this portal serves, read once per process."""

from functools import cache
from pathlib import Path

from django.conf import settings

from tauliah.files.packs import installed_packs
from tauliah.policy.pack import Packs


@cache
def _read(extra: Path | None) -> Packs:
    return installed_packs(extra, drafts=False)


def packs() -> Packs:
    """Return the installed packs and those of the folder in ``TAULIAH_PACKS``, without drafts."""
    return _read(settings.TAULIAH_PACKS)
