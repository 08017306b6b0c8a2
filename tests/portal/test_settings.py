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
