"""Verification: five answers, each for itself, and nothing asked of anybody before the signature holds."""

import json
from copy import deepcopy
from datetime import UTC, datetime

import pytest
from tests.tauliah.credentials import awards

from tauliah.credentials.answer import Outcome, together
from tauliah.credentials.bitstring import Bits
from tauliah.credentials.did import DatedKey, did_web_document, key_method
from tauliah.credentials.document import open_badge
from tauliah.credentials.proof import ProofOptions, sign
from tauliah.credentials.refresh import refreshed
from tauliah.credentials.refusal import CouldNotCheck
from tauliah.credentials.status import status_list_credential
from tauliah.credentials.verification import QUESTIONS, problem_details, worst_first
from tauliah.credentials.verify import verify
from tauliah.files.contexts import published
from tauliah.values.text import Text, same

NAME = Text("Universiti Contoh Malaysia", "Example University of Malaysia")
KNOWN = {awards.DID: NAME}


def listed(url):
    return awards.signed(
        status_list_credential(
            url=url,
            issuer=awards.DID,
            bits=Bits.cleared(),
            purpose="revocation",
            valid_from="2026-11-21T00:00:00Z",
            valid_until="2026-11-23T00:00:00Z",
        )
    )


def badge(change=lambda document: None, **issue):
    document = open_badge(awards.statement(), awards.issue(**issue))
    change(document)
    return document


def checked(document, **changes):
    given = {"at": awards.NOW, "contexts": published(), "fetch_list": listed, "known": KNOWN} | changes
    return verify(document, **given)


def outcomes(found):
    return {name: answer.outcome.value for name, answer in found.answers.items()}


ALL_YES = dict.fromkeys(QUESTIONS, "yes")


def test_a_good_credential_is_valid_in_every_answer():
    found = checked(awards.signed(badge()))

    assert outcomes(found) == ALL_YES
    assert found.outcome is Outcome.YES
    assert found.summary == Text("Kelayakan ini sah.", "This credential is valid.")
    assert "Example University of Malaysia" in found.issuer.reason.en
    assert problem_details(found) == []


def test_a_changed_grade_is_told_and_nothing_is_fetched():
    document = awards.signed(badge())
    document["credentialSubject"]["result"][2]["value"] = "A"
    found = checked(document)

    assert outcomes(found) == {
        "signature": "no",
        "issuer": "unknown",
        "status": "unknown",
        "dates": "yes",
        "schema": "yes",
    }
    assert found.status.code == "status.not_fetched"
    assert problem_details(found)[0]["type"].endswith("#CRYPTOGRAPHIC_SECURITY_ERROR")


def test_an_impostor_with_a_good_signature_of_its_own_is_refused():
    """Item 7: the issuer is the university, the signature somebody else's."""
    found = checked(awards.signed(badge(), awards.OTHER_KEY))

    assert found.signature.outcome is Outcome.YES
    assert found.issuer.code == "issuer.issuer_mismatch"
    assert found.status.code == "status.not_fetched"
    assert found.outcome is Outcome.NO


def test_an_issuer_that_nobody_here_knows_is_not_called_known():
    found = checked(awards.signed(badge()), known={})

    assert found.issuer.code == "issuer.not_known"
    assert found.outcome is Outcome.UNKNOWN


def test_a_credential_without_proof_is_not_signed():
    found = checked(badge())

    assert (found.signature.outcome, found.signature.code) == ("no", "signature.proof_missing")


def test_keys_that_cannot_be_reached_leave_the_signature_open():
    did = "did:web:kelayakan.universiti.example"

    def down(_):
        raise CouldNotCheck(same("rangkaian"))

    document = awards.statement(issuer=awards.issuer(did=did))
    options = ProofOptions(f"{did}#key-2026", "2026-07-20T00:00:00Z")
    signed = sign(open_badge(document, awards.issue()), awards.KEY, options, published())

    for resolve in (down, None):
        found = checked(signed, resolve=resolve)

        assert found.signature.outcome is Outcome.UNKNOWN
        assert found.outcome is Outcome.UNKNOWN


