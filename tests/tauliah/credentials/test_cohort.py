"""The fast way for a cohort is the general way, to the byte, whatever stands in the slots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tauliah.credentials.samples import CREATED, KEY, NOW, small, statement

from tauliah.credentials import canonical, did, proof
from tauliah.credentials import contexts as c
from tauliah.credentials.canonical import cohort, rdfc
from tauliah.credentials.canonical.cohort import Cohort, Slot
from tauliah.credentials.issuing import CohortIssuer
from tauliah.credentials.refusal import Reason, Refused
from tauliah.files.contexts import published

CONTEXTS = published()
OPTIONS = proof.ProofOptions(did.key_method(did.did_key(KEY.public)), CREATED)


def template():
    document = statement(id=Slot("id"), awardedDate=Slot("awarded"))
    subject = document["credentialSubject"]
    subject["licenseNumber"], subject["creditsEarned"] = Slot("serial"), Slot("credits", number=True)
    subject["identifier"][0]["identityHash"] = Slot("name")
    subject["identifier"][1]["identityHash"] = Slot("student")
    subject["result"][0]["value"], subject["result"][1]["value"] = Slot("grade"), Slot("mark")
    subject["achievement"]["tag"] = [Slot("mode"), Slot("place"), "120 jam"]
    document["credentialStatus"] |= {"id": Slot("status"), "statusListIndex": Slot("index")}
    return document


def values(**changes):
    return {
        "id": "urn:uuid:7a0c5b0e-0000-4000-8000-000000000001",
        "awarded": "2026-10-28T09:30:00+08:00",
        "serial": "UKB-1",
        "credits": 3,
        "name": "Siti Contoh",
        "student": "A1",
        "grade": "A",
        "mark": "55",
        "mode": "Dalam talian",
        "place": "Bangi",
        "status": "https://ukb.example/status/1#7",
        "index": "7",
    } | changes


COHORT = Cohort(template(), CONTEXTS)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["A", "A1", "120 jam"]
)


@given(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("serial", "name", "student", "grade", "mark", "mode", "place", "index"), text),
            "credits": st.integers(-5, 40) | st.sampled_from([0.5, 2.5, 10.0]),
            "id": st.sampled_from(["urn:uuid:a", "https://ukb.example", "did:web:ukb.example", "urn:uuid:4f5e8c4c"]),
            "status": st.sampled_from(["https://ukb.example/status/1#7", "https://ukb.example/status/1"]),
            "awarded": st.just("2026-10-28T09:30:00+08:00"),
        }
    )
)  # fmt: skip
def test_item_17_whatever_stands_in_the_slots_both_ways_agree(drawn):
    assert COHORT.canonical(drawn) == canonical.canonicalise(COHORT.fill(drawn), CONTEXTS)


def test_two_learners_documents_share_nothing_that_differs():
    first, second = COHORT.fill(values()), COHORT.fill(values(name="Lain", grade="B"))

    assert first["credentialSubject"]["identifier"][0]["identityHash"] == "Siti Contoh"
    assert second["credentialSubject"]["identifier"][0]["identityHash"] == "Lain"
    assert first["credentialSubject"]["result"][0]["value"] == "A"
    assert COHORT.template["credentialSubject"]["result"][0]["value"] == Slot("grade")


def test_what_becomes_alike_in_the_slots_is_said_once():
    text = COHORT.canonical(values(mode="Bangi", place="Bangi"))

    assert text.count('"Bangi"') == 1
    assert text == canonical.canonicalise(COHORT.fill(values(mode="Bangi", place="Bangi")), CONTEXTS)


def test_what_becomes_alike_about_a_blank_node_is_counted_once():
    document = template()
    document["credentialSubject"]["role"] = [Slot("role"), Slot("other")]
    made = Cohort(document, CONTEXTS)
    drawn = values(role="Pelajar", other="Pelajar")

    assert made.canonical(drawn) == canonical.canonicalise(made.fill(drawn), CONTEXTS)


def test_alike_blank_nodes_are_named_by_the_general_way():
    document = small(**{"@context": [c.CREDENTIALS_V2, c.OPEN_BADGES]})
    document["credentialSubject"] = [
        {"type": "AchievementSubject", "term": Slot("a"), "source": {"type": "Profile", "email": "x"}},
        {"type": "AchievementSubject", "term": Slot("b"), "source": {"type": "Profile", "email": "x"}},
    ]
    made = Cohort(document, CONTEXTS)
    for drawn in ({"a": "1", "b": "2"}, {"a": "1", "b": "1"}):
        assert made.canonical(drawn) == canonical.canonicalise(made.fill(drawn), CONTEXTS)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "17"},
        {"id": "https://a.example/a b"},
        {"id": "name:x"},
        {"id": 7},
        {"grade": 7},
        {"grade": None},
        {"credits": "3"},
        {"credits": True},
        {"unknown": "x"},
    ],
)
def test_a_value_of_another_kind_is_refused(changes):
    with pytest.raises(Refused) as caught:
        COHORT.canonical(values(**changes))

    assert caught.value.reason == Reason.SLOT


def test_a_missing_value_is_refused():
    drawn = values()
    del drawn["grade"]
    for way in (COHORT.fill, COHORT.canonical):
        with pytest.raises(Refused) as caught:
            way(drawn)
        assert (caught.value.reason, caught.value.found) == (Reason.SLOT, "grade")


@pytest.mark.parametrize(
    "document",
    [
        small(type=["VerifiableCredential", Slot("type")]),
        small(name={"@value": [Slot("a")], "@type": "@json"}),
        small(name=f"{cohort.MARKER}a:"),
        small(name=Slot("a b")),
        small(id=Slot("id", number=True)),
    ],
)
def test_a_template_that_cannot_be_filled_safely_is_refused(document):
    with pytest.raises(Refused) as caught:
        Cohort(document, CONTEXTS)

    assert caught.value.reason == Reason.SLOT


def test_a_template_with_an_undefined_field_is_refused():
    with pytest.raises(Refused) as caught:
        Cohort(small(foo=Slot("foo")), CONTEXTS)

    assert caught.value.reason == Reason.UNDEFINED_TERM


def test_every_credential_of_a_cohort_is_signed_as_if_it_were_the_only_one():
    issuer = CohortIssuer(template(), KEY, OPTIONS, CONTEXTS)
    for number in range(20):
        drawn = values(name=f"Contoh {number}", index=str(number))
        signed = issuer.issue(drawn)

        assert signed == proof.sign(COHORT.fill(drawn), KEY, OPTIONS, CONTEXTS)
        assert len(proof.verified_proofs(signed, CONTEXTS, None, at=NOW)) == 1


@pytest.mark.parametrize(("wrong", "issued"), [(1, 0), (4, 3), (2, 3), (7, 6)])
def test_item_17_a_difference_between_the_ways_stops_the_run(monkeypatch, wrong, issued):
    """The template's answer is spoilt from one credential on; every third is checked."""
    issuer = CohortIssuer(template(), KEY, OPTIONS, CONTEXTS, check_every=3)
    right, calls = issuer.cohort.canonical, []

    def spoilt(drawn):
        calls.append(drawn)
        return right(drawn) + ("" if len(calls) < wrong else "<urn:a> <urn:b> <urn:c> .\n")

    monkeypatch.setattr(issuer.cohort, "canonical", spoilt)
    for number in range(issued):
        issuer.issue(values(index=str(number)))
    with pytest.raises(Refused) as caught:
        issuer.issue(values(index=str(issued)))

    assert caught.value.reason == Reason.CANONICALISERS_DIFFER


def test_a_cohort_is_signed_with_one_plain_proof():
    for options in (
        proof.ProofOptions(OPTIONS.verification_method, CREATED, cryptosuite=proof.JCS),
        proof.ProofOptions(OPTIONS.verification_method, CREATED, previous_proof=["urn:a:b"]),
        proof.ProofOptions(OPTIONS.verification_method, CREATED, id="urn:a:b"),
    ):
        with pytest.raises(Refused):
            CohortIssuer(template(), KEY, options, CONTEXTS)


def test_a_template_that_is_signed_already_is_refused():
    with pytest.raises(Refused) as caught:
        CohortIssuer(template() | {"proof": []}, KEY, OPTIONS, CONTEXTS)

    assert (caught.value.reason, caught.value.found) == (Reason.SLOT, "proof")


def test_the_lines_that_never_change_are_made_once():
    assert set(COHORT.lines.fixed) <= set(COHORT.canonical(values()).splitlines(keepends=True))
    assert all(rdfc.line(quad, {}) not in COHORT.lines.fixed for quad in COHORT.lines.changing)
