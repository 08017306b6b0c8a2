"""Keys of institutions: made once, kept from others, replaced without harm, and never shown."""

import json
import logging
import os
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tauliah.credentials import eddsa, multikey
from tauliah.files import key_files, keys
from tauliah.files.document_key import new_private_key, self_signed
from tauliah.files.key_files import KeyProblem, private_pem
from tauliah.files.keys import KeyFolder

DAY = date(2026, 3, 3)
NEXT_YEAR = date(2027, 1, 4)


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


@pytest.fixture
def made(folder: KeyFolder) -> KeyFolder:
    folder.new("uthm", "issuing", DAY)
    folder.new("uthm", "document", DAY, owner="Universiti Contoh", algorithm="p256")
    return folder


def test_a_new_key_signs_and_its_public_side_verifies(made: KeyFolder):
    key = made.issuing_key("uthm")
    public = made.public_keys("uthm")[0]

    assert key.name == public.name == "key-2026"
    assert eddsa.verify(public.raw, key.signing.sign(b"words"), b"words")
    assert multikey.decode(public.multikey) == public.raw == key.signing.public


def test_a_document_key_names_the_institution(made: KeyFolder):
    key = made.document_key("uthm")

    assert "Universiti Contoh" in key.certificate.subject.rfc4514_string()
    assert made.certificates("uthm") == (key.certificate,)
    assert made.document_key("uthm") is key


def test_everything_is_for_its_owner_only(made: KeyFolder):
    files = list(made.path.rglob("*"))

    assert {p.name for p in files} >= {
        "uthm",
        "keys.json",
        "key-2026.pem",
        "document-2026.pem",
        "document-2026.crt",
    }
    assert {oct(p.stat().st_mode & 0o777) for p in files if p.is_file()} == {"0o600"}
    assert {oct(p.stat().st_mode & 0o777) for p in [made.path, *files] if p.is_dir()} == {"0o700"}


@pytest.mark.parametrize(
    ("name", "mode", "remedy"),
    [
        ("uthm/key-2026.pem", 0o640, "chmod 600"),
        ("uthm/key-2026.pem", 0o604, "chmod 600"),
        ("uthm/keys.json", 0o620, "chmod 600"),
        ("uthm", 0o750, "chmod 700"),
        (".", 0o705, "chmod 700"),
    ],
)
def test_what_others_can_open_is_not_used(made: KeyFolder, name: str, mode: int, remedy: str):
    (made.path / name).chmod(mode)

    with pytest.raises(KeyProblem) as caught:
        made.issuing_key("uthm")

    for text in (caught.value.text.ms, caught.value.text.en):
        assert f"{remedy} {made.path / name}" in text


@pytest.mark.parametrize("name", ["document-2026.pem", "document-2026.crt"])
def test_a_document_key_that_others_can_open_is_not_used(made: KeyFolder, name: str):
    path = made.path / "uthm" / name
    path.chmod(0o644)

    with pytest.raises(KeyProblem, match=f"chmod 600 {path}"):
        made.document_key("uthm")


def test_a_lost_key_is_named(made: KeyFolder):
    (made.path / "uthm/key-2026.pem").unlink()

    with pytest.raises(KeyProblem, match=r"key-2026\.pem is not there"):
        made.issuing_key("uthm")


def test_another_institutions_key_is_not_taken_for_the_own(made: KeyFolder):
    made.new("utm", "issuing", DAY)
    (made.path / "utm/key-2026.pem").write_bytes((made.path / "uthm/key-2026.pem").read_bytes())

    with pytest.raises(KeyProblem, match="not the key that"):
        made.issuing_key("utm")


def test_who_has_no_key_is_told_how_to_make_one(folder: KeyFolder):
    with pytest.raises(KeyProblem, match="tauliah keys new uthm"):
        folder.issuing_key("uthm")

    assert folder.public_keys("uthm") == ()
    assert not folder.path.exists()


def test_a_second_key_is_not_made_by_accident(made: KeyFolder):
    with pytest.raises(KeyProblem, match="tauliah keys rotate uthm"):
        made.new("uthm", "issuing", DAY)


@pytest.mark.parametrize("name", ["", "..", "../etc", "UTHM", "a/b", ".hidden", "a" * 41])
def test_an_institution_has_a_plain_name(folder: KeyFolder, name: str):
    with pytest.raises(KeyProblem):
        folder.new(name, "issuing", DAY)