def test_a_university_with_its_own_domain_verifies_by_the_keys_it_publishes():
    did = "did:web:kelayakan.universiti.example"
    keys = did_web_document(did, [DatedKey("key-2026", awards.KEY.public)])
    options = ProofOptions(f"{did}#key-2026", "2026-07-20T00:00:00Z")
    document = open_badge(awards.statement(issuer=awards.issuer(did=did)), awards.issue(status=None))
    signed = sign(document, awards.KEY, options, published())

    found = checked(signed, resolve=lambda _: keys, known={did: NAME})

    assert outcomes(found) == ALL_YES


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda d: d["@context"].append("https://example.org/unknown"), "signature.context_unknown"),
        (lambda d: d["proof"][0].update(cryptosuite="ecdsa-rdfc-2019"), "signature.cryptosuite"),
        (lambda d: d["proof"][0].update(type="Ed25519Signature2020"), "signature.proof_type"),
        (lambda d: d["proof"][0].update(verificationMethod="did:ion:abc#key"), "signature.did_method"),
        (lambda d: d["proof"][0].update(verificationMethod="https://a.example/issuer#key"), "signature.key_on_the_web"),
    ],
)  # fmt: skip
def test_a_kind_of_signature_that_is_not_known_here_is_neither_called_false_nor_true(spoil, code):
    asked = []
    document = awards.signed(badge())
    spoil(document)
    found = checked(document, fetch_list=listener(asked))

    assert (found.signature.outcome, found.signature.code) == ("unknown", code)
    assert found.outcome is Outcome.UNKNOWN
    assert found.issuer.outcome is Outcome.UNKNOWN
    assert asked == []
    assert problem_details(found, "signature")


# --- Item 2: nothing is fetched before the signature holds ------------------------------------------


def listener(asked):
    def fetch(url):
        asked.append(url)
        raise CouldNotCheck(same("x"))

    return fetch


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.pop("proof"),
        lambda d: d.update(name="changed"),
        lambda d: d["proof"][0].update(proofValue="z" + "1" * 88),
        lambda d: d["proof"].append(d["proof"][0] | {"proofValue": "z111"}),
        lambda d: d.update(unknown="data"),
    ],
)
def test_an_address_in_a_credential_that_is_not_signed_is_never_asked(spoil):
    asked = []
    document = badge(
        lambda d: d.update(
            credentialSchema=[
                {"id": "https://listener.example/schema", "type": "1EdTechJsonSchemaValidator2019"}
            ],
            refreshService={"id": "https://listener.example/refresh", "type": "1EdTechCredentialRefresh"},
            validUntil="2026-07-21T00:00:00Z",
        )
    )
    document = awards.signed(document)
    spoil(document)
    found = checked(document, fetch_list=listener(asked))
    refreshed(document, found, listener(asked), checked)

    assert found.signature.outcome is Outcome.NO
    assert asked == []


def test_an_impostors_addresses_are_never_asked_either():
    asked = []
    document = badge(
        lambda d: d.update(
            validUntil="2026-07-21T00:00:00Z",
            refreshService={"id": "https://listener.example/refresh", "type": "1EdTechCredentialRefresh"},
        )
    )
    document = awards.signed(document, awards.OTHER_KEY)
    found = checked(document, fetch_list=listener(asked))
    refreshed(document, found, listener(asked), checked)

    assert found.dates.outcome is Outcome.NO
    assert asked == []


def test_a_schema_that_a_credential_names_is_not_fetched_at_all():
    asked = []
    document = awards.signed(badge(lambda d: d.pop("credentialStatus")))
    checked(document, fetch_list=listener(asked))

    assert asked == []


# --- Item 8, together with the proof: the purpose ---------------------------------------------------


@pytest.mark.parametrize("purpose", ["authentication", "keyAgreement", "", None])
def test_only_a_proof_made_to_assert_counts(purpose):
    document = awards.signed(badge())
    if purpose is None:
        del document["proof"][0]["proofPurpose"]
    else:
        document["proof"][0]["proofPurpose"] = purpose

    assert checked(document).signature.code == "signature.proof_purpose"


def test_a_proof_signed_for_authentication_does_not_assert():
    found = checked(awards.signed(badge(), purpose="authentication"))

    assert found.signature.code == "signature.proof_purpose"


def test_a_key_that_is_not_listed_for_assertion_does_not_assert():
    did = "did:web:kelayakan.universiti.example"
    keys = did_web_document(did, [DatedKey("key-2026", awards.KEY.public)])
    keys["assertionMethod"] = []
    options = ProofOptions(f"{did}#key-2026", "2026-07-20T00:00:00Z")
    document = open_badge(awards.statement(issuer=awards.issuer(did=did)), awards.issue())
    found = checked(sign(document, awards.KEY, options, published()), resolve=lambda _: keys)

    assert found.signature.outcome is Outcome.NO


