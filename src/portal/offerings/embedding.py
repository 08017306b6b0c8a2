"""Videos that another platform streams: which hosts may, and the address of their player."""

import re
from urllib.parse import parse_qs, urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused

YOUTUBE = frozenset(
    {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}
)
VIMEO = frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"})
YOUTUBE_KEY, VIMEO_KEY = re.compile(r"[\w-]{6,20}"), re.compile(r"\d{4,15}")
YOUTUBE_PLAYER, VIMEO_PLAYER = "www.youtube-nocookie.com", "player.vimeo.com"

with_players = csp_update({"frame-src": [f"https://{host}" for host in settings.TAULIAH_VIDEO_HOSTS]})
"""Lets a page, and no other, hold the players of the allowed hosts."""


def player_of(address: str) -> str:
    """Return the address at which a video is played within a page.

    Raises ``Refused`` for an address whose host the installation does not allow (``TAULIAH_VIDEO_HOSTS``).
    """
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").lower()
    if host in YOUTUBE and (key := youtube_key(parts.path, parts.query)):
        return allowed(YOUTUBE_PLAYER, f"https://{YOUTUBE_PLAYER}/embed/{key}")
    if host in VIMEO and (found := VIMEO_KEY.search(parts.path)):
        return allowed(VIMEO_PLAYER, f"https://{VIMEO_PLAYER}/video/{found[0]}")
    if parts.scheme != "https":
        raise Refused(_("The address of a video begins with https://."), "url")
    return allowed(host, address.strip())


def youtube_key(path: str, query: str) -> str:
    """Return the key of a video at YouTube, from any of its forms of address."""
    key = parse_qs(query).get("v", [""])[0] or path.rstrip("/").rpartition("/")[2]
    return key if YOUTUBE_KEY.fullmatch(key) else ""


def allowed(host: str, address: str) -> str:
    """Return an address whose host is allowed; raises ``Refused`` naming those that are."""
    if host in settings.TAULIAH_VIDEO_HOSTS:
        return address
    raise Refused(
        _("Videos may be embedded from: %(hosts)s. Give another address as a link, or upload the video.")
        % {"hosts": ", ".join(settings.TAULIAH_VIDEO_HOSTS) or "–"},
        "url",
    )
