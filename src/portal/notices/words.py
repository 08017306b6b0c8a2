"""The words of the portal for how far an email has come."""

from django.utils.translation import gettext_lazy as _

MAIL_STATES = {
    "waiting": _("Waiting"),
    "sent": _("Sent"),
    "failed": _("Failed"),
    "unconfirmed": _("Perhaps sent"),
}
MAIL_TONES = {"waiting": "wait", "sent": "good", "failed": "bad", "unconfirmed": "bad"}