# --- Item 12: dates --------------------------------------------------------------------------------


def dated(**dates):
    document = badge(lambda d: d.update(dates), status=None)
    return awards.signed(document)


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ({}, "dates.no_end"),
        ({"validFrom": "2026-11-22T04:00:00Z"}, "dates.no_end"),
        ({"validFrom": "2026-11-22T12:00:00+08:00"}, "dates.no_end"),
        ({"validFrom": "2026-11-22T04:00:00.001Z"}, "dates.not_yet"),
        ({"validFrom": "2026-11-22T12:00:01+08:00"}, "dates.not_yet"),
        ({"validFrom": "2027-01-01T00:00:00Z"}, "dates.not_yet"),
        ({"validUntil": "2026-11-22T04:00:00Z"}, "dates.until"),
        ({"validUntil": "2026-11-22T03:59:59Z"}, "dates.expired"),
        ({"validUntil": "2026-11-22T11:59:59+08:00"}, "dates.expired"),
        ({"validUntil": "9999-12-31T23:59:59Z"}, "dates.until"),
    ],
)
def test_the_time_of_validity_counts_to_the_moment(dates, code):
    found = checked(dated(**dates))

    assert found.dates.code == code
    assert (found.outcome is Outcome.YES) == (found.dates.outcome is Outcome.YES)


@pytest.mark.parametrize(
    "date",
    [
        "2026-07-20",
        "2026-07-20T00:00:00",
        "2026-07-20T24:00:00Z",
        "2026-06-30T23:59:60Z",
        "10000-01-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "20 July 2026",
        "2026-07-20t00:00:00z",
        "2026-07-20T00:00:00+0800",
        "",
    ],
)
def test_a_date_that_is_no_timestamp_is_refused(date):
    document = badge(status=None)
    document["validUntil"] = date
    found = checked(document)

    assert (found.dates.outcome, found.dates.code, found.dates.where) == (
        "no",
        "dates.malformed",
        "validUntil",
    )
    assert found.schema.outcome is Outcome.NO


@pytest.mark.parametrize("date", [5, None, ["2026-07-20T00:00:00Z"], {"@value": "2026-07-20T00:00:00Z"}])
def test_a_date_that_is_no_text_is_refused(date):
    document = badge(status=None)
    document["validFrom"] = date

    assert checked(document).dates.outcome is Outcome.NO


def test_dates_the_wrong_way_round_are_refused():
    found = checked(dated(validFrom="2026-07-20T00:00:00Z", validUntil="2026-07-19T00:00:00Z"))

    assert found.schema.where == "validUntil"
    assert found.outcome is Outcome.NO


def test_a_proof_that_has_expired_does_not_hold():
    found = checked(awards.signed(badge(), expires="2026-11-22T03:59:59Z"))

    assert found.signature.code == "signature.proof_expired"


def test_the_same_credential_answers_by_the_time_it_is_asked():
    document = dated(validUntil="2027-01-01T00:00:00Z")

    assert checked(document, at=datetime(2026, 1, 1, tzinfo=UTC)).dates.code == "dates.not_yet"
    assert checked(document, at=datetime(2026, 12, 1, tzinfo=UTC)).dates.code == "dates.until"
    assert checked(document, at=datetime(2027, 1, 2, tzinfo=UTC)).dates.code == "dates.expired"


# --- Form ------------------------------------------------------------------------------------------


def test_a_badge_that_is_signed_but_breaks_the_standard_is_told_where():
    document = awards.signed(badge(lambda d: d["credentialSubject"].pop("achievement")))
    found = checked(document)

    assert found.signature.outcome is Outcome.YES
    assert (found.schema.outcome, found.schema.where) == ("no", "credentialSubject")


def test_many_problems_are_counted_not_all_told():
    document = {"@context": ["x"], "type": [], "issuer": None, "credentialSubject": {}, "evidence": {}}
    found = checked(document)

    assert "lagi" in found.schema.reason.ms
    assert found.outcome is Outcome.NO


def test_a_bound_resource_that_changed_is_told():
    document = awards.signed(badge())
    (resource,) = document["relatedResource"]

    assert checked(document, resources={resource["id"]: b"another statement"}).schema.outcome is Outcome.NO
    assert checked(document, resources={"https://else.example": b"x"}).schema.outcome is Outcome.YES


