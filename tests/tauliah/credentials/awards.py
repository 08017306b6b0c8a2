"""Awards to try things on: a micro-credential, both MOOC certificates, a decision, and the keys to sign them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tauliah.credentials.achievement import Achievement, Assurance, Component, Origin, Outcome
from tauliah.credentials.decision import CheckMade, CourseDecision, Decision, SourceCourse
from tauliah.credentials.did import did_key, key_method
from tauliah.credentials.document import Issue, StatusPlace
from tauliah.credentials.eddsa import SigningKey
from tauliah.credentials.identity_card import masked
from tauliah.credentials.issuer import Address, Issuer, Signatory
from tauliah.credentials.proof import ProofOptions, sign
from tauliah.credentials.statement import Learner, Statement
from tauliah.credentials.strict_json import Json
from tauliah.files.contexts import published
from tauliah.values.text import Text, same

KEY = SigningKey.from_seed(bytes(range(32)))
OTHER_KEY = SigningKey.from_seed(bytes(range(1, 33)))
DID = did_key(KEY.public)
OTHER_DID = did_key(OTHER_KEY.public)
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
HOST = "https://kelayakan.universiti.example"
LIST_URL = f"{HOST}/status/7"
UUID = "urn:uuid:3c9d5a10-6f0e-4f67-9a63-5b1c7d2f8e40"


def issuer(**changes: Any) -> Issuer:
    given: dict[str, Any] = {
        "did": DID,
        "name": Text("Universiti Contoh Malaysia", "Example University of Malaysia"),
        "status": Text("Universiti awam berstatus swaakreditasi", "Self-accrediting public university"),
        "address": Address(
            street="Jalan Ilmu 1", locality="Bandar Contoh", region="Sarawak", postal_code="94300"
        ),
        "email": "kelayakan@universiti.example",
        "phone": "+60 82-000 000",
        "url": "https://www.universiti.example",
        "crest": f"{HOST}/crest.svg",
        "mqa_id": "PPT-0000",
        "signatory": Signatory(name="Noraini binti Abu", office=Text("Pendaftar", "Registrar")),
    }
    return Issuer(**given | changes)


def achievement(**changes: Any) -> Achievement:
    given: dict[str, Any] = {
        "url": f"{HOST}/courses/TMN4033MC",
        "kind": "micro_credential",
        "title": Text("Pentauliahan Mikro dalam Asas IoT", "Micro-Credential in IoT Fundamentals"),
        "code": "TMN4033MC",
        "description": Text("Peranti, sensor dan rangkaian.", "Devices, sensors and networks."),
        "instruction": ("ms", "en"),
        "examination": ("en",),
        "delivery": "blended",
        "study_mode": "part_time",
        "mqf_level": 6,
        "credits": Decimal("1.5"),
        "learning_hours": Decimal(60),
        "enrolment": Text("Lulus SPM atau setara.", "A pass in SPM or equivalent."),
        "outcomes": (
            Outcome(code="CLO1", text=Text("Menerangkan seni bina IoT.", "Explain the architecture of IoT.")),
            Outcome(code="CLO2", text=Text("Membina prototaip.", "Build a prototype.")),
        ),
        "assessment": (
            Component(name=Text("Kuiz", "Quiz"), percent=Decimal(50), summative=False),
            Component(name=Text("Projek video", "Video project"), percent=Decimal(50), summative=True),
        ),
        "assurance": (Assurance(kind="mqa_accredited", body=same("MQA"), reference="MQA/FA 0000", url=None),),
        "origin": Origin(
            name=Text("Sarjana Muda Sains Komputer", "Bachelor of Computer Science"),
            mqr_code="MQR/0613/6/0000",
            url="https://www2.mqa.gov.my/mqr/",
        ),
        "skills": ("IoT", "Python"),
        "image": f"{HOST}/badges/TMN4033MC.png",
    }
    return Achievement(**given | changes)


def statement(**changes: Any) -> Statement:
    given: dict[str, Any] = {
        "serial": "UCM-MC-2026-000123",
        "certificate": "micro_credential",
        "learner": Learner(name="Aminah binti Salleh", identity=masked("000101-13-4321")),
        "issuer": issuer(),
        "achievement": achievement(),
        "started_on": date(2026, 3, 2),
        "ended_on": date(2026, 5, 29),
        "awarded_on": date(2026, 7, 15),
        "stamped_on": date(2026, 7, 20),
        "verify_at": f"{HOST}/c/3c9d5a10-6f0e-4f67-9a63-5b1c7d2f8e40",
        "grade": "A-",
        "formative_mark": Decimal("83.5"),
        "summative_mark": Decimal(79),
        "term": "2025/2026-2",
    }
    return Statement(**given | changes)


def issue(**changes: Any) -> Issue:
    given: dict[str, Any] = {
        "id": UUID,
        "valid_from": "2026-07-20T00:00:00Z",
        "status": StatusPlace(list_url=LIST_URL, index=94_567),
        "statement_url": f"{HOST}/c/3c9d5a10-6f0e-4f67-9a63-5b1c7d2f8e40/mms.json",
    }
    return Issue(**given | changes)


def decision(**changes: Any) -> Decision:
    source = SourceCourse(
        institution="Politeknik Contoh",
        code="DAC10103",
        title="Ukur Kejuruteraan",
        credits=Decimal(3),
        grade="B",
        level="diploma",
        completed_on=date(2023, 5, 30),
    )
    granted = CourseDecision(
        code="BFC10403",
        title="Engineering Survey",
        target_credits=Decimal(3),
        basis="prior_study",
        outcome="eligible",
        award="credit_without_grade",
        credits=Decimal(3),
        sources=(source,),
        checks=(
            CheckMade(rule="minimum_grade", outcome="pass", clauses=("5(a)(i)",)),
            CheckMade(rule="content_overlap", outcome="pass", clauses=("5(b)", "5(c)")),
        ),
    )
    refused = CourseDecision(
        code="BFC20903",
        title=None,
        target_credits=Decimal("2.5"),
        basis="prior_study",
        outcome="ineligible",
        award="none",
        credits=Decimal(0),
        sources=(SourceCourse(code="DAC20303", grade="D"), SourceCourse(title="Mekanik Tanah")),
        checks=(CheckMade(rule="minimum_grade", outcome="fail", clauses=("5(a)(i)",)),),
    )
    given: dict[str, Any] = {
        "reference": "UCM/PK/2026/0042",
        "student": "Aminah binti Salleh",
        "student_did": None,
        "institution": "Universiti Contoh Malaysia",
        "programme": "Sarjana Muda Kejuruteraan Awam",
        "level": "bachelor",
        "policy": "uthm",
        "policy_version": "2020-01-01",
        "applied_on": date(2025, 9, 15),
        "decided_on": date(2025, 10, 1),
        "courses": (granted, refused),
        "remarks": "Tempoh pemastautin: 6 bulan.",
    }
    return Decision(**given | changes)


def signed(document: Json, key: SigningKey = KEY, **options: Any) -> Json:
    """The document with a proof by the key."""
    method = key_method(did_key(key.public))
    given = {"created": "2026-07-20T00:00:00Z"} | options
    return sign(document, key, ProofOptions(method, **given), published())
