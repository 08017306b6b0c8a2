"""Carrying out an issuing run: part by part, each part in one transaction, each learner exactly once.

A run that is killed leaves whole parts behind; started again it goes on with the learners who have none.
"""

from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.credentials.access import must_issue
from portal.credentials.addresses import page_of, whole
from portal.credentials.bridge import Cohort, issue_of, values_of
from portal.credentials.codes import new_code, serials
from portal.credentials.editions import course_of, edition_of, issuer_on
from portal.credentials.models import Award, Credential, Edition, IssuingRun, StatusList
from portal.credentials.signing import issuing_key, proof_options
from portal.credentials.status import places
from portal.credentials.telling import tell_issued, told
from portal.records.register import record
from tauliah.credentials.document import badge_shape, badge_template, badge_values
from tauliah.credentials.inspection import Inspection
from tauliah.credentials.issuing import CohortIssuer
from tauliah.credentials.statement import Statement, check_statement, inspect_award
from tauliah.credentials.statement_rows import StatementText
from tauliah.credentials.strict_json import Json
from tauliah.files.contexts import published
from tauliah.values.case import InvalidCase

State = IssuingRun.State
PART = 250
"""Learners in one transaction: what is lost at most when the worker dies, and how often progress shows."""

TRIAL = "–"
"""The serial number with which a statement is tried before it has one."""


@transaction.atomic
def start(acting: Appointment | None, run: IssuingRun) -> None:
    """Freeze the course as it is, and take the run to be issued; raises ``Refused``."""
    acting = must_issue(acting)
    held = IssuingRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if held.state == State.DONE:
        raise Refused(_("This run has been issued already."))
    if held.edition is None:
        _must_be_ready(held)
        issuer = issuer_on(held.institution, held.stamped_on, held.achievement)
        held.edition = edition_of(held.institution, course_of(held.achievement), issuer)
        issuing_key(held.institution)
        _must_be_right(held)
        held.begun_at = timezone.now()
        record(acting, "credentials.start_run", held, after={"run": str(held), "learners": held.total})
    held.state, held.problem = State.ISSUING, None
    held.save()
    run.refresh_from_db()


def _must_be_ready(run: IssuingRun) -> None:
    run.total = run.awards.count()
    if run.mistakes:
        raise Refused(_("The list has mistakes. Correct the file and upload it again."))
    if not run.total:
        raise Refused(_("Nobody is on the list yet. Upload a list or add a learner."))


def _must_be_right(run: IssuingRun) -> None:
    """Refuse a run whose course, issuer or results could not be certified."""
    assert run.edition is not None
    cohort = Cohort(run.edition)
    for number, award in enumerate(run.awards.iterator(1000)):
        statement = cohort.statement(values_of(run, award), TRIAL, whole("/c/"))
        try:
            if number == 0:
                check_statement(statement)
            else:
                inspect_award(found := Inspection(), statement)
                found.finish()
        except InvalidCase as wrong:
            raise Refused(told(wrong, award)) from wrong


class Issuers:
    """The signers of a run's shapes, made once in a worker."""

    def __init__(self, run: IssuingRun) -> None:
        assert run.edition is not None
        self.run, self.cohort = run, Cohort(run.edition)
        self.key = issuing_key(run.institution)
        self.issuers: dict[Hashable, tuple[CohortIssuer, StatementText]] = {}

    def signed(self, credential: Credential, at: datetime) -> tuple[Json, str]:
        """Return the signed document of a learner, and the statement that it binds by its digest."""
        statement = self.cohort.statement(credential.values, credential.serial, page_of(credential))
        issue = issue_of(credential, at)
        shape = badge_shape(statement, issue)
        if shape not in self.issuers:
            self.issuers[shape] = self._made(statement, issue)
        issuer, text = self.issuers[shape]
        return issuer.issue(badge_values(statement, issue, text)), text.of(statement).decode()

    def _made(self, statement: Statement, issue: Any) -> tuple[CohortIssuer, StatementText]:
        template, options = badge_template(statement, issue), proof_options(self.run.institution, self.key)
        return CohortIssuer(template, self.key.signing, options, published()), StatementText(statement)


def carry_out(run: IssuingRun) -> None:
    """Issue what a run still lacks, part after part; a refusal interrupts it with its reason kept."""
    try:
        issuers = Issuers(run)
        while issue_part(run, issuers):
            pass
    except (Refused, ValueError) as refused:
        message = str(getattr(refused, "message", refused))
        IssuingRun.objects.filter(pk=run.pk, state=State.ISSUING).update(
            state=State.FAILED, problem={"message": message[:2000]}
        )


@transaction.atomic
def issue_part(run: IssuingRun, issuers: Issuers) -> bool:
    """Issue the next part of a run; says whether there may be more.

    The run's row is held meanwhile, so that of two workers the second finds what the first one left.
    """
    held = IssuingRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if held.state != State.ISSUING:
        return False
    awards = list(held.awards.filter(credential=None).select_related("person").order_by("position")[:PART])
    if awards:
        made = _issued(held, awards, issuers)
        record(
            held.made_by,
            "credentials.issue",
            held,
            after={"run": str(held), "serials": [each.serial for each in made]},
        )
    held.issued = held.awards.exclude(credential=None).count()
    if held.issued >= held.total:
        held.state, held.finished_at = State.DONE, timezone.now()
    held.save(update_fields=["issued", "state", "finished_at"])
    return held.state == State.ISSUING


def _issued(run: IssuingRun, awards: Sequence[Award], issuers: Issuers) -> list[Credential]:
    """Sign, keep and tell of the credentials of some learners."""
    now = timezone.now()
    listed, indices = places(run.institution, len(awards))
    numbers = serials(run.institution, run.certificate, run.awarded_on.year, len(awards))
    made = []
    for award, serial, index in zip(awards, numbers, indices, strict=True):
        credential = credential_of(run, award, serial, (listed, index), now)
        credential.document, credential.mms = issuers.signed(credential, now)
        made.append(credential)
    Credential.objects.bulk_create(made)
    tell_issued(made)
    return made


def credential_of(
    run: IssuingRun, award: Award, serial: str, place: tuple[StatusList, int], at: datetime
) -> Credential:
    """Return the credential of a learner, not signed and not kept yet."""
    assert run.edition is not None
    return Credential(
        public_id=uuid4(),
        short_code=new_code(),
        institution=run.institution,
        achievement=run.achievement,
        run=run,
        award=award,
        person=award.person,
        name=award.name,
        email=award.email,
        serial=serial,
        values=values_of(run, award),
        status_list=place[0],
        status_index=place[1],
        issued_at=at,
        issued_by=run.made_by,
        **titled(run.edition),
    )


def titled(edition: Edition) -> dict[str, Any]:
    """Return what a credential keeps of its edition."""
    ms, en = edition.course["title"]
    return {"edition": edition, "title_ms": ms, "title_en": en}
