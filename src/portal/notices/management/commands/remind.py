"""``remind``: tell people of deadlines that come near; asking twice tells nobody twice."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.notices.reminders import remind


def day(given: str) -> date:
    """Read a day written as 2026-11-22."""
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise CommandError(_("%(given)s is not a day: write 2026-11-22.") % {"given": given}) from error


class Command(BaseCommand):
    """Reminds people; the worker does the same every six hours."""

    help = "Tell people of deadlines that come near, each once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--day", help="as of this day, as 2026-11-22; today where it is left out")

    def handle(self, **options: Any) -> None:
        told = remind(day(options["day"]) if options["day"] else timezone.localdate())
        self.stdout.write(
            ngettext("%(n)d person was reminded.", "%(n)d reminders were sent.", told) % {"n": told}
        )
