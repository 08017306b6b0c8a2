"""Whoever guesses passwords is stopped for a while, from where they guess, and told what to do."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings as configured
from django.contrib.auth import authenticate, get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils import timezone

from portal import urls
from portal.lockout import address_of

PASSWORD = "jambatan-kayu-3"
HERE, ELSEWHERE = "203.0.113.7", "203.0.113.8"


def enter(request: HttpRequest) -> HttpResponse:
    """A login in its shortest form."""
    known = authenticate(request, email=request.POST["email"], password=request.POST["password"])
    if known is not None:
        login(request, known)
    return HttpResponse("in" if known else "wrong")


class Doors:
    """The portal's routes with a login."""

    urlpatterns = (path("enter/", enter), path("", include(urls.urlpatterns)))
    handler400, handler403 = urls.handler400, urls.handler403
    handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture(autouse=True)
def doors(settings: pytest.FixtureRequest, db: None) -> None:
    settings.ROOT_URLCONF = Doors
    settings.AUTHENTICATION_BACKENDS = [
        "axes.backends.AxesStandaloneBackend",
        "tests.portal.test_lockout.ByEmail",
    ]
    get_user_model().objects.create_user("aminah@example.my", PASSWORD, name="Aminah")


class ByEmail:
    """Knows people by email and password."""

    def authenticate(self, request: HttpRequest, email: str = "", password: str = "") -> object:
        person = get_user_model().objects.filter(email=email.lower()).first()
        return person if person and person.check_password(password) else None

    def get_user(self, key: int) -> object:
        return get_user_model().objects.get(pk=key)


def tried(client: Client, password: str, email: str = "aminah@example.my", where: str = HERE) -> HttpResponse:
    return client.post("/enter/", {"email": email, "password": password}, REMOTE_ADDR=where)


def lock(client: Client, email: str = "aminah@example.my") -> None:
    for _ in range(configured.AXES_FAILURE_LIMIT):
        tried(client, "guess", email)


def test_a_slip_or_two_do_no_harm(malay: Client) -> None:
    for _ in range(configured.AXES_FAILURE_LIMIT - 1):
        assert tried(malay, "guess").content == b"wrong"

    assert tried(malay, PASSWORD).content == b"in"
    assert not AccessAttempt.objects.exists()


def test_too_many_are_stopped_in_both_languages_even_with_the_right_password(
    clients: dict[str, Client],
) -> None:
    told = {"ms": "Terlalu banyak log masuk yang gagal", "en": "Too many failed logins"}
    wait = {"ms": "Cuba lagi dalam 15 minit", "en": "Try again in 15 minutes"}
    lock(clients["ms"])
    for language, client in clients.items():
        response = tried(client, PASSWORD)

        assert response.status_code == 429
        assert told[language] in response.content.decode()
        assert wait[language] in response.content.decode()


def test_the_person_is_not_stopped_elsewhere_and_others_are_not_stopped_here(malay: Client) -> None:
    get_user_model().objects.create_user("bakar@example.my", PASSWORD, name="Bakar")
    lock(malay)

    assert tried(malay, PASSWORD, where=ELSEWHERE).content == b"in"
    assert tried(malay, PASSWORD, "bakar@example.my").content == b"in"


def test_the_way_a_name_is_written_gives_no_more_guesses(malay: Client) -> None:
    lock(malay)

    assert tried(malay, PASSWORD, " Aminah@Example.MY ").status_code == 429


def test_who_has_no_account_is_told_the_same(malay: Client) -> None:
    lock(malay, "nobody@example.my")

    assert tried(malay, "guess", "nobody@example.my").status_code == 429


def test_the_wait_ends(malay: Client) -> None:
    lock(malay)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))

    assert tried(malay, PASSWORD).content == b"in"


def test_no_password_is_kept(malay: Client) -> None:
    tried(malay, "almost-my-password")
    (attempt,) = AccessAttempt.objects.all()

    assert "almost-my-password" not in str(vars(attempt))


@pytest.mark.parametrize(
    ("behind", "forwarded", "expected"),
    [
        (False, "198.51.100.1", HERE),
        (True, "", HERE),
        (True, "198.51.100.1", "198.51.100.1"),
        (True, "10.0.0.1, 198.51.100.1", "198.51.100.1"),
    ],
)
def test_an_address_is_believed_only_from_the_proxy(
    settings: pytest.FixtureRequest, behind: bool, forwarded: str, expected: str
) -> None:
    settings.TAULIAH_BEHIND_PROXY = behind
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert address_of(RequestFactory().get("/", REMOTE_ADDR=HERE, headers=headers)) == expected
