"""Writing a draft: its studies, claims and checklist. Only its student does, and only while it is one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.forms_claim import CLAIMED_TWICE, ClaimValues, SourceValues
from portal.applications.models import Application, Claim, Evidence, EvidenceUse, PriorStudy, Source
from portal.catalogue.models import Student
from portal.institutions.numbering import next_number
from portal.packs import packs
from portal.records.register import record
from portal.wording import in_language

MOST_CLAIMS = 200


@dataclass(frozen=True, slots=True)
class Declared:
    """What the applicant declares (UTM 6.1.6/2), with a note to the faculty."""

    first_use: bool
    true: bool
    note: str = ""


def save_study(acting: Appointment, study: PriorStudy | None, values: Mapping[str, Any]) -> PriorStudy:
    """Keep a prior study of the person; one that a submitted application rests on stays as it is."""
    with transaction.atomic():
        kept = study or PriorStudy(person=acting.person)
        _must_be_own(acting.person, kept)
        if study is not None:
            _must_be_free(study)
        for name, value in values.items():
            setattr(kept, name, value)
        kept.save()
        record(acting, "applications.save_study", kept, after=values_of(kept))
    return kept


def values_of(study: PriorStudy) -> dict[str, Any]:
    """Return what the register keeps of a study."""
    return {"institution": study.institution_name, "level": study.level, "outcome": study.outcome}


def remove_study(acting: Appointment, study: PriorStudy) -> None:
    """Delete a prior study that no claim rests on."""
    _must_be_own(acting.person, study)
    with transaction.atomic():
        if Source.objects.filter(study=study).exists():
            raise Refused(_("A claim rests on this study. Take it out of the claim first."))
        record(acting, "applications.remove_study", study, before=values_of(study))
        study.delete()


def _must_be_own(person: Person, study: PriorStudy) -> None:
    if study.person_id != person.pk:
        raise NotAllowed


def _must_be_free(study: PriorStudy) -> None:
    """Refuse to change what people are judging, or have judged, an application by."""
    used = Source.objects.filter(study=study).exclude(claim__application__state="draft")
    reference = used.values_list("claim__application__reference", flat=True).first()
    if reference:
        message = _(
            "Application %(reference)s rests on this study, so it can no longer be changed here. "
            "Tell the faculty what is wrong with it, or add another study."
        )
        raise Refused(message % {"reference": reference})


def start(acting: Appointment, student: Student) -> Application:
    """Begin an application of one's own under the policy of the institution."""
    institution = student.programme.institution
    if student.person_id != acting.person_id or institution.pk != acting.institution_id:
        raise NotAllowed
    if institution.policy not in packs():
        raise Refused(_("%(institution)s has no policy here yet.") % {"institution": institution.name})
    with transaction.atomic():
        year = timezone.localdate().year
        number = next_number(institution, "application", year)
        draft = Application.objects.create(
            reference=f"PK/{year}/{number:05}",
            institution=institution,
            faculty=student.programme.faculty,
            student=student,
            programme=student.programme,
            policy=institution.policy,
        )
        record(acting, "applications.start", draft, after={"reference": draft.reference})
    return draft


def opened(acting: Appointment, application: Application, version: int) -> Application:
    """Lock a draft of one's own for a change; raises ``Refused`` where it changed since the page was opened.

    Must be called in a transaction.
    """
    draft = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if draft.student.person_id != acting.person_id:
        raise NotAllowed
    if draft.state != "draft":
        raise Refused(_("The application has been submitted and can no longer be changed."))
    if draft.version != version:
        raise Refused(
            _(
                "This draft was changed in another window in the meantime. What you see was not saved: "
                "open the page again and compare."
            )
        )
    return draft


def changed(draft: Application, **columns: Any) -> None:
    """Note that a draft changed."""
    for name, value in columns.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save(update_fields=[*columns, "version", "updated_at"])


def save_claim(
    acting: Appointment, application: Application, version: int, claim: Claim | None, values: ClaimValues
) -> Claim:
    """Keep a claim of a draft with its sources and documents; ``application`` then has the new version."""
    if values.target is None:
        raise Refused(_("Choose the course that you apply for."), "target")
    with transaction.atomic():
        draft = opened(acting, application, version)
        others = draft.claims.exclude(pk=claim.pk) if claim else draft.claims.all()
        if others.filter(target=values.target).exists():
            raise Refused(in_language(CLAIMED_TWICE), "target")
        if others.count() >= MOST_CLAIMS:
            raise Refused(_("An application takes %(most)s courses at most.") % {"most": MOST_CLAIMS})
        kept = claim or Claim(application=draft, position=_next_position(draft))
        _write_claim(kept, values)
        changed(draft)
    application.version = draft.version
    return kept


