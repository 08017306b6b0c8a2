"""Entries of the register: added, never changed, each carrying the hash of the one before."""

from typing import NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.institutions.models import Institution


class Entry(models.Model):
    """What somebody did: as what, when, to what, what it was before and is now, and why.

    ``details`` may be erased on a person's request; ``digest`` stays, so that the chain still holds.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="entries")
    number = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("at"))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="entries")
    actor = models.BigIntegerField(_("number of the person"), default=0)
    role = models.CharField(_("as"), max_length=30, blank=True)
    action = models.CharField(_("what was done"), max_length=60)
    subject_kind = models.CharField(_("kind of thing"), max_length=60)
    subject_id = models.BigIntegerField(_("which"))
    details = models.JSONField(_("details"), null=True)
    digest = models.CharField(_("digest of the details"), max_length=64)
    previous = models.CharField(_("hash of the entry before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        ordering = ["institution", "number"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="entry_once"),
            models.UniqueConstraint(
                fields=["number"], name="nobodys_entry_once", condition=Q(institution=None)
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"]),
            models.Index(fields=["institution", "action", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refuse: the register only grows."""
        raise TypeError("An entry of the register cannot be deleted.")
