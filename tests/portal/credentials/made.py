"""Institutions that are ready to issue, courses, runs and credentials for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.portal import cast

from portal.accounts.models import Appointment
from portal.credentials.actions.issuing import carry_out, start
from portal.credentials.models import Achievement, Award, Credential, IssuerProfile, IssuingRun
from portal.credentials.roster import accounts
from portal.institutions.models import Institution, Signatory

EMAIL = "aminah@uthm.example"


def ready(institution: Institution) -> Institution:
    """The institution with everything that credentials say of it."""
    institution.email, institution.phone = "kelayakan@uthm.example", "+60 7-000 0000"
    institution.website, institution.registered_as = "https://www.uthm.example", "PPT-0000"
    institution.address = "Parit Raja\n86400 Batu Pahat\nJohor"
    institution.save()
    IssuerProfile.objects.get_or_create(
        institution=institution,
        defaults={
            "status_ms": "Universiti awam berstatus swaakreditasi",
            "status_en": "Self-accrediting public university",
            "street": "Parit Raja",
            "postal_code": "86400",
            "locality": "Batu Pahat",
            "region": "Johor",
        },
    )
    if not institution.signatories.exists():
        Signatory.objects.create(
            institution=institution,
            name_ms="Pendaftar",
            name_en="Registrar",
            person_name="Noraini binti Abu",
            starts_on=cast.LONG_AGO,
        )
    return institution


def course(institution: Institution, **fields: Any) -> Achievement:
    """A micro-credential of the institution with every field of its statement."""
    given: dict[str, Any] = {
        "kind": "micro_credential",
        "name_ms": "Asas Internet Benda",
        "name_en": "Fundamentals of the Internet of Things",
        "description_ms": "Peranti, sensor dan rangkaian.",
        "description_en": "Devices, sensors and networks.",
        "enrolment_ms": "Lulus SPM atau setara.",
        "enrolment_en": "A pass in SPM or equivalent.",
        "instruction": ["ms", "en"],
        "examination": ["en"],
        "delivery": "blended",
        "study_mode": "part_time",
        "mqf_level": 6,
        "credits": Decimal("1.5"),
        "learning_hours": Decimal(60),
        "outcomes": [
            {"code": "CLO1", "ms": "Menerangkan seni bina IoT.", "en": "Explain the architecture of IoT."},
            {"code": "CLO2", "ms": "Membina prototaip.", "en": "Build a prototype."},
        ],
        "assessment": [
            {"ms": "Kuiz", "en": "Quiz", "percent": "50", "summative": False},
            {"ms": "Projek", "en": "Project", "percent": "50", "summative": True},
        ],
        "assurance": [{"kind": "mqa_accredited", "body": "MQA", "reference": "MQA/FA 0000", "url": ""}],
        "origin_ms": "Sarjana Muda Teknologi Maklumat",
        "origin_en": "Bachelor of Information Technology",
        "origin_code": "MQR/0613/6/0000",
        "origin_url": "https://www2.mqa.gov.my/mqr/",
        "skills": ["IoT", "Python"],
    }
    code = fields.pop("code", "BIT10303MC")
    made, _ = Achievement.objects.get_or_create(
        institution=ready(institution), code=code, edition="", defaults=given | fields
    )
    return made


def run(issuer: Appointment, of: Achievement | None = None, **fields: Any) -> IssuingRun:
    """A run of March to May 2026 without learners yet."""
    assert issuer.institution
    given: dict[str, Any] = {
        "certificate": "micro_credential",
        "cohort": "Mac 2026",
        "term": "2025/2026-2",
        "started_on": date(2026, 3, 2),
        "ended_on": date(2026, 5, 29),
        "awarded_on": date(2026, 7, 15),
        "stamped_on": date(2026, 7, 20),
    }
    return IssuingRun.objects.create(
        institution=issuer.institution,
        achievement=of or course(issuer.institution),
        made_by=issuer,
        **given | fields,
    )


def learners(of: IssuingRun, number: int, first: str = EMAIL, **fields: Any) -> None:
    """Put so many learners on the list; the first has this address."""
    given: dict[str, Any] = {
        "grade": "A-", "formative_mark": Decimal("83.5"), "summative_mark": Decimal(79),
        "identity": "******-**-4321",
    }  # fmt: skip
    start_at = of.awards.count()
    people = accounts([first])
    Award.objects.bulk_create(
        Award(
            run=of,
            position=place + 1,
            person=people.get(first) if place == 0 else None,
            **{
                "name": "Aminah binti Yusof" if place == 0 else f"Pelajar Contoh {place}",
                "email": first if place == 0 else f"pelajar{place}@contoh.example",
            }
            | given
            | fields,
        )
        for place in range(start_at, start_at + number)
    )


def issued(
    issuer: Appointment, number: int = 1, of: Achievement | None = None, **fields: Any
) -> list[Credential]:
    """Credentials that were issued to Aminah and others, in the order of the list."""
    made = run(issuer, of, **fields)
    learners(made, number)
    start(issuer, made)
    carry_out(again(made))
    found = again(made)
    assert found.state == "done", found.problem
    return list(Credential.objects.filter(run=made).order_by("award__position"))


def again(of: IssuingRun) -> IssuingRun:
    """The run as it stands now."""
    return IssuingRun.objects.select_related("institution", "edition", "made_by").get(pk=of.pk)
