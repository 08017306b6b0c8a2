"""Status lists: which credentials of an institution are revoked or suspended, as one published credential."""

from django.db import models

from portal.institutions.models import Institution


class StatusList(models.Model):
    """A list of at least 131,072 places; ``taken`` says which are given away, ``bits`` which are set.

    Credentials of many courses share a list, and a place is drawn by chance, so that it tells nothing.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="status_lists")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=20, default="revocation")
    entries = models.PositiveIntegerField()
    taken = models.BinaryField()
    taken_count = models.PositiveIntegerField(default=0)
    bits = models.BinaryField()
    document = models.JSONField(null=True)
    signed_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["institution", "number"]
        constraints = [models.UniqueConstraint(fields=["institution", "number"], name="status_list_once")]
        indexes = [models.Index(fields=["valid_until"])]

    def __str__(self) -> str:
        return f"{self.institution.code}/{self.number}"
