"""An award, complete, as the tests print it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tauliah.credentials.achievement import Achievement, Assurance, Component, Origin, Outcome
from tauliah.credentials.identity_card import masked
from tauliah.credentials.issuer import Address, Issuer
from tauliah.credentials.issuer import Signatory as Officer
from tauliah.credentials.statement import Learner, Statement, check_statement
from tauliah.files.certificate import Face
from tauliah.files.paper import Institution, Signatory
from tauliah.values.text import Text

URL = "https://tauliah.contoh.example/c/7f3c2f0e5a9b4f6d8e1a2b3c4d5e6f70"
CODE = "K7QM-2XFD"
NRIC = "990101-01-1234"
CREDENTIAL = b'{"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "urn:uuid:1"}'
CREST = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 9"><path d="M0 0h8v6l-4 3-4-3z" fill="#036"/></svg>'

NAME = Text("Universiti Contoh", "Contoh University")
LOOK = Institution(NAME, "UC", None, ("86400 Bandar Contoh",), ("akademik@contoh.example",), CREST)
FACE = Face(
    LOOK,
    "ms",
    (
        Signatory("CHONG MEI LING", Text("Pendaftar", "Registrar")),
        Signatory("BAKAR BIN OSMAN", Text("Naib Canselor", "Vice-Chancellor")),
    ),
    CODE,
)
ISSUER = Issuer(
    did="did:web:tauliah.contoh.example",
    name=NAME,
    status=Text("Universiti awam, swaakreditasi", "Public university, self-accrediting"),
    address=Address(street="Jalan Contoh", locality="Bandar Contoh", region="Johor", postal_code="86400"),
    email="akademik@contoh.example",
    phone="+60 7-000 0000",
    url="https://www.contoh.example",
    signatory=Officer(name="CHONG MEI LING", office=Text("Pendaftar", "Registrar")),
)
COURSE = Achievement(
    url="https://tauliah.contoh.example/courses/mc1",
    kind="micro_credential",
    title=Text("Asas Internet Benda", "IoT Fundamentals"),
    code="TMN4031MCA",
    description=Text("Asas sistem Internet Benda.", "The basics of the Internet of Things."),
    instruction=("ms", "en"),
    examination=("en",),
    delivery="odl",
    study_mode="self_paced",
    mqf_level=6,
    credits=Decimal("1.5"),
    learning_hours=Decimal(60),
    enrolment=Text("SPM atau setara", "SPM or equivalent"),
    outcomes=(
        Outcome(
            code="CLO1", text=Text("Menerangkan seni bina sistem", "Explain the architecture of a system")
        ),
        Outcome(code="CLO2", text=Text("Membangunkan prototaip", "Build a prototype")),
    ),
    assessment=(
        Component(name=Text("Kuiz", "Quiz"), percent=Decimal(40), summative=False),
        Component(name=Text("Projek", "Project"), percent=Decimal(60), summative=True),
    ),
    assurance=(Assurance(kind="mqa_accredited", body=Text("MQA", "MQA"), reference="MQA/FA1234"),),
    origin=Origin(
        name=Text("Sarjana Muda Sains Komputer", "Bachelor of Computer Science"),
        mqr_code="MQA/FA1234",
        url="https://www2.mqa.example/1234",
    ),
)
AWARD = Statement(
    serial="UC/MC/2026/000123",
    certificate="micro_credential",
    learner=Learner(name="Nur Aisyah binti Abdullah", identity=masked(NRIC)),
    issuer=ISSUER,
    achievement=COURSE,
    started_on=date(2026, 1, 5),
    ended_on=date(2026, 2, 13),
    awarded_on=date(2026, 3, 3),
    stamped_on=date(2026, 3, 4),
    verify_at=URL,
    grade="A-",
)


def named(name: str, **changes: Any) -> Statement:
    """The same award for another learner."""
    return replace(AWARD, learner=replace(AWARD.learner, name=name), **changes)


def participation() -> Statement:
    """UTM 5.1.1: all activities completed, nothing assessed, nothing paid."""
    award = replace(AWARD, certificate="participation", grade=None, completed_activities=True)
    check_statement(award)
    return award


def accomplishment() -> Statement:
    """UTM 5.1.2: assessed and paid."""
    award = replace(AWARD, certificate="accomplishment", payment="R-1")
    check_statement(award)
    return award
