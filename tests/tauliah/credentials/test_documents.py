"""The badge made of a statement: where every field goes, that it holds to the standard, and that it can be signed."""

import json
import re
from base64 import b64encode
from decimal import Decimal
from hashlib import sha256

import pytest
from tests.tauliah.credentials import awards
from tests.tauliah.credentials.test_statement import accomplishment, participation

from tauliah.credentials.badge_schema import schema_problems
from tauliah.credentials.canonical import canonicalise
from tauliah.credentials.canonical.cohort import Cohort
from tauliah.credentials.document import (
    StatusPlace,
    badge_shape,
    badge_template,
    badge_values,
    open_badge,
    statement_bytes,
    supersedes,
)
from tauliah.credentials.statement import Learner
from tauliah.credentials.statement_rows import StatementText, statement_document
from tauliah.credentials.structure import structure_problems
from tauliah.credentials.verify import verify
from tauliah.files.contexts import published
from tauliah.values.case import InvalidCase
from tauliah.values.text import Text

BADGE = open_badge(awards.statement(), awards.issue())
SUBJECT = BADGE["credentialSubject"]
ACHIEVEMENT = SUBJECT["achievement"]


def aligned(kind):
    return [a for a in ACHIEVEMENT["alignment"] if a["targetType"] == f"ext:{kind}"]


def results():
    return {r["resultDescription"].rpartition("#")[2]: r["value"] for r in SUBJECT["result"]}


@pytest.mark.parametrize(
    ("field", "found", "expected"),
    [
        ("serial", SUBJECT["licenseNumber"], "UCM-MC-2026-000123"),
        ("name", SUBJECT["identifier"], [{"type": "IdentityObject", "hashed": False, "identityHash": "Aminah binti Salleh", "identityType": "name"}]),
        ("course-name", ACHIEVEMENT["name"], "Pentauliahan Mikro dalam Asas IoT / Micro-Credential in IoT Fundamentals"),
        ("course code", ACHIEVEMENT["humanCode"], "TMN4033MC"),
        ("course kind", ACHIEVEMENT["achievementType"], "MicroCredential"),
        ("programme", aligned("ProgrammeOfOrigin")[0]["targetCode"], "MQR/0613/6/0000"),
        ("institution", BADGE["issuer"]["name"], "Universiti Contoh Malaysia / Example University of Malaysia"),
        ("institution's status", BADGE["issuer"]["description"], "Universiti awam berstatus swaakreditasi / Self-accrediting public university"),
        ("institution's number", BADGE["issuer"]["otherIdentifier"][0]["identifier"], "PPT-0000"),
        ("language", ACHIEVEMENT["inLanguage"], "ms"),
        ("delivery", "delivery:blended" in ACHIEVEMENT["tag"], True),
        ("mode", "mode:part_time" in ACHIEVEMENT["tag"], True),
        ("level", aligned("MQFLevel")[0]["targetCode"], "MQF-6"),
        ("credits", (ACHIEVEMENT["creditsAvailable"], SUBJECT["creditsEarned"]), (1.5, 1.5)),
        ("slt", "learning-hours:60" in ACHIEVEMENT["tag"], True),
        ("duration", (SUBJECT["activityStartDate"], SUBJECT["activityEndDate"]), ("2026-03-02T00:00:00+08:00", "2026-05-29T23:59:59+08:00")),
        ("term", SUBJECT["term"], "2025/2026-2"),
        ("enrolment", "Enrolment requirements: A pass in SPM or equivalent." in ACHIEVEMENT["criteria"]["narrative"], True),
        ("outcomes", [a["targetCode"] for a in aligned("CourseLearningOutcome")], ["CLO1", "CLO2"]),
        ("assessment", [d["name"] for d in ACHIEVEMENT["resultDescription"][:2]], ["Pentaksiran formatif (50 %) / Formative assessment (50 %)", "Pentaksiran sumatif (50 %) / Summative assessment (50 %)"]),
        ("grade", results(), {"formative": "83.5", "summative": "79", "grade": "A-"}),
        ("quality", aligned("QualityAssurance")[0]["targetName"], "MQA: diakreditasi oleh MQA / MQA: accredited by MQA"),
        ("Senate", BADGE["awardedDate"], "2026-07-15T00:00:00+08:00"),
        ("date", BADGE["validFrom"], "2026-07-20T00:00:00Z"),
        ("signature", BADGE["issuer"]["official"], "Noraini binti Abu, Pendaftar / Registrar"),
        ("contact", (BADGE["issuer"]["email"], BADGE["issuer"]["phone"]), ("kelayakan@universiti.example", "+60 82-000 000")),
    ],
)  # fmt: skip
def test_every_field_of_the_statement_has_its_place(field, found, expected):
    assert found == expected


def test_results_are_described_and_within_what_is_allowed():
    described = {d["id"]: d for d in ACHIEVEMENT["resultDescription"]}

    for result in SUBJECT["result"]:
        assert result["value"] in described[result["resultDescription"]].get(
            "allowedValue", [result["value"]]
        )


def test_the_status_is_one_object_with_the_index_as_text():
    assert BADGE["credentialStatus"] == {
        "id": f"{awards.LIST_URL}#94567",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "94567",
        "statusListCredential": awards.LIST_URL,
    }


def test_the_structured_statement_is_bound_by_its_digest():
    data = statement_bytes(awards.statement())

    assert json.loads(data) == statement_document(awards.statement())
    digest = b64encode(sha256(data).digest()).decode()
    assert BADGE["relatedResource"][0]["digestSRI"] == f"sha256-{digest}"


