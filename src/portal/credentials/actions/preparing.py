"""Preparing courses and runs: kept, changed while nothing is issued, their learners listed."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.credentials.access import must_issue
from portal.credentials.editions import core_course, course_of
from portal.credentials.models import Achievement, Award, IssuerProfile, IssuingRun, RecognisedIssuer
from portal.credentials.roster import MOST_LEARNERS, accounts, fits, read_roster
from portal.imports.mistake import MOST_KEPT, in_words
from portal.records.register import record
from portal.wording import in_language
from tauliah.credentials.achievement import inspect_achievement
from tauliah.credentials.inspection import Inspection
from tauliah.files.spreadsheets import MOST_BYTES, UnreadableSpreadsheet, read

State = IssuingRun.State


@transaction.atomic
def keep_course(acting: Appointment | None, course: Achievement) -> Achievement:
    """Keep a course that is certified; raises ``InvalidCase`` with everything that is wrong with it.

    Credentials already issued stay as they are: they carry the course as it was then.
    """
    acting = must_issue(acting)
    if course.institution_id != acting.institution_id:
        raise NotAllowed
    found = Inspection()
    inspect_achievement(found, core_course(course_of(course)), "", assessed=bool(course.assessment))
    found.finish()
    course.save()
    record(acting, "credentials.keep_course", course, after={"code": course.code, "edition": course.edition})
    return course


@transaction.atomic
def keep_profile(acting: Appointment | None, profile: IssuerProfile) -> None:
    """Keep what credentials say of the institution."""
    acting = must_issue(acting)
    if profile.institution_id != acting.institution_id:
        raise NotAllowed
    profile.save()
    record(acting, "credentials.keep_profile", profile, after={"status": profile.status_ms})


@transaction.atomic
def recognise(acting: Appointment | None, issuer: RecognisedIssuer) -> None:
    """Recognise an issuer elsewhere; from now on its host may be asked for its keys and status lists."""
    acting = must_issue(acting)
    issuer.institution_id, issuer.added_by = acting.institution_id or 0, acting
    if RecognisedIssuer.objects.filter(institution=acting.institution_id, did=issuer.did).exists():
        raise Refused(_("This issuer is recognised already."), "did")
    issuer.save()
    record(acting, "credentials.recognise", issuer, after={"did": issuer.did, "name": issuer.name_ms})


@transaction.atomic
def no_longer_recognise(acting: Appointment | None, issuer: RecognisedIssuer) -> None:
    """Take an issuer off the list."""
    acting = must_issue(acting)
    if issuer.institution_id != acting.institution_id:
        raise NotAllowed
    record(acting, "credentials.no_longer_recognise", issuer, before={"did": issuer.did})
    issuer.delete()


@transaction.atomic
def keep_run(acting: Appointment | None, run: IssuingRun) -> IssuingRun:
    """Keep a run that is being prepared; raises ``Refused`` once it has begun."""
    acting = must_issue(acting)
    if run.institution_id != acting.institution_id or run.achievement.institution_id != run.institution_id:
        raise NotAllowed
    if run.pk:
        opened(acting, run)
    run.save()
    record(acting, "credentials.keep_run", run, after={"run": str(run), "certificate": run.certificate})
    return run


def opened(acting: Appointment, run: IssuingRun) -> IssuingRun:
    """Lock a run whose list may still change; must be called in a transaction."""
    held = IssuingRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if held.institution_id != acting.institution_id:
        raise NotAllowed
    if held.state != State.DRAFT:
        raise Refused(_("This run has begun; its list can no longer be changed."))
    return held


def take_list(acting: Appointment | None, run: IssuingRun, file: "UploadedFile[Any]") -> IssuingRun:
    """Read the list of learners from a file; it takes the place of the one before. Mistakes are kept."""
    acting = must_issue(acting)
    if (file.size or 0) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise Refused(_("The file is larger than %(most)s MB. Split it.") % {"most": most}, "file")
    try:
        sheets = read(file.read())
    except UnreadableSpreadsheet as unreadable:
        raise Refused(in_language(unreadable.text), "file") from unreadable
    with transaction.atomic():
        held = opened(acting, run)
        roster = read_roster(held, sheets)
        if len(roster.awards) > MOST_LEARNERS:
            raise Refused(_("At most %(most)s learners in one run.") % {"most": MOST_LEARNERS}, "file")
        held.awards.all().delete()
        Award.objects.bulk_create(roster.awards, batch_size=1000)
        held.mistakes = [mistake.as_dict() for mistake in roster.mistakes[:MOST_KEPT]]
        held.total, held.file_name = len(roster.awards), (file.name or "")[-200:]
        held.save()
        record(acting, "credentials.take_list", held, after={"file": held.file_name, "learners": held.total})
    return held


@transaction.atomic
def add_learner(acting: Appointment | None, run: IssuingRun, values: Mapping[str, Any]) -> Award:
    """Put one learner on the list of a run; raises ``Refused`` at the field that is wrong."""
    acting = must_issue(acting)
    held = opened(acting, run)
    for name, wrong in fits(held, values):
        raise Refused(in_words({"message": wrong.message, "values": wrong.values}), name)
    if held.awards.filter(email=values["email"]).exists():
        raise Refused(_("This learner is on the list already."), "email")
    last = held.awards.aggregate(last=Max("position"))["last"] or 0
    person = accounts([values["email"]]).get(values["email"])
    made = Award.objects.create(run=held, position=last + 1, person=person, **values)
    held.total = held.awards.count()
    held.save(update_fields=["total"])
    record(acting, "credentials.add_learner", held, after={"place": made.position})
    return made


@transaction.atomic
def remove_learner(acting: Appointment | None, run: IssuingRun, award: Award) -> None:
    """Take a learner off the list of a run."""
    acting = must_issue(acting)
    held = opened(acting, run)
    award.delete()
    held.total = held.awards.count()
    held.save(update_fields=["total"])
    record(acting, "credentials.remove_learner", held, before={"place": award.position})
