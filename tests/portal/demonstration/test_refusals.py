"""Where the demonstration is not loaded: an installation in use."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.demonstration.loading import Occupied, load
from portal.institutions.models import Institution


def test_an_installation_in_use_is_left_alone(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    Institution.objects.create(code="LAIN", name_ms="Universiti Lain")

    with pytest.raises(Occupied):
        load(timezone.localdate())
    call_command("demonstration")
    assert "tidak dimuatkan" in capsys.readouterr().out
    assert Institution.objects.count() == 1


def test_production_has_no_demonstration(db: None, settings: Any) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError):
        call_command("demonstration")
