"""The frame around every page: languages, colours, safety, and pages for what goes wrong."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from portal import urls


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret of the inside")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("a secret of the inside")


class Broken:
    """The portal's routes with three that fail."""

    urlpatterns = (
        path("broken/", broken),
        path("forbidden/", forbidden),
        path("suspicious/", suspicious),
        path("", include(urls.urlpatterns)),
    )
    handler400, handler403 = urls.handler400, urls.handler403
    handler404, handler500 = urls.handler404, urls.handler500


WRONG = {
    "/nope/": (404, "Halaman tidak dijumpai", "Page not found"),
    "/broken/": (500, "Sistem menghadapi masalah", "The system ran into a problem"),
    "/forbidden/": (403, "Tidak dibenarkan", "Not allowed"),
    "/suspicious/": (400, "Permintaan tidak dapat dibaca", "The request could not be read"),
}


class TestLanguage:
    def test_it_is_malay_even_for_an_english_browser(self, malay: Client) -> None:
        response = malay.get("/")

        assert response.headers["Content-Language"] == "ms"
        assert '<html lang="ms"' in response.content.decode()
        assert "Semakan kelayakan" in response.content.decode()

    def test_it_is_english_for_who_chose_english(self, english: Client) -> None:
        page = english.get("/").content.decode()

        assert '<html lang="en"' in page
        assert "Eligibility check" in page

    def test_it_changes_and_returns_to_the_page(self, malay: Client) -> None:
        response = malay.post("/choose/", {"language": "en", "next": "/nope/"})

        assert response.headers["Location"] == "/nope/"
        assert "Page not found" in malay.get("/nope/").content.decode()

    def test_it_never_leads_to_another_site(self, malay: Client) -> None:
        response = malay.post("/choose/", {"language": "en", "next": "https://example.com/"})

        assert response.headers["Location"] == "/"

    def test_it_leaves_unknown_languages_aside(self, malay: Client) -> None:
        malay.cookies["language"] = "xx<script>"

        assert '<html lang="ms"' in malay.get("/").content.decode()

    def test_it_refuses_get(self, malay: Client) -> None:
        assert malay.get("/choose/").status_code == 405

    def test_its_answers_differ_by_cookie(self, malay: Client) -> None:
        assert "Cookie" in malay.get("/").headers["Vary"]


class TestColours:
    def test_they_follow_the_device_at_first(self, malay: Client) -> None:
        assert "data-theme" not in malay.get("/").content.decode()

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_they_stay_as_chosen(self, malay: Client, theme: str) -> None:
        malay.post("/choose/", {"theme": theme})

        assert f'data-theme="{theme}"' in malay.get("/").content.decode()

    def test_they_return_to_the_device(self, malay: Client) -> None:
        malay.post("/choose/", {"theme": "dark"})
        malay.post("/choose/", {"theme": "auto"})

        assert "data-theme" not in malay.get("/").content.decode()


class TestSafety:
    def test_no_page_allows_code_from_elsewhere_or_inline(self, malay: Client) -> None:
        policy = malay.get("/").headers["Content-Security-Policy"]

        assert "unsafe" not in policy
        assert "script-src 'self'" in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy

    def test_no_page_holds_code_or_styles_inline(self, malay: Client) -> None:
        page = malay.get("/transfer/check/?example").content.decode()

        assert " style=" not in page
        assert "<style" not in page
        assert "onclick" not in page
        assert page.count("<script") == page.count("<script src=")

    def test_no_page_asks_another_host_for_anything(self, malay: Client) -> None:
        page = malay.get("/").content.decode()

        assert "http://" not in page.replace("http://www.w3.org", "")
        assert "https://" not in page

    def test_health_is_told_in_plain_text(self, malay: Client) -> None:
        assert malay.get("/healthz").content == b"ok\n"
        assert malay.post("/healthz").status_code == 405


class TestMishaps:
    @pytest.fixture(autouse=True)
    def routes(self, settings: pytest.FixtureRequest) -> None:
        settings.ROOT_URLCONF = Broken
        settings.DEBUG = False

    @pytest.mark.parametrize("address", WRONG)
    def test_they_are_told_in_both_languages_without_a_traceback(
        self, malay: Client, english: Client, address: str
    ) -> None:
        status, in_malay, in_english = WRONG[address]
        for client, words in ((malay, in_malay), (english, in_english)):
            client.raise_request_exception = False
            response = client.get(address)

            assert response.status_code == status
            assert words in response.content.decode()
            assert "Traceback" not in response.content.decode()
            assert "secret" not in response.content.decode()

    def test_a_form_without_its_token_is_told_so(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        response = strict.post("/choose/", {"language": "en"})

        assert response.status_code == 403
        assert "Borang ini tidak lagi sah" in response.content.decode()

    def test_a_failing_error_page_still_answers(self, malay: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(*_: object, **__: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("portal.errors.render", fails)
        malay.raise_request_exception = False
        response = malay.get("/broken/")

        assert response.status_code == 500
        assert "Sistem menghadapi masalah" in response.content.decode()
        assert "ran into a problem" in response.content.decode()
