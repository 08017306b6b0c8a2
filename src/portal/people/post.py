"""Messages about an account itself: they go out by the same post as every other email, each once."""

from uuid import uuid4

from django.db import transaction

from portal.accounts.models import Person
from portal.institutions.models import Institution
from portal.notices.models import Mail
from portal.notices.tasks import send_mail


@transaction.atomic
def send(
    to: str,
    subject: str,
    text: str,
    *,
    person: Person | None = None,
    language: str = "ms",
    institution: Institution | None = None,
) -> Mail:
    """Put a message in the post; a worker sends it, and again where the mail server was away."""
    mail = Mail.objects.create(
        key=f"account:{uuid4()}",
        person=person,
        institution=institution,
        to=to,
        subject=" ".join(subject.split())[:250],
        text=text,
        language=language,
    )
    send_mail.enqueue(mail.pk)
    return mail