def test_rotation_keeps_the_old_key_for_verifying(made: KeyFolder):
    signature = made.issuing_key("uthm").signing.sign(b"words")

    new = made.rotate("uthm", "issuing", NEXT_YEAR)

    old = made.public_keys("uthm")[0]
    assert (new.name, made.issuing_key("uthm").name) == ("key-2027", "key-2027")
    assert (old.name, old.retired, old.revoked) == ("key-2026", NEXT_YEAR, None)
    assert eddsa.verify(old.raw, signature, b"words")


def test_rotation_keeps_the_name_in_the_certificate(made: KeyFolder):
    old = made.document_key("uthm").certificate

    made.rotate("uthm", "document", NEXT_YEAR, algorithm="p256")

    new = made.document_key("uthm").certificate
    assert new != old
    assert new.subject == old.subject
    assert made.certificates("uthm") == (old, new)


def test_two_keys_of_a_year_have_two_names(made: KeyFolder):
    assert made.rotate("uthm", "issuing", DAY).name == "key-2026-2"
    assert made.rotate("uthm", "issuing", DAY).name == "key-2026-3"


def test_a_revoked_key_neither_signs_nor_vouches(made: KeyFolder):
    made.revoke("uthm", "document-2026", NEXT_YEAR, "Pelayan dicerobohi")
    made.revoke("uthm", "key-2026", NEXT_YEAR, "Pelayan dicerobohi")

    assert made.certificates("uthm") == ()
    assert [(k.revoked, k.reason) for k in made.public_keys("uthm")] == [
        (NEXT_YEAR, "Pelayan dicerobohi")
    ] * 2
    with pytest.raises(KeyProblem, match="no key for the use issuing"):
        made.issuing_key("uthm")
    assert made.new("uthm", "issuing", NEXT_YEAR).name == "key-2027"


def test_an_unknown_key_cannot_be_revoked(made: KeyFolder):
    with pytest.raises(KeyProblem, match="key-1999"):
        made.revoke("uthm", "key-1999", DAY, "")


def test_a_key_certified_elsewhere_is_taken_in(made: KeyFolder, tmp_path: Path):
    private = new_private_key("p256")
    certificate = self_signed(private, "Universiti Contoh (CA)", DAY)
    pem, crt = tmp_path / "given.pem", tmp_path / "given.crt"
    key_files.write_secret(pem, lambda: private_pem(private))
    key_files.write_secret(crt, lambda: key_files.certificates_pem([certificate]))

    made.bring("uthm", NEXT_YEAR, pem, crt)

    assert made.document_key("uthm").certificate == certificate
    assert len(made.certificates("uthm")) == 2


def test_a_certificate_of_another_key_is_not_taken_in(made: KeyFolder, tmp_path: Path):
    pem, crt = tmp_path / "given.pem", tmp_path / "given.crt"
    key_files.write_secret(pem, lambda: private_pem(new_private_key("p256")))
    other = self_signed(new_private_key("p256"), "Lain", DAY)
    key_files.write_secret(crt, lambda: key_files.certificates_pem([other]))

    with pytest.raises(KeyProblem, match="do not belong together"):
        made.bring("uthm", NEXT_YEAR, pem, crt)

    assert made.document_key("uthm")


def test_an_issuing_key_does_not_sign_documents(made: KeyFolder, tmp_path: Path):
    with pytest.raises(KeyProblem, match="RSA"):
        made.bring("uthm", DAY, made.path / "uthm/key-2026.pem", made.path / "uthm/document-2026.crt")


def test_development_keys_are_made_once_by_whoever_is_first(folder: KeyFolder, monkeypatch):
    monkeypatch.setattr(keys, "new_private_key", lambda algorithm: new_private_key("p256"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: folder.ensure("contoh", DAY, owner="Contoh"), range(4)))

    assert sorted(key.name for key in folder.public_keys("contoh")) == ["document-2026", "key-2026"]
    assert folder.problems(DAY) == ()


def test_the_key_made_by_itself_is_rsa_of_3072_bits(folder: KeyFolder):
    folder.ensure("contoh", DAY)

    assert folder.document_key("contoh").certificate.public_key().key_size == 3072


def test_a_check_names_everything_that_is_wrong(made: KeyFolder):
    made.rotate("uthm", "issuing", NEXT_YEAR)
    home = made.path / "uthm"
    (home / "stray.pem").write_text("-")
    (home / "document-2026.crt").chmod(0o644)

    told = [text.en for text in made.problems(DAY)]

    assert len(told) == 3
    assert f"chmod 600 {home / 'document-2026.crt'}" in told[0]
    assert f"rm {home / 'key-2026.pem'}" in told[1]
    assert "stray.pem is not listed" in told[2]


