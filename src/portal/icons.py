"""Small drawings for the pages, written into the page itself: they take its colour and need no request."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

STROKES = {
    "tick": '<circle cx="12" cy="12" r="9"/><path d="m8 12.4 2.7 2.6L16 9.5"/>',
    "cross": '<circle cx="12" cy="12" r="9"/><path d="m9 9 6 6m0-6-6 6"/>',
    "question": '<circle cx="12" cy="12" r="9"/><path d="M9.6 9.6a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1.1.8-1.1 1.6'
    'M12 16.6v.1"/>',
    "full": '<path d="M4 5.5h16M12 20v-9m0 0-3.5 3.5M12 11l3.5 3.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "bin": '<path d="M4 7h16M10 11v6m4-6v6M6 7l1 12a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1l1-12M9 7V4.5h6V7"/>',
    "arrow": '<path d="M5 12h14m-5.5-5.5L19 12l-5.5 5.5"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "file": '<path d="M14 3.5H7a1 1 0 0 0-1 1v15a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1v-12zM14 3.5v4h4"/>',
    "download": '<path d="M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5M5 20h14"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 '
    '11 18.7l1-1"/>',
    "print": '<path d="M7 9V4h10v5M7 17H5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2'
    'M7 14h10v6H7z"/>',
    "sun": '<circle cx="12" cy="12" r="3.8"/><path d="M12 3v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4'
    'M18.4 5.6 17 7M7 17l-1.4 1.4"/>',
    "moon": '<path d="M20 14.2A8.2 8.2 0 1 1 9.8 4 6.6 6.6 0 0 0 20 14.2z"/>',
    "screen": '<path d="M4 5h16v10.5H4zM9 20h6m-3-4.5V20"/>',
    "alert": '<path d="M12 4 2.8 19.5h18.4zM12 10v4.5m0 2.4v.1"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5m0-8.1v.1"/>',
    "pencil": '<path d="m5 19 .8-3.6L16.4 4.8a1.4 1.4 0 0 1 2 0l.8.8a1.4 1.4 0 0 1 0 2L8.6 18.2z"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5a2.2 2.2 0 0 0 4 0"/>',
    "person": '<circle cx="12" cy="8.5" r="3.8"/><path d="M4.5 20a7.5 7.5 0 0 1 15 0"/>',
    "people": '<circle cx="9" cy="9" r="3.3"/><path d="M3 19.5a6 6 0 0 1 12 0M15.5 6a3.2 3.2 0 0 1 0 6.2'
    'M17.5 14.6a6 6 0 0 1 3.5 4.9"/>',
    "key": '<circle cx="8" cy="14.5" r="4"/><path d="m11 11.7 8.5-8.2M16 7l2.8 2.8"/>',
    "shield": '<path d="M12 3.5 5 6v5.5c0 4.4 2.9 7.6 7 9 4.1-1.4 7-4.6 7-9V6z"/>'
    '<path d="m9 12 2.2 2.2L15.2 10"/>',
    "leave": '<path d="M14 4.5h4a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-4M4 12h10.5m-3.5-3.5 3.5 3.5-3.5 3.5"/>',
    "swap": '<path d="M4 8.5h15m-3.5-3.5L19 8.5 15.5 12M20 15.5H5m3.5-3.5L5 15.5 8.5 19"/>',
    "list": '<path d="M8.5 6.5h11m-11 5.5h11m-11 5.5h11M4.5 6.5h.5m-.5 5.5h.5m-.5 5.5h.5"/>',
    "upload": '<path d="M12 15.5V4.5m-4.5 4.5L12 4.5 16.5 9M4.5 15v4.5h15V15"/>',
    "money": '<path d="M3.5 6.5h17v11h-17zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM6.5 9.5v5m11-5v5"/>',
    "badge": '<path d="M12 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM9 13.5 7.5 20.5 12 18l4.5 2.5-1.5-7"/>',
    "search": '<path d="M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5"/>',
    "calendar": '<path d="M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5v4m7-4v4"/>',
    "building": '<path d="M5 20.5V5l7-2v17.5M12 8.5l7 2v10M3 20.5h18M8 8v.1M8 12v.1M8 16v.1m7.5-2.1v.1'
    'm0 3.9v.1"/>',
    "code": '<path d="m8.5 8-4 4 4 4m7-8 4 4-4 4M13.5 6l-3 12"/>',
}


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw an icon; it is decoration, so the words beside it must say the same."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">{}</svg>',
        extra,
        mark_safe(STROKES[name]),  # noqa: S308 - a constant of this module
    )
