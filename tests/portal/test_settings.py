"""Settings from the environment: safe in production, easy in development."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def asked(question: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Import the settings in a process of its own and print the answer to a question about them."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("TAULIAH_")}
    return subprocess.run(
        [sys.executable, "-c", f"from portal import settings as s; print({question})"],
        env=inherited | {"PYTHONPATH": str(ROOT / "src"), "TAULIAH_VAR": str(folder)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_without_a_key_says_what_is_missing(tmp_path: Path) -> None:
    answer = asked("s.SECRET_KEY", tmp_path, TAULIAH_PRODUCTION="1")

    assert answer.returncode != 0
    assert "ImproperlyConfigured: TAULIAH_SECRET_KEY is missing" in answer.stderr


def test_production_keeps_cookies_and_transport_safe(tmp_path: Path) -> None:
    question = (
        "s.DEBUG, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        " s.SECURE_HSTS_SECONDS > 0, s.ALLOWED_HOSTS"
    )
    answer = asked(
        question,
        tmp_path,
        TAULIAH_PRODUCTION="1",
        TAULIAH_DEBUG="1",
        TAULIAH_SECRET_KEY="k" * 60,
        TAULIAH_HOSTS="kredit.example.my, localhost",
    )

    expected = "False True True True True ['kredit.example.my', 'localhost']\n"
    assert answer.stdout == expected


def test_development_makes_its_own_key_once(tmp_path: Path) -> None:
    first = asked("s.SECRET_KEY", tmp_path).stdout
    second = asked("s.SECRET_KEY", tmp_path).stdout

    assert len(first) > 40
    assert second == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_development_shows_no_traceback_unless_asked(tmp_path: Path) -> None:
    assert asked("s.DEBUG", tmp_path).stdout == "False\n"
    assert asked("s.DEBUG", tmp_path, TAULIAH_DEBUG="1").stdout == "True\n"


def test_a_folder_with_further_packs_can_be_named(tmp_path: Path) -> None:
    answer = asked("s.TAULIAH_PACKS", tmp_path, TAULIAH_PACKS=str(tmp_path))

    assert answer.stdout == f"{tmp_path}\n"


PRODUCTION = {
    "TAULIAH_PRODUCTION": "1",
    "TAULIAH_SECRET_KEY": "kunci-rawak-yang-panjang-0123456789-abcdefghijklmnop",
    "TAULIAH_HOSTS": "kredit.example.my",
    "TAULIAH_DATABASE": "postgresql://tauliah:secret@db.example.my/tauliah",
    "TAULIAH_MAIL": "smtp+tls://tauliah:secret@mail.example.my",
    "TAULIAH_MAIL_FROM": "Pindah kredit <kredit@example.my>",
    "TAULIAH_BEHIND_PROXY": "1",
}


def checked(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Ask Django whether the portal may be deployed with these settings."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("TAULIAH_")}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "check", "--deploy", "--fail-level", "WARNING"],
        env=inherited
        | {"DJANGO_SETTINGS_MODULE": "portal.settings", "TAULIAH_VAR": str(folder)}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_is_left_to_warn_of_in_production(tmp_path: Path) -> None:
    answer = checked(tmp_path, PRODUCTION)

    assert (answer.returncode, answer.stderr) == (0, "")


def test_what_a_university_should_not_go_without_is_named_with_its_remedy(tmp_path: Path) -> None:
    kept = ("TAULIAH_PRODUCTION", "TAULIAH_SECRET_KEY")
    answer = checked(tmp_path, {name: PRODUCTION[name] for name in kept})

    assert answer.returncode == 1
    for remedy in ("TAULIAH_MAIL=", "TAULIAH_MAIL_FROM", "TAULIAH_DATABASE=", "TAULIAH_HOSTS"):
        assert f"HINT: Set {remedy}" in answer.stderr


def test_a_number_that_is_none_is_told_with_its_setting(tmp_path: Path) -> None:
    answer = asked("s.DATABASES", tmp_path, TAULIAH_DATABASE_POOL="many")

    assert "ImproperlyConfigured: TAULIAH_DATABASE_POOL: many is not a whole number." in answer.stderr
