"""How often one address may ask in a minute: counted in the cache that the machine's processes share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.errors import explain
from portal.lockout import address_of

View = Callable[..., HttpResponse]
OPENED = 10
"""How many times as often a credential may be opened by its own address."""


def paced(name: str, times: int = 1) -> Callable[[View], View]:
    """Have a page answer 429 to an address that asks too often."""

    def pace(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if too_often(request, name, settings.TAULIAH_VERIFICATIONS_PER_MINUTE * times):
                answer = explain(
                    request, 429, _("Too many at once"), _("Wait for a minute, then verify the next one.")
                )
                answer["Retry-After"] = "60"
                return answer
            return view(request, *args, **kwargs)

        return cast("View", counted)

    return pace


def too_often(request: HttpRequest, name: str, most: int) -> bool:
    """Count a request of an address in this minute; say whether there were too many."""
    minute = int(timezone.now().timestamp() // 60)
    key = f"pace-{name}-{minute}-{address_of(request)}"
    cache.add(key, 0, 120)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ended in this very moment
        return False
