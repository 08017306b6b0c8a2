"""Single sign-on of an institution, and requests to be erased."""

from allauth.socialaccount.models import SocialApp
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.accounts.secret_text import SecretTextField
from portal.institutions.models import Institution


class SingleSignOn(models.Model):
    """The login service of an institution; ``app`` holds what the protocol needs.

    ``domains`` are the email domains for which the service vouches: only within them does a login lead to
    an account that exists already. People whose ``role_attribute`` holds one of ``student_values`` become
    students of the institution when they first come in. The ``secret`` that the institution gave stands
    encrypted here; the library's own column stays empty.
    """

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="sign_ons")
    app = models.OneToOneField(SocialApp, models.CASCADE, related_name="sign_on")
    domains = models.JSONField(_("email domains"), default=list)
    role_attribute = models.CharField(_("attribute that tells the affiliation"), max_length=200, blank=True)
    student_values = models.JSONField(_("its values for students"), default=list, blank=True)
    secret = SecretTextField(blank=True, default="")
    origins = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["institution", "pk"]
        verbose_name = _("single sign-on")

    def __str__(self) -> str:
        return str(self.app.name)


class ErasureRequest(models.Model):
    """Somebody's wish to be erased, and what came of it."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="erasure_request")
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return f"{self.person_id}"
