"""The look of a page (light, dark, or as the device has it) and the switches in its header."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


def chosen_theme(request: HttpRequest) -> str:
    """Return the theme kept in the person's cookie, or an empty text: as the device has it."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def appearance(request: HttpRequest) -> dict[str, object]:
    """Give every template the theme, the languages and the place to come back to."""
    return {
        "theme": chosen_theme(request),
        "languages": settings.LANGUAGES,
        "here": request.get_full_path(),
    }


def keep_theme(response: HttpResponseBase, theme: str) -> None:
    """Keep the theme in a cookie; anything but a known theme means: as the device has it."""
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")


def keep_language(response: HttpResponseBase, language: str) -> None:
    """Keep the language in a cookie; an unknown language changes nothing."""
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )


@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Keep the language or theme that was pressed, and go back to the page it was pressed on."""
    response: HttpResponse = set_language(request)
    if "theme" in request.POST:
        keep_theme(response, request.POST["theme"])
    return response


def is_switch(request: HttpRequest) -> bool:
    """Say whether a switch of the header was pressed and sent the page's form along."""
    return "language" in request.POST or "theme" in request.POST


def switched(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Change the language or the colours, then answer in them: what is in the form is not lost."""
    language, theme = request.POST.get("language", ""), request.POST.get("theme")
    if translation.check_for_language(language):
        translation.activate(language)
    if theme is not None:
        request.COOKIES["theme"] = theme
    response = answer()
    keep_language(response, language)
    if theme is not None:
        keep_theme(response, theme)
    return response
