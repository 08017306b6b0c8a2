"""`tauliah credential verify`: what a person is told about a file, whatever is in it."""

import json

import pytest
from tests.tauliah.credentials import awards
from tests.tauliah.credentials.test_baking import PNG
from tests.tauliah.files.awards import AWARD, FACE
from typer.testing import CliRunner

from tauliah.cli.program import program
from tauliah.credentials.baking import bake_png, credential_text
from tauliah.credentials.bitstring import Bits
from tauliah.credentials.contexts import CREDENTIALS_V2
from tauliah.credentials.did import DatedKey, did_web_document
from tauliah.credentials.document import open_badge
from tauliah.credentials.proof import ProofOptions, sign
from tauliah.credentials.refusal import CouldNotCheck
from tauliah.credentials.status import status_list_credential
from tauliah.files.certificate import certificate_pdf
from tauliah.files.contexts import published
from tauliah.files.credential_file import LARGEST_BYTES
from tauliah.files.https import GuardedHttps
from tauliah.values.text import same

AT = ["--at", "2026-11-22T04:00:00Z", "--lang", "en"]
KNOWN = ["--known", awards.DID]
BADGE = awards.signed(open_badge(awards.statement(), awards.issue()))


def run(*arguments, stdin=None):
    return CliRunner().invoke(program, ["credential", "verify", *map(str, arguments)], input=stdin)


@pytest.fixture
def badge(tmp_path):
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(BADGE), encoding="utf-8")
    return path


@pytest.fixture
def status_list(tmp_path):
    def written(*revoked):
        document = status_list_credential(
            url=awards.LIST_URL,
            issuer=awards.DID,
            bits=Bits.cleared().having(revoked, set_to=True),
            purpose="revocation",
            valid_from="2026-11-21T00:00:00Z",
            valid_until="2026-11-23T00:00:00Z",
        )
        path = tmp_path / "list.json"
        path.write_text(json.dumps(awards.signed(document)), encoding="utf-8")
        return path

    return written


def test_a_good_credential_is_valid_with_what_was_downloaded(badge, status_list):
    told = run(badge, "--with", status_list(), *KNOWN, *AT)

    assert told.exit_code == 0
    assert "This credential is valid." in told.output
    assert "Aminah binti Salleh" in told.output


def test_a_revoked_one_is_not(badge, status_list):
    told = run(badge, "--with", status_list(94_567), *KNOWN, *AT)

    assert told.exit_code == 1
    assert "NOT valid" in told.output
    assert "✗ Not revoked or suspended: Revoked by the issuer." in told.output


def test_without_a_network_nothing_is_taken_for_good(badge):
    told = run(badge, *AT)

    assert told.exit_code == 1
    assert "could not be fully verified" in told.output


def test_a_picture_carries_its_credential(tmp_path, status_list):
    path = tmp_path / "badge.png"
    path.write_bytes(bake_png(PNG, credential_text(BADGE)))

    assert run(path, "--with", status_list(), *KNOWN, *AT).exit_code == 0


def test_json_says_the_same_for_programs(badge, status_list):
    told = run(badge, "--with", status_list(), *KNOWN, *AT, "--json")
    (line,) = told.output.splitlines()

    assert json.loads(line)["credentials"][0]["outcome"] == "yes"
    assert json.loads(line)["form"] == "json"


def test_it_reads_standard_input(status_list):
    told = run("-", "--with", status_list(), *KNOWN, *AT, stdin=json.dumps(BADGE))

    assert told.exit_code == 0