def test_a_check_warns_before_a_certificate_ends(made: KeyFolder):
    assert made.problems(date(2035, 12, 1)) == ()
    assert "ends on 2036-03-01" in made.problems(date(2036, 2, 1))[0].en


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"keys": [{"name": 1}]}', "\xff", '{"keys": 5}'])
def test_a_register_that_cannot_be_read_is_named(made: KeyFolder, written: str):
    (made.path / "uthm/keys.json").write_text(written, encoding="latin-1")

    with pytest.raises(KeyProblem, match=r"keys\.json"):
        made.public_keys("uthm")
    assert made.problems(DAY)


def test_public_keys_are_given_as_jwk_and_pem(made: KeyFolder):
    made.rotate("uthm", "document", NEXT_YEAR, algorithm="rsa")
    issuing, ec, rsa = (key.jwk() for key in made.public_keys("uthm"))

    assert (issuing["kty"], issuing["crv"], issuing["kid"], len(issuing["x"])) == (
        "OKP",
        "Ed25519",
        "key-2026",
        43,
    )
    assert (ec["kty"], ec["crv"], len(ec["x"]), len(ec["y"])) == ("EC", "P-256", 43, 43)
    assert (rsa["kty"], rsa["e"], len(rsa["n"])) == ("RSA", "AQAB", 512)
    for key in made.public_keys("uthm"):
        loaded = serialization.load_pem_public_key(key.pem().encode())
        assert loaded == serialization.load_der_public_key(key.public)


# --- Secrets ---------------------------------------------------------------------------------------


def secrets_of(made: KeyFolder) -> list[str]:
    """What of each private key must never be seen, in the writings it could have."""
    found = []
    for path in made.path.rglob("*.pem"):
        pem = path.read_text(encoding="ascii")
        key = serialization.load_pem_private_key(pem.encode(), None)
        body = "".join(pem.splitlines()[1:-1])
        found += [pem.splitlines()[1], body[-24:]]
        if isinstance(key, Ed25519PrivateKey):
            seed = key.private_bytes_raw()
            found += [seed.hex(), repr(seed)]
    return found


def test_no_key_shows_itself(made: KeyFolder):
    issuing, document = made.issuing_key("uthm"), made.document_key("uthm")
    shown = "".join(
        f"{x!r}{x!s}" for x in (issuing, issuing.signing, document, made, *made.public_keys("uthm"))
    )

    assert [secret for secret in secrets_of(made) if secret in shown] == []


def test_no_key_is_pickled(made: KeyFolder):
    import pickle

    for key in (made.issuing_key("uthm"), made.document_key("uthm")):
        with pytest.raises(TypeError):
            pickle.dumps(key)


def test_an_error_shows_no_key_not_even_in_its_frames(made: KeyFolder, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    secrets = secrets_of(made)
    pem = made.path / "uthm/key-2026.pem"
    broken = pem.read_bytes().replace(b"PRIVATE KEY", b"STRANGE KEY")

    def spoil() -> None:
        pem.write_bytes(broken)
        made.issuing_key("uthm")

    def full_disk() -> None:
        def no_room(fd: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", no_room)
        made.rotate("uthm", "issuing", NEXT_YEAR)

    for fail in (spoil, full_disk):
        with pytest.raises(KeyProblem) as caught:
            fail()
        frames = traceback.StackSummary.extract(traceback.walk_tb(caught.tb), capture_locals=True)
        ours = [
            frame for frame in frames if "tauliah/files" in frame.filename and "tests" not in frame.filename
        ]
        told = "".join(traceback.StackSummary.from_list(ours).format()) + str(caught.value) + caplog.text
        assert "path = " in told
        assert [secret for secret in secrets if secret in told] == []


def test_the_register_holds_nothing_secret(made: KeyFolder):
    register = (made.path / "uthm/keys.json").read_text(encoding="utf-8")

    assert {entry["use"] for entry in json.loads(register)["keys"]} == {"issuing", "document"}
    assert [secret for secret in secrets_of(made) if secret in register] == []


def test_a_full_disk_leaves_the_keys_as_they_were(made: KeyFolder, monkeypatch):
    before = made.public_keys("uthm")

    def no_room(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(KeyProblem, match="No space left on device"):
        made.rotate("uthm", "issuing", NEXT_YEAR)

    assert made.public_keys("uthm") == before
    assert not list(made.path.rglob("*.new"))


def test_a_key_is_never_written_over(made: KeyFolder):
    path = made.path / "uthm/key-2026.pem"
    before = path.read_bytes()

    with pytest.raises(KeyProblem, match="File exists"):
        key_files.write_secret(path, lambda: b"another")

    assert path.read_bytes() == before