@pytest.mark.parametrize(
    "document", [{}, {"proof": 5}, {"@context": 1, "type": 2}, {"type": {"a": 1}}, {"proof": [[]]}]
)
def test_what_is_no_credential_is_a_no_and_never_an_error(document):
    found = checked(document)

    assert found.outcome is Outcome.NO
    assert json.dumps(found.as_dict())


def test_a_foreign_open_badge_is_accepted():
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "http://example.com/credentials/3527",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": awards.OTHER_DID,
        "validFrom": "2010-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://example.com/achievements/teamwork",
                "type": ["Achievement"],
                "criteria": {"narrative": "Reviewed by peers."},
                "description": "Works well with others.",
                "name": "Teamwork",
            },
        },
    }  # fmt: skip
    found = checked(awards.signed(document, awards.OTHER_KEY), known={awards.OTHER_DID: same("Example Corp")})

    assert outcomes(found) == ALL_YES
    assert found.status.code == "status.none"


# --- Item 29: endorsements and refresh -------------------------------------------------------------

ACHIEVEMENT_URL = badge()["credentialSubject"]["achievement"]["id"]


def endorsement(about, key=awards.OTHER_KEY, issuer=awards.OTHER_DID, **changes):
    document = {
        "@context": badge()["@context"],
        "id": "urn:uuid:0c9d5a10-6f0e-4f67-9a63-5b1c7d2f8e40",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": issuer, "type": ["Profile"], "name": "QVC"},
        "validFrom": "2026-01-01T00:00:00Z",
        "name": "Endorsement",
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": "Good"},
    } | changes
    return awards.signed(document, key)


def endorsed(made, where="achievement"):
    def change(document):
        holder = {
            "achievement": document["credentialSubject"]["achievement"],
            "credential": document,
            "issuer": document["issuer"],
        }
        holder[where]["endorsement"] = [made]

    return awards.signed(badge(change))


@pytest.mark.parametrize(
    ("where", "about"),
    [("achievement", ACHIEVEMENT_URL), ("credential", awards.UUID), ("issuer", awards.DID)],
)
def test_an_endorsement_is_verified_by_itself(where, about):
    found = checked(endorsed(endorsement(about), where))

    assert found.outcome is Outcome.YES
    (told,) = found.endorsements
    assert (told.answer.code, told.issuer) == ("endorsement.holds", awards.OTHER_DID)


def tampered(made):
    made = deepcopy(made)
    made["credentialSubject"]["endorsementComment"] = "Excellent"
    return made


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (endorsement("https://example.com/another"), "endorsement.other_subject"),
        (tampered(endorsement(ACHIEVEMENT_URL)), "endorsement.signature"),
        (endorsement(ACHIEVEMENT_URL, key=awards.KEY), "endorsement.issuer_mismatch"),
        (endorsement(ACHIEVEMENT_URL, validUntil="2026-02-01T00:00:00Z"), "endorsement.out_of_date"),
        (endorsement(ACHIEVEMENT_URL, validFrom="2027-02-01T00:00:00Z"), "endorsement.out_of_date"),
        ({k: v for k, v in endorsement(ACHIEVEMENT_URL).items() if k != "proof"}, "endorsement.proof_missing"),
        (endorsement(ACHIEVEMENT_URL, type=["VerifiableCredential"]), "endorsement.malformed"),
    ],
)  # fmt: skip
def test_an_endorsement_that_does_not_hold_is_not_shown_as_one_that_does(made, code):
    """Though the issuer signed the credential with the endorsement in it."""
    found = checked(endorsed(made))

    assert found.signature.outcome is Outcome.YES
    (told,) = found.endorsements
    assert (told.answer.outcome, told.answer.code) == ("no", code)


def test_an_endorsement_of_nobody_is_malformed():
    made = {k: v for k, v in endorsement(ACHIEVEMENT_URL).items() if k != "issuer"}
    (told,) = checked(endorsed(made)).endorsements

    assert (told.issuer, told.answer.code) == ("", "endorsement.malformed")


def test_an_endorser_whose_keys_cannot_be_had_leaves_it_open():
    did = "did:web:qvc.example"
    made = {k: v for k, v in endorsement(ACHIEVEMENT_URL, issuer=did).items() if k != "proof"}
    made = sign(made, awards.OTHER_KEY, ProofOptions(f"{did}#key-1", "2026-07-20T00:00:00Z"), published())
    (told,) = checked(endorsed(made)).endorsements

    assert (told.answer.outcome, told.answer.code) == ("unknown", "endorsement.keys_unreachable")


