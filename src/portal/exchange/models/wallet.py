"""Offers of credentials to wallets: a code, a PIN, a token, a nonce, each for once and for minutes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.credentials.models import Credential


class Offer(models.Model):
    """A learner's own credential, offered to a wallet of theirs; code and PIN are kept as digests."""

    MOST_TRIES = 5

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="offers")
    code = models.CharField(max_length=64, unique=True)
    pin = models.CharField(max_length=128)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("until"), db_index=True)
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("offer to a wallet")

    @property
    def is_open(self) -> bool:
        """Whether a wallet can still take it."""
        spent = self.taken_at or self.closed_at or self.tries >= self.MOST_TRIES
        return not spent and self.expires_at > timezone.now()


class WalletToken(models.Model):
    """What a wallet got for its code and PIN: access to one credential, for once."""

    offer = models.OneToOneField(Offer, models.CASCADE, related_name="token")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    holder = models.CharField(max_length=2_000, blank=True)


class WalletNonce(models.Model):
    """A number that a wallet's proof must contain, given once and used once."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)
