"""What ``manage.py check --deploy`` says of settings that a university should not go without."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Caution


@register(Tags.security, deploy=True)
def what_production_needs(app_configs: object, **words: Any) -> Iterable[CheckMessage]:
    """Name what is still as on a developer's machine."""
    if not settings.PRODUCTION:
        yield Caution(
            "The portal does not run as in production.", hint="Set TAULIAH_PRODUCTION=1.", id="tauliah.W001"
        )
    if settings.TAULIAH_MAIL_FOLDER is not None:
        hint = "Set TAULIAH_MAIL=smtp+tls://user:password@host:587."
        yield Caution("Mail is put into a folder and reaches nobody.", hint=hint, id="tauliah.W002")
    if "localhost" in settings.DEFAULT_FROM_EMAIL:
        hint = "Set TAULIAH_MAIL_FROM to an address of the university."
        yield Caution("Mail has no sender that could be answered.", hint=hint, id="tauliah.W003")
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        hint = "Set TAULIAH_DATABASE=postgresql://user:password@host/name."
        yield Caution("The database is a file on this machine.", hint=hint, id="tauliah.W004")
    if not settings.ALLOWED_HOSTS:
        yield Caution("The portal answers to no host.", hint="Set TAULIAH_HOSTS.", id="tauliah.W005")