VARIANTS = {
    "micro-credential": (awards.statement(), awards.issue()),
    "accomplishment": (accomplishment(), awards.issue()),
    "participation": (participation(), awards.issue()),
    "stand-alone": (awards.statement(achievement=awards.achievement(origin=None)), awards.issue()),
    "bare": (
        awards.statement(
            achievement=awards.achievement(origin=None, skills=(), image=None),
            issuer=awards.issuer(crest=None, mqa_id=None),
            formative_mark=None,
            summative_mark=None,
            term=None,
        ),
        awards.issue(status=None, statement_url=None),
    ),
    "held": (
        awards.statement(
            learner=Learner(name="Aminah", did=awards.OTHER_DID), duration=Text("12 minggu", "12 weeks")
        ),
        awards.issue(
            valid_until="2031-07-20T00:00:00Z",
            supersedes="urn:uuid:0c9d5a10-6f0e-4f67-9a63-5b1c7d2f8e40",
            status=StatusPlace(list_url=awards.LIST_URL, index=0, purpose="suspension"),
        ),
    ),
    "all": (
        awards.statement(achievement=awards.achievement(version="2", field="IoT", credits=Decimal(3))),
        awards.issue(),
    ),
}
variants = pytest.mark.parametrize(("statement", "issue"), VARIANTS.values(), ids=VARIANTS)


@variants
def test_every_badge_holds_to_the_standard_and_its_proof_verifies(statement, issue):
    badge = awards.signed(open_badge(statement, issue))
    found = verify(badge, at=awards.NOW, contexts=published(), known={awards.DID: statement.issuer.name})

    assert schema_problems(badge) == []
    assert structure_problems(badge) == []
    assert (found.signature.outcome, found.issuer.outcome, found.schema.outcome) == ("yes", "yes", "yes")


@variants
def test_a_cohorts_template_filled_in_is_the_badge(statement, issue):
    cohort = Cohort(badge_template(statement, issue), published())
    text = StatementText(statement)
    values = badge_values(statement, issue, text)

    assert text.of(statement) == statement_bytes(statement)
    assert cohort.fill(values) == open_badge(statement, issue)
    assert cohort.canonical(values) == canonicalise(open_badge(statement, issue), published())


def test_another_learner_of_the_cohort_fits_the_same_template():
    first = (awards.statement(), awards.issue())
    learner = Learner(name="Lim Mei Ling")
    other = (
        awards.statement(learner=learner, serial="UCM-2", grade="B", verify_at=f"{awards.HOST}/c/2"),
        awards.issue(id="urn:uuid:0c9d5a10-6f0e-4f67-9a63-5b1c7d2f8e40", status=StatusPlace(list_url=awards.LIST_URL, index=3)),
    )  # fmt: skip

    assert badge_shape(*first) == badge_shape(*other)
    assert badge_template(*first) == badge_template(*other)
    assert StatementText(first[0]).of(other[0]) == statement_bytes(other[0])
    assert badge_shape(*first) != badge_shape(awards.statement(formative_mark=None), first[1])
    assert badge_shape(*first) != badge_shape(first[0], awards.issue(status=None))


def test_a_badge_says_which_one_it_takes_the_place_of():
    assert supersedes(open_badge(*VARIANTS["held"])) == "urn:uuid:0c9d5a10-6f0e-4f67-9a63-5b1c7d2f8e40"
    assert supersedes(BADGE) is None


# --- Item 23 ---------------------------------------------------------------------------------------


@variants
def test_no_badge_shows_an_identity_card_number(statement, issue):
    without_ids = re.sub(r"urn:uuid:[0-9a-f-]+|/c/[0-9a-f-]+", "", json.dumps(open_badge(statement, issue)))

    assert not re.search(r"\d{6}-?\d{2}-?\d{4}", without_ids)
    assert "******" not in without_ids


@pytest.mark.parametrize("made", [open_badge, badge_values])
def test_a_badge_with_an_identity_card_number_anywhere_is_not_made(made):
    leaking = awards.statement(learner=Learner(name="Aminah 000101-13-4321"))

    with pytest.raises(InvalidCase) as caught:
        made(leaking, awards.issue())

    assert "identity-card" in caught.value.message.en


def test_a_course_description_with_an_identity_card_number_is_found_too():
    leaking = awards.achievement(description=Text("Hubungi 000101-13-4321", "Ask"))

    with pytest.raises(InvalidCase) as caught:
        open_badge(awards.statement(achievement=leaking), awards.issue())

    assert caught.value.where == "credentialSubject.achievement.description"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda b: b.pop("issuer"), ""),
        (lambda b: b.update(proof={"type": "DataIntegrityProof"}), "proof"),
        (lambda b: b.update(credentialStatus=[b["credentialStatus"]]), "credentialStatus"),
        (lambda b: b["credentialSubject"]["achievement"].update(achievementType="Microcredential"), "credentialSubject.achievement.achievementType"),
        (lambda b: b["credentialSubject"]["identifier"][0].update(nric="1"), "credentialSubject.identifier[0]"),
        (lambda b: b["credentialSubject"]["result"][0].update(value=83.5), "credentialSubject.result[0].value"),
        (lambda b: b["credentialSubject"].update(type="AchievementSubject"), "credentialSubject.type"),
        (lambda b: b.update(validFrom="2026-07-20"), "validFrom"),
        (lambda b: b["credentialSubject"]["achievement"].update(inLanguage="Malay"), "credentialSubject.achievement.inLanguage"),
    ],
)  # fmt: skip
def test_a_badge_that_breaks_the_standard_is_told_where(change, where):
    badge = json.loads(json.dumps(BADGE))
    change(badge)

    assert [problem.where for problem in schema_problems(badge)] == [where]
