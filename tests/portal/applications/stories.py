"""Applications for tests of pages: a complete draft, and the same further along its way."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from tests.portal import cast

from portal.accounts.models import Appointment
from portal.applications.actions.deciding import confirmed, decide
from portal.applications.actions.evidence import accept_documents
from portal.applications.actions.judging import judge
from portal.applications.actions.reviewing import Review, review
from portal.applications.actions.submission import submit
from portal.applications.models import Application, Claim, Evidence, EvidenceUse, PriorStudy, Source
from portal.applications.process import process_of
from portal.matching.models import Comparison, SourceSyllabus


def again(application: Application) -> Application:
    """The application as it stands now."""
    return Application.objects.get(pk=application.pk)


def draft(
    acting: Appointment, *, basis: str = "prior_study", claims: int = 1, policy: str = "uthm", **details: Any
) -> Application:
    """A complete draft of somebody with a diploma, or with a finished MOOC."""
    student = cast.student_of(acting)
    number = Application.objects.count() + 1
    application = Application.objects.create(
        reference=f"PK-{student.pk}-{number}",
        institution=acting.institution,
        faculty=student.programme.faculty,
        student=student,
        programme=student.programme,
        policy=policy,
        declared_true=True,
        declared_first_use=True,
    )
    items = process_of(application).checklists.get("applicant", ())
    application.checklist = {item.key: True for item in items}
    application.save()
    study = PriorStudy.objects.create(
        person=acting.person,
        institution_name="Politeknik Merlimau",
        level="diploma",
        mode="coursework",
        outcome="completed",
        ended_on=date(2026, 6, 30),
        accredited=True,
    )
    for place in range(claims):
        claim = Claim.objects.create(
            application=application,
            position=place,
            target=cast.course(acting.institution, f"BIT1{number}{place}03"),
            basis=basis,
        )
        Source.objects.create(
            claim=claim,
            position=0,
            study=study if basis == "prior_study" else None,
            code=f"DIT2{number}{place}3",
            credits=Decimal(3),
            grade="B",
            original_grade="B",
            completed_on=date(2025, 5, 30),
            details=details,
        )
    EvidenceUse.objects.create(application=application, evidence=evidence(acting))
    return application


def evidence(acting: Appointment, kind: str = "transcript", digest: str = "0") -> Evidence:
    """A small file of somebody's."""
    return Evidence.objects.create(
        person=acting.person,
        kind=kind,
        name=f"{kind}.pdf",
        file=ContentFile(b"%PDF-1.7", "t.pdf"),
        media_type="application/pdf",
        size=8,
        sha256=digest * 64,
    )


def settle_mapping(application: Application, percent: int = 90) -> None:
    """As two experts would: the source covers so much of each target."""
    for claim in application.claims.all():
        source = SourceSyllabus.objects.create(institution_name="Politeknik Merlimau", codes="DIT203")
        claim.comparison = Comparison.objects.create(
            institution=application.institution,
            source=source,
            target=claim.target,
            overlap=Decimal(percent),
            settled_at=timezone.now(),
        )
        claim.save()


def judge_quality(acting: Appointment, application: Application, quality: str = "sound") -> Application:
    """As the faculty would: the MOOC behind each claim is sound (UTM 6.3.3)."""
    for claim in application.claims.all():
        given = Review(quality, "Disemak oleh panel.", ["quiz"], "all")
        review(acting, claim, given, version=again(application).version)
    return again(application)


def submitted(acting: Appointment, claims: int = 2) -> Application:
    """An application of a diploma holder that waits for the coordinator."""
    application = draft(acting, claims=claims)
    submit(acting, application, version=1)
    return again(application)


def recommended(acting: Appointment, coordinator: Appointment, claims: int = 2) -> Application:
    """An application that the coordinator has recommended as the system did."""
    application = submitted(acting, claims)
    settle_mapping(application)
    accept_documents(coordinator, application, version=application.version)
    application = again(application)
    judge(application)
    verdicts = {claim.pk: confirmed(claim) for claim in application.claims.all()}
    decide(coordinator, application, "recommendation", verdicts, version=application.version)
    return again(application)
