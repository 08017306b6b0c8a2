"""The published contexts are there, whole and unchanged, and only those that are meant."""

import hashlib
import json
import shutil

import pytest

from tauliah.credentials import canonical
from tauliah.credentials import contexts as c
from tauliah.credentials.refusal import Reason, Refused
from tauliah.files import contexts

MANIFEST = json.loads((contexts.FOLDER / "manifest.json").read_text(encoding="utf-8"))
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


def test_every_file_has_its_entry_and_every_entry_its_file():
    files = {path.name for path in contexts.FOLDER.glob("*.json")} - {"manifest.json"}

    assert {entry["file"] for entry in MANIFEST} == files
    assert all(entry["source"] and entry["licence"] for entry in MANIFEST)


def test_the_contexts_that_credentials_name_are_published():
    named = {c.CREDENTIALS_V1, c.CREDENTIALS_V2, c.DATA_INTEGRITY_V2, c.MULTIKEY_V1, c.DID_V1}

    assert named | {c.OPEN_BADGES, c.OPEN_BADGES_EXTENSIONS} <= contexts.published().urls


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_every_context_can_be_used(entry):
    """On its own, and after the one that every credential begins with, unless they contradict each other."""
    known = contexts.published(also={"conformance"})
    document = {"@context": [entry["url"]], "@id": "urn:a:b", "urn:c:d": "x"}

    assert canonical.canonicalise(document, known) == '<urn:a:b> <urn:c:d> "x" .\n'


def test_what_only_test_suites_use_is_not_allowed_in_production():
    assert EXAMPLES not in contexts.published().urls
    assert EXAMPLES in contexts.published(also={"conformance"}).urls


def test_a_context_has_the_digest_of_our_file_and_of_the_published_one():
    digests = contexts.published().digests[c.CREDENTIALS_V2]
    ours = hashlib.sha256((contexts.FOLDER / "credentials-v2.json").read_bytes()).hexdigest()

    assert digests == {ours, "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"}


def test_item_1_a_context_file_that_was_changed_is_refused(tmp_path, monkeypatch):
    folder = shutil.copytree(contexts.FOLDER, tmp_path / "contexts")
    path = folder / "credentials-v2.json"
    path.write_bytes(path.read_bytes().replace(b"schema.org/name", b"schema.org/nama"))
    monkeypatch.setattr(contexts, "FOLDER", folder)
    contexts._read.cache_clear()
    with pytest.raises(Refused) as caught:
        contexts.published()
    contexts._read.cache_clear()

    assert (caught.value.reason, caught.value.found) == (Reason.CONTEXT_CHANGED, c.CREDENTIALS_V2)
