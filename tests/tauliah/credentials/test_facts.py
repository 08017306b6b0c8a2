"""What a page shows of a credential: everything certified, of any issuer, and nothing that is not in it."""

import pytest
from hypothesis import given
from tests.tauliah.credentials import awards
from tests.tauliah.credentials.test_structure import anything

from tauliah.credentials.decision_document import decision_credential
from tauliah.credentials.document import open_badge
from tauliah.credentials.facts import LABELS, LONGEST, facts_of


def lines(document):
    return {fact.name: fact.lines for fact in facts_of(document)}


def test_everything_certified_is_shown_in_its_order():
    document = open_badge(
        awards.statement(), awards.issue(valid_until="2031-01-01T00:00:00Z", supersedes="urn:uuid:1")
    )
    found = lines(document)

    assert set(LABELS) - set(found) == {"aligned", "remarks"}
    assert list(found) == [name for name in LABELS if name in found]
    assert found["holder"] == ("Aminah binti Salleh",)
    assert found["results"][-1] == "Gred / Grade: A-"
    assert found["outcomes"][0] == "CLO1: Menerangkan seni bina IoT. / Explain the architecture of IoT."
    assert found["skills"] == ("IoT", "Python")
    assert found["supersedes"] == ("urn:uuid:1",)


def test_a_decision_shows_every_value_of_every_course():
    document = decision_credential(
        awards.decision(),
        awards.issuer(),
        awards.issue(statement_url=None),
        url=awards.HOST,
        policy_url=awards.HOST,
    )

    assert "BFC10403: Kredit diberikan / Credits granted: 3" in lines(document)["results"]
    assert "BFC10403: Gred asal / Original grade: B" in lines(document)["results"]
    assert lines(document)["remarks"] == ("Tempoh pemastautin: 6 bulan.",)


@pytest.mark.parametrize(
    ("document", "name", "expected"),
    [
        ({"issuer": "did:web:a.example"}, "issuer", ("did:web:a.example",)),
        ({"name": {"@value": "Degree", "@language": "en"}}, "title", ("Degree",)),
        ({"name": [{"@value": "Ijazah"}, {"@value": "Degree"}]}, "title", ("Ijazah / Degree",)),
        ({"credentialSubject": [{"name": "A"}, {"name": "B"}]}, "holder", ("A", "B")),
        ({"credentialSubject": {"result": {"status": "Completed"}}}, "results", ("Completed",)),
        (
            {"credentialSubject": {"achievement": {"alignment": {"targetName": "Skill"}}}},
            "aligned",
            ("Skill",),
        ),
        ({"description": "x" * 5_000}, "title", None),
        ({"name": "x" * 5_000}, "title", ("x" * LONGEST + "…",)),
    ],
)
def test_credentials_of_others_are_read_as_they_are_written(document, name, expected):
    assert lines(document).get(name) == expected


def test_a_hashed_name_is_not_shown_as_one():
    hashed = {"identityType": "name", "hashed": True, "identityHash": "sha256$00"}

    assert "holder" not in lines({"credentialSubject": {"identifier": [hashed]}})


@given(anything, anything, anything)
def test_no_document_is_an_error(one, two, three):
    achievement = {"alignment": one, "resultDescription": two, "tag": three, "criteria": two, "name": one}
    documents = (
        {"issuer": one, "name": two, "evidence": three, "credentialSubject": one},
        {"credentialSubject": {"achievement": one, "result": two, "identifier": three}},
        {"credentialSubject": {"achievement": achievement, "result": [three]}},
    )
    for document in documents:
        assert all(isinstance(line, str) and line for fact in facts_of(document) for line in fact.lines)