def test_a_wallets_export_is_opened(tmp_path, status_list):
    path = tmp_path / "export.json"
    exported = {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [BADGE, BADGE],
    }
    path.write_text(json.dumps(exported), encoding="utf-8")
    told = run(path, "--with", status_list(), *KNOWN, *AT)

    assert told.exit_code == 0
    assert told.output.count("This credential is valid.") == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not valid JSON"),
        (b"kind: transfer", "not valid JSON"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b"[1]", "carries no credential"),
        (b'{"type": ["VerifiablePresentation"]}', "carries no credential"),
        (b"eyJhbGciOiJFUzI1NiJ9.e30.x", "token (JWT)"),
        (PNG, "carries no credential"),
        (PNG[:-4], "damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "script"),
        (b"%PDF-1.7 broken", "not a PDF"),
        (b"\xff\xfe\x00", "not valid JSON"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(tmp_path, data, words):
    path = tmp_path / "file"
    path.write_bytes(data)
    told = run(path, *AT)

    assert told.exit_code == 2
    assert words in " ".join(told.output.split())
    assert told.exception is None or isinstance(told.exception, SystemExit)


def test_one_bad_file_does_not_stop_the_others(badge, tmp_path, status_list):
    told = run(
        tmp_path / "none.json", badge, "--with", status_list(), *KNOWN, "--at", "2026-11-22", "--lang", "ms"
    )

    assert told.exit_code == 2
    assert "tidak dijumpai" in told.output
    assert "Kelayakan ini sah." in told.output


def test_a_document_that_cannot_be_read_is_told(badge, tmp_path):
    path = tmp_path / "did.json"
    path.write_text("no json", encoding="utf-8")
    told = run(badge, "--with", path, *AT)

    assert told.exit_code == 2
    assert "not valid JSON" in told.output


def test_a_credential_that_is_none_gets_its_five_answers(tmp_path):
    path = tmp_path / "file.json"
    path.write_text("{}", encoding="utf-8")
    told = run(path, *AT)

    assert told.exit_code == 1
    assert told.output.count("✗") == 2


def test_only_a_host_that_is_named_is_asked(badge, monkeypatch):
    """Whoever wrote the credential wrote the address in it."""
    asked = []

    def get(self, url, *, largest_bytes=0):
        asked.append((url, sorted(self.allowed_hosts)))
        raise CouldNotCheck(same("down"))

    monkeypatch.setattr(GuardedHttps, "get", get)
    run(badge, *KNOWN, *AT)
    told = run(badge, *KNOWN, *AT, "--ask", "kelayakan.universiti.example")

    assert asked == [(awards.LIST_URL, ["kelayakan.universiti.example"])]
    assert told.exit_code == 1
    assert "could not be reached: down" in told.output


def test_a_host_that_is_not_named_is_not_contacted(badge, monkeypatch):
    monkeypatch.setattr("socket.create_connection", lambda *_, **__: pytest.fail("a connection was tried"))
    told = run(badge, *KNOWN, *AT, "--ask", "else.example")

    assert told.exit_code == 1
    assert "not on the list" in " ".join(told.output.split())


def test_a_universitys_own_keys_can_be_given_as_a_file(tmp_path):
    did = "did:web:kelayakan.universiti.example"
    document = open_badge(awards.statement(issuer=awards.issuer(did=did)), awards.issue(status=None))
    options = ProofOptions(f"{did}#key-2026", "2026-07-20T00:00:00Z")
    badge, keys = tmp_path / "badge.json", tmp_path / "did.json"
    badge.write_text(json.dumps(sign(document, awards.KEY, options, published())), encoding="utf-8")
    listed = did_web_document(did, [DatedKey("key-2026", awards.KEY.public)])
    keys.write_text(json.dumps(listed), encoding="utf-8")

    assert run(badge, "--with", keys, "--known", did, *AT).exit_code == 0
    assert "no network is used" in " ".join(run(badge, "--known", did, *AT).output.split())


def test_a_certificate_gives_its_credential_and_an_answer_on_its_own_signature(tmp_path, status_list):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(certificate_pdf(AWARD, FACE, json.dumps(BADGE).encode()))
    told = run(path, "--with", status_list(), *KNOWN, *AT)

    assert "This credential is valid." in told.output
    assert "The PDF's signature: This PDF is not signed." in told.output
    assert told.exit_code == 1


def test_a_file_that_is_too_large_is_told(tmp_path):
    path = tmp_path / "large.json"
    path.write_bytes(b" " * (LARGEST_BYTES + 1))

    assert "20 MB" in run(path, *AT).output
