"""What an invited or newly appointed person is told by email."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import Person
from portal.institutions.models import Institution
from portal.people.invitation import DAYS, token_for
from portal.people.post import send


def send_invitation(request: HttpRequest, person: Person, institution: Institution) -> None:
    """Send the link by which somebody sets a password and comes in, in their language."""
    link = request.build_absolute_uri(reverse("people:invitation", args=[token_for(person)]))
    with translation.override(person.language):
        subject = _("Invitation to Tauliah by %(institution)s") % {"institution": institution.code}
        text = _(
            "%(institution)s gives you an account in Tauliah, its system for credit "
            "transfer and micro-credentials.\n\nChoose a password here within %(days)s days:\n%(link)s\n\n"
            "If you did not expect this, leave it aside."
        ) % {"institution": institution.name, "days": DAYS, "link": link}
    send(person.email, subject, text, person=person, language=person.language, institution=institution)


def tell_of_appointment(request: HttpRequest, person: Person, institution: Institution) -> None:
    """Tell somebody who has an account that an institution has appointed them."""
    link = request.build_absolute_uri(reverse("people:profile"))
    with translation.override(person.language):
        subject = _("%(institution)s has appointed you") % {"institution": institution.code}
        text = _(
            "%(institution)s has given you a role in Tauliah. Log in with your account and "
            "choose it in the menu under your name:\n%(link)s"
        ) % {"institution": institution.name, "link": link}
    send(person.email, subject, text, person=person, language=person.language, institution=institution)
