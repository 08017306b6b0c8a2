"""`tauliah keys`: what an administrator of the machine does and reads, in both languages."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tauliah.cli.program import program
from tauliah.files.document_key import new_private_key, self_signed
from tauliah.files.key_files import certificates_pem, private_pem, write_secret
from tauliah.files.keys import KeyFolder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TAULIAH_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path / "keys"


def keys(*words: str, typed: str = "", code: int = 0) -> str:
    result = CliRunner().invoke(program, ["keys", *words], input=typed)
    assert result.exit_code == code, result.output
    return result.output


def made(*words: str) -> str:
    return keys("new", "uthm", "--on", "2026-03-03", "--algorithm", "p256", "--lang", "en", *words)


def listed() -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in json.loads(keys("list", "--json"))}


def test_new_makes_both_keys_where_the_environment_says(folder: Path):
    told = made("--owner", "Universiti Contoh")

    assert "Made: key-2026 (issuing) for uthm" in told
    assert "Made: document-2026 (document) for uthm" in told
    assert (folder / "uthm/key-2026.pem").exists()
    assert "Universiti Contoh" in KeyFolder(folder).document_key("uthm").certificate.subject.rfc4514_string()


def test_without_a_folder_keys_are_kept_with_the_files_made_while_running(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("TAULIAH_KEYS", raising=False)
    monkeypatch.setenv("TAULIAH_VAR", str(tmp_path))

    made("--use", "issuing")

    assert (tmp_path / "keys/uthm/keys.json").exists()


def test_new_makes_what_is_missing_and_then_says_so(folder: Path):
    assert made("--use", "issuing").count("Made") == 1
    assert "document-2026" in made()
    assert "tauliah keys rotate uthm" in keys("new", "uthm", "--lang", "ms", code=2)


def test_new_takes_in_a_certified_key(folder: Path, tmp_path: Path):
    from datetime import date

    private = new_private_key("p256")
    write_secret(tmp_path / "k.pem", lambda: private_pem(private))
    write_secret(tmp_path / "c.pem", lambda: certificates_pem([self_signed(private, "CA", date(2026, 1, 1))]))

    told = made("--private", str(tmp_path / "k.pem"), "--certificate", str(tmp_path / "c.pem"))

    assert "document-2026 (document)" in told
    assert "--private" in keys("new", "uthm", "--private", str(tmp_path / "k.pem"), "--lang", "en", code=2)


def test_list_gives_public_keys_and_nothing_else(folder: Path):
    made()
    entries = listed()

    assert entries["key-2026"]["multikey"].startswith("z6Mk")
    assert entries["document-2026"]["jwk"]["kty"] == "EC"
    assert "PRIVATE" not in json.dumps(entries)
    assert '"d":' not in json.dumps(entries)


@pytest.mark.parametrize(("language", "told"), [("ms", "Tiada kunci."), ("en", "There are no keys.")])
def test_list_without_keys_says_so(folder: Path, language: str, told: str):
    assert told in keys("list", "--lang", language)


def test_rotate_and_revoke_are_told_in_the_list(folder: Path):
    made()
    keys("rotate", "uthm", "--on", "2027-01-04")
    keys("revoke", "uthm", "document-2026", "--reason", "Dicuri", "--on", "2027-01-05", "--yes")
    entries = listed()

    assert entries["key-2026"]["retired"] == "2027-01-04"
    assert (entries["document-2026"]["revoked"], entries["document-2026"]["reason"]) == (
        "2027-01-05",
        "Dicuri",
    )
    told = keys("list", "uthm", "--lang", "en")
    for words in ("retired 2027-01-04", "revoked 2027-01-05: Dicuri", "in use"):
        assert words in told


def test_revoke_asks_first_and_says_what_comes_next(folder: Path):
    made()

    asked = keys("revoke", "uthm", "key-2026", "--reason", "x", "--lang", "en", typed="n\n", code=1)
    assert "Nothing signed with key-2026 will be valid" in asked
    assert listed()["key-2026"]["revoked"] is None

    told = keys("revoke", "uthm", "key-2026", "--reason", "x", "--lang", "ms", typed="y\n")
    assert "tauliah keys new uthm" in told


@pytest.mark.parametrize("words", [["rotate", "uthm"], ["revoke", "uthm", "key-1", "--reason", "x", "--yes"]])
def test_what_is_not_there_is_named(folder: Path, words: list[str]):
    assert "uthm" in keys(*words, "--lang", "ms", code=2)


def test_check_names_file_and_remedy(folder: Path):
    made()
    assert "1 institutions; all is in order." in keys("check", "--on", "2026-03-03", "--lang", "en")

    (folder / "uthm/key-2026.pem").chmod(0o644)

    told = keys("check", "--on", "2026-03-03", "--lang", "ms", code=1)
    assert f"chmod 600 {folder / 'uthm/key-2026.pem'}" in told
