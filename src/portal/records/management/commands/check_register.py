"""Checks the register of every institution: that nobody changed, removed or slipped in an entry."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.institutions.models import Institution
from portal.records.models import Entry
from portal.records.register import broken_entries


class Command(BaseCommand):
    """Names each entry that does not hold; ends with an error where there is one."""

    help = "Check that nobody changed the register of actions."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check institution by institution, and what belongs to none."""
        broken = 0
        for institution in (*Institution.objects.filter(entries__isnull=False).distinct(), None):
            code = institution.code if institution else "-"
            for entry in broken_entries(institution):
                broken += 1
                self.stderr.write(f"{code} {entry.number} {entry.action} {entry.at.isoformat()}")
            count = Entry.objects.filter(institution=institution).count()
            self.stdout.write(f"{code}: {count}")
        if broken:
            raise CommandError(f"{broken} entries of the register do not hold.")