def test_an_endorsement_can_be_withdrawn():
    entry = {
        "id": f"{awards.LIST_URL}#5",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "5",
        "statusListCredential": "https://elsewhere.example/status/1",
    }
    (told,) = checked(endorsed(endorsement(ACHIEVEMENT_URL, credentialStatus=entry))).endorsements

    assert told.answer.code == "status.other_issuer"


def test_endorsements_of_a_credential_that_does_not_hold_are_not_looked_at():
    document = endorsed(endorsement(ACHIEVEMENT_URL))
    document["name"] = "changed"

    assert checked(document).endorsements == ()


REFRESH = "https://kelayakan.universiti.example/refresh/1"


def expired(**changes):
    return awards.signed(
        badge(
            lambda d: d.update(
                {
                    "validUntil": "2026-11-01T00:00:00Z",
                    "refreshService": {"id": REFRESH, "type": "1EdTechCredentialRefresh"},
                }
                | changes
            )
        )
    )


def refresh(old, newer):
    asked = []

    def fetch(url):
        asked.append(url)
        return newer

    return refreshed(old, checked(old), fetch, checked), asked


def test_an_expired_credential_is_refreshed_once():
    newer = expired(validUntil="2027-11-01T00:00:00Z")
    (document, found), asked = refresh(expired(), newer)

    assert document == newer
    assert found.outcome is Outcome.YES
    assert asked == [REFRESH]


def test_a_new_version_that_has_expired_too_is_not_refreshed_again():
    newer = expired(validUntil="2026-11-02T00:00:00Z")
    (document, found), asked = refresh(expired(), newer)

    assert document == newer
    assert found.dates.code == "dates.expired"
    assert asked == [REFRESH]


@pytest.mark.parametrize(
    "newer",
    [
        {k: v for k, v in expired(validUntil="2027-11-01T00:00:00Z").items() if k != "proof"},
        awards.signed(badge(lambda d: d.update(issuer=awards.OTHER_DID)), awards.OTHER_KEY),
        awards.signed(
            badge(lambda d: d["credentialSubject"]["achievement"].update(id="https://else.example"))
        ),
        awards.signed(badge(), awards.OTHER_KEY),
    ],
)
def test_what_comes_back_counts_only_if_it_is_the_same_credential_of_the_same_issuer(newer):
    old = expired()
    (document, found), _ = refresh(old, newer)

    assert document == old
    assert found.dates.code == "dates.expired"


def test_a_refresh_that_cannot_be_had_changes_nothing():
    old = expired()
    found = checked(old)

    assert refreshed(old, found, listener([]), checked) == (old, found)


@pytest.mark.parametrize(
    "service",
    [{"id": REFRESH, "type": "https://example.org/#Refresh"}, {"type": "1EdTechCredentialRefresh"}],
)
def test_another_kind_of_refresh_is_not_asked(service):
    asked = []
    old = expired(refreshService=service)
    found = checked(old)

    assert refreshed(old, found, listener(asked), checked) == (old, found)
    assert asked == []


def test_a_credential_in_force_is_not_refreshed():
    old = expired(validUntil="2027-11-01T00:00:00Z")
    (document, _), asked = refresh(old, {})

    assert document == old
    assert asked == []


# --- How answers go together -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [([], "yes"), (["yes"], "yes"), (["yes", "unknown"], "unknown"), (["unknown", "no", "yes"], "no")],
)
def test_no_outweighs_could_not_check_outweighs_yes(outcomes, expected):
    assert together(Outcome(o) for o in outcomes) == expected


def test_the_worst_answer_is_told_first():
    document = awards.signed(badge(lambda d: d.update(validUntil="2026-08-01T00:00:00Z")))
    found = checked(document, fetch_list=None)

    assert [name for name, _ in worst_first(found)][:2] == ["dates", "status"]
    assert {p["code"] for p in problem_details(found)} == {"dates.expired", "status.unreachable"}
    assert problem_details(found, "signature", "issuer") == []


def test_every_word_is_in_both_languages():
    assert all(text.ms and text.en for text in QUESTIONS.values())
    assert all(outcome.words.ms != outcome.words.en for outcome in Outcome)


def test_the_method_of_a_did_key_is_its_own():
    assert key_method(awards.DID).startswith(f"{awards.DID}#")
