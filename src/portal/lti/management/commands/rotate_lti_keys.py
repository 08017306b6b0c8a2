"""Rotate the keys by which institutions sign LTI messages."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.institutions.models import Institution
from portal.lti.keys import forget_old_keys, rotate
from portal.lti.models import Side, SigningKey


class Command(BaseCommand):
    """Makes new keys; the ones before stay published for thirty days, then they are deleted."""

    help = "Make new keys for LTI; those before stay published for thirty days, then they are deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the institution; none: all that have keys."""
        parser.add_argument("--institution", default="", help="short name of one institution")

    def handle(self, *args: Any, institution: str = "", **options: Any) -> None:
        """Rotate both sides' keys that were ever used, and say which keys sign now."""
        gone = forget_old_keys()
        used = SigningKey.objects.filter(retired_at=None)
        if institution:
            if not Institution.objects.filter(code__iexact=institution).exists():
                raise CommandError(f"There is no institution {institution}.")
            used = used.filter(institution__code__iexact=institution)
        for key in used.select_related("institution").order_by("institution__code", "side"):
            new = rotate(key.institution, Side(key.side))
            self.stdout.write(f"{key.institution.code} {key.side}: {new.kid}")
        self.stdout.write(f"{gone} old keys deleted")
