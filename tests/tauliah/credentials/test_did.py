"""DIDs as values: whose document it is, which keys it lists, and where it may stand."""

from copy import deepcopy

import pytest
from tests.tauliah.credentials.samples import KEY, OTHER

from tauliah.credentials import did, multikey
from tauliah.credentials.did import DatedKey
from tauliah.credentials.refusal import CouldNotCheck, Reason, Refused

UNIVERSITY = "did:web:ukb.example"
KEYS = [DatedKey("key-2027", OTHER.public), DatedKey("key-2026", KEY.public, revoked="2027-01-05T00:00:00Z")]


def refused(function, *arguments):
    with pytest.raises(Refused) as caught:
        function(*arguments)
    return caught.value.reason


def listed(**changes):
    document = did.did_web_document(UNIVERSITY, KEYS)
    document["verificationMethod"][0] |= changes
    return document


def method_of(document, name="key-2027", purpose="assertionMethod"):
    return did.controller_document(UNIVERSITY, document).method(f"{UNIVERSITY}#{name}", purpose)


def test_an_institution_publishes_all_its_keys_the_newest_first():
    document = did.did_web_document(UNIVERSITY, KEYS)

    assert document["id"] == UNIVERSITY
    assert document["assertionMethod"] == [f"{UNIVERSITY}#key-2027", f"{UNIVERSITY}#key-2026"]
    assert document["verificationMethod"][1] == {
        "id": f"{UNIVERSITY}#key-2026",
        "type": "Multikey",
        "controller": UNIVERSITY,
        "publicKeyMultibase": multikey.encode(KEY.public),
        "revoked": "2027-01-05T00:00:00Z",
    }
    assert method_of(document).public == OTHER.public
    assert method_of(document, "key-2026").revoked.year == 2027


@pytest.mark.parametrize(
    "keys",
    [
        [DatedKey("key-2026", KEY.public), DatedKey("key-2026", OTHER.public)],
        [DatedKey("key 2026", KEY.public)],
        [DatedKey("", KEY.public)],
        [DatedKey("key-2026", bytes(32))],
        [DatedKey("key-2026", KEY.public[:-1])],
        [DatedKey("key-2026", KEY.public, revoked="2027-01-05")],
    ],
)
def test_keys_that_cannot_be_published_are_refused(keys):
    with pytest.raises(Refused):
        did.did_web_document(UNIVERSITY, keys)


@pytest.mark.parametrize(
    ("identifier", "url"),
    [
        ("did:web:ukb.example", "https://ukb.example/.well-known/did.json"),
        ("did:web:kredensial.ukb.edu.my", "https://kredensial.ukb.edu.my/.well-known/did.json"),
        ("did:web:ukb.example:fakulti:sains", "https://ukb.example/fakulti/sains/did.json"),
    ],
)
def test_where_the_document_of_a_did_web_stands(identifier, url):
    assert did.did_web_url(identifier) == url


@pytest.mark.parametrize(
    "identifier",
    [
        "did:web:localhost",
        "did:web:127.0.0.1",
        "did:web:[::1]",
        "did:web:169.254.169.254",
        "did:web:2130706433",
        "did:web:0177.0.0.1",
        "did:web:0x7f.0.0.1",
        "did:web:ukb.example%3A8443",
        "did:web:localhost%3A3000",
        "did:web:user%40ukb.example",
        "did:web:user@ukb.example",
        "did:web:ukb.example:..",
        "did:web:ukb.example:a/b",
        "did:web:ukb.example:a%2Fb",
        "did:web:ukb.example:",
        "did:web:",
        "did:web:UKB.example",
        "did:web:ukb.example.",
        "did:web:-ukb.example",
        "did:web:ukb..example",
        "did:web:ukb.example/x",
        "did:web:ukb.example?x",
        "did:web:ukb.example#x",
        "did:web:ukb.exam\nple",
        "did:web:ukbé.example",
        "did:web:" + "a" * 600 + ".example",
        "did:key:z6Mk",
        "https://ukb.example",
        None,
    ],
)
def test_item_3_a_did_web_that_leads_inside_is_refused(identifier):
    assert refused(did.did_web_url, identifier) == Reason.DID_MALFORMED


def test_a_did_web_is_made_of_a_host_and_a_path():
    assert did.did_web("ukb.example", ["fakulti"]) == "did:web:ukb.example:fakulti"
    assert refused(did.did_web, "localhost") == Reason.DID_MALFORMED


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"id": "did:web:lain.example"},
        {"id": UNIVERSITY, "verificationMethod": {}},
        {"id": UNIVERSITY, "verificationMethod": ["key-2026"]},
        {"id": UNIVERSITY, "verificationMethod": [{"id": 7}]},
        {"id": UNIVERSITY, "assertionMethod": [7]},
        {"id": UNIVERSITY, "verificationMethod": [{"id": f"#{n}"} for n in range(200)]},
        {"id": UNIVERSITY, "verificationMethod": [{"id": "#a"}, {"id": f"{UNIVERSITY}#a"}]},
        {"id": UNIVERSITY, "verificationMethod": [{"id": "#a"}], "assertionMethod": [{"id": "#a"}]},
    ],
)
def test_somebody_else_s_or_a_malformed_document_is_refused(document):
    assert refused(did.controller_document, UNIVERSITY, document) == Reason.DID_DOCUMENT


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"controller": "did:web:lain.example"}, Reason.METHOD_CONTROLLER),
        ({"controller": None}, Reason.METHOD_CONTROLLER),
        ({"type": "JsonWebKey2020"}, Reason.KEY_TYPE),
        ({"publicKeyMultibase": None}, Reason.KEY_MALFORMED),
        ({"publicKeyMultibase": "zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76"}, Reason.KEY_TYPE),
        ({"secretKeyMultibase": "z3u2"}, Reason.DID_DOCUMENT),
        ({"revoked": "yesterday"}, Reason.DATE_MALFORMED),
    ],
)
def test_a_listed_key_that_cannot_be_relied_on_is_refused(changes, reason):
    assert refused(method_of, listed(**changes)) == reason


def test_item_8_a_key_serves_only_the_purposes_it_is_listed_for():
    assert refused(method_of, listed(), "key-2027", "authentication") == Reason.METHOD_PURPOSE
    assert refused(method_of, listed(), "key-2025") == Reason.METHOD_UNKNOWN


def test_a_key_may_stand_inside_its_purpose_with_a_relative_name():
    document = deepcopy(listed())
    document["assertionMethod"].append(
        {
            "id": "#within",
            "type": "Multikey",
            "controller": UNIVERSITY,
            "publicKeyMultibase": multikey.encode(KEY.public),
        }
    )

    assert method_of(document, "within").public == KEY.public


def test_a_did_key_is_its_own_document():
    identifier = did.did_key(KEY.public)
    document = did.with_did_key(None)(identifier)
    found = did.controller_document(identifier, document).method(
        did.key_method(identifier), "assertionMethod"
    )

    assert (found.public, found.controller) == (KEY.public, identifier)


@pytest.mark.parametrize("identifier", ["did:key:", "did:key:z6Mk", "did:key:zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76"])  # fmt: skip
def test_a_malformed_did_key_is_refused(identifier):
    with pytest.raises(Refused):
        did.with_did_key(None)(identifier)


def test_a_did_web_without_anybody_to_ask_could_not_be_checked():
    with pytest.raises(CouldNotCheck) as caught:
        did.with_did_key(None)(UNIVERSITY)

    assert UNIVERSITY in caught.value.message.ms
