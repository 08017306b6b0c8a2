"""What is wrong with the institutions' keys, said when the portal starts and by ``manage.py check``."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Error as Mistake
from django.core.checks import Warning as Caution
from django.utils import timezone

from portal.credentials.signing import key_folder


@register(Tags.security)
def keys_are_in_order(app_configs: object, **words: Any) -> Iterable[CheckMessage]:
    """Name every problem of the key folder: an error in production, a warning elsewhere."""
    kind = Mistake if settings.PRODUCTION else Caution
    return [kind(problem.en, id="tauliah.E101") for problem in key_folder().problems(timezone.localdate())]
