"""``demonstration``: load institutions, people and applications in every state, once."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.demonstration.loading import Occupied, is_loaded, load
from portal.demonstration.people import PASSWORD


class Command(BaseCommand):
    """Loads the demonstration where nothing is there yet; asking again changes nothing."""

    help = "Load demonstration institutions, people and applications; does nothing where they are there."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what there is."""
        if settings.PRODUCTION:
            raise CommandError(_("The demonstration is not for an installation in use (TAULIAH_PRODUCTION)."))
        if is_loaded():
            self.stdout.write(_("The demonstration is there; its password: %(word)s") % {"word": PASSWORD})
            return
        began = time.monotonic()
        try:
            number = load(timezone.localdate())
        except Occupied:
            self.stdout.write(_("There are institutions here already; the demonstration was not loaded."))
            return
        told = {"number": number, "seconds": f"{time.monotonic() - began:.1f}", "word": PASSWORD}
        self.stdout.write(
            _("Demonstration with %(number)s applications in %(seconds)s s; everybody's password: %(word)s")
            % told
        )