def _next_position(draft: Application) -> int:
    last: int | None = draft.claims.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _write_claim(claim: Claim, values: ClaimValues) -> None:
    assert values.target is not None
    claim.target, claim.basis, claim.graded = values.target, values.basis, values.graded
    claim.partner_agreement, claim.approved_beforehand = values.partner_agreement, values.approval
    claim.replacement, claim.comparison = values.replacement, values.comparison
    claim.save()
    claim.sources.all().delete()
    Source.objects.bulk_create(_source(claim, n, source) for n, source in enumerate(values.sources, 1))
    claim.evidence.exclude(evidence__in=values.evidence).delete()
    EvidenceUse.objects.bulk_create(
        [
            EvidenceUse(application_id=claim.application_id, claim=claim, evidence=kept)
            for kept in values.evidence
        ],
        ignore_conflicts=True,
    )


def _source(claim: Claim, position: int, values: SourceValues) -> Source:
    return Source(
        claim=claim, position=position, study=values.study, details=values.details, **values.columns
    )


def add_claims(
    acting: Appointment, application: Application, version: int, several: Iterable[ClaimValues]
) -> int:
    """Add many claims at once, all or none; returns how many. A target claimed already is refused."""
    with transaction.atomic():
        draft = opened(acting, application, version)
        taken = set(draft.claims.values_list("target__code", flat=True))
        position, number = _next_position(draft), 0
        for number, values in enumerate(several, 1):
            assert values.target is not None
            if values.target.code in taken:
                raise Refused(f"{values.target.code}: {in_language(CLAIMED_TWICE)}")
            taken.add(values.target.code)
            _write_claim(Claim(application=draft, position=position + number - 1), values)
        if len(taken) > MOST_CLAIMS:
            raise Refused(_("An application takes %(most)s courses at most.") % {"most": MOST_CLAIMS})
        changed(draft)
    application.version = draft.version
    return number


def remove_claim(acting: Appointment, claim: Claim, version: int) -> None:
    """Take a claim out of a draft."""
    with transaction.atomic():
        draft = opened(acting, claim.application, version)
        claim.delete()
        changed(draft)


def attach(acting: Appointment, application: Application, version: int, kept: Iterable[Evidence]) -> None:
    """Use documents for the application as a whole; those not named are no longer used for it."""
    kept = list(kept)
    with transaction.atomic():
        draft = opened(acting, application, version)
        draft.evidence.filter(claim=None).exclude(evidence__in=kept).delete()
        there = set(draft.evidence.filter(claim=None).values_list("evidence_id", flat=True))
        EvidenceUse.objects.bulk_create(
            EvidenceUse(application=draft, evidence=one) for one in kept if one.pk not in there
        )
        changed(draft)
    application.version = draft.version


def save_checklist(
    acting: Appointment,
    application: Application,
    version: int,
    ticked: Iterable[str],
    declared: Declared,
) -> None:
    """Keep what the applicant ticked and declared (UTM 6.1.6, Lampiran D)."""
    with transaction.atomic():
        draft = opened(acting, application, version)
        changed(
            draft,
            checklist=dict.fromkeys(ticked, True),
            declared_first_use=declared.first_use,
            declared_true=declared.true,
            note=declared.note,
        )
    application.version = draft.version


def discard(acting: Appointment, application: Application, version: int) -> None:
    """Delete a draft that was never submitted; studies and documents stay."""
    with transaction.atomic():
        draft = opened(acting, application, version)
        record(acting, "applications.discard", draft, before={"reference": draft.reference})
        draft.delete()


def supply(acting: Appointment, application: Application, version: int, files: Iterable[Evidence]) -> None:
    """Add documents that the faculty asked for; nothing that was handed in before can be taken away."""
    with transaction.atomic():
        held = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
        if held.student.person_id != acting.person_id:
            raise NotAllowed
        if held.state != "more_evidence":
            raise Refused(_("Nobody is waiting for documents now."))
        if held.version != version:
            raise Refused(_("The application changed in the meantime. Look at it again, then answer."))
        there = set(held.evidence.values_list("evidence_id", flat=True))
        EvidenceUse.objects.bulk_create(
            EvidenceUse(application=held, evidence=one) for one in files if one.pk not in there
        )
