"""Whether a course was completed within the study that it belongs to (UTHM 19(b)): told, not judged.

The study ends where the student's record of it ends; a course taken elsewhere during the study here cannot
have been completed before that study began. What days are unknown is told too.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portal.applications.bridge import claims_of
from portal.applications.models import Application, Claim, Source
from portal.wording import day

CLAUSES = {"uthm": "19(b)"}
"""The clause that asks for it, by policy; others do not."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A source whose completion does not lie within its study as far as the days are known, and why."""

    claim: Claim
    source: Source
    words: str


def doubts_of(application: Application) -> list[Doubt]:
    """Return what the coordinator looks at before a grade is carried over."""
    if application.policy not in CLAUSES:
        return []
    began = application.student.intake.starts_on
    return [
        Doubt(claim, source, words)
        for claim in claims_of(application)
        if claim.graded
        for source in claim.sources.all()
        if (words := doubt(source, began))
    ]


def doubt(source: Source, began: date) -> str:
    """Say why a source's day of completion does not fit its study; nothing where it does."""
    done = source.completed_on
    if done is None:
        return _("the day of completion is not known")
    if source.study is None:
        if done >= began:
            return ""
        return _("completed on %(done)s, before the study here began on %(began)s") % {
            "done": day(done),
            "began": day(began),
        }
    ended = source.study.ended_on
    if ended is None:
        return _("completed on %(done)s; when that study ended is not known") % {"done": day(done)}
    if done <= ended:
        return ""
    return _("completed on %(done)s, after that study ended on %(ended)s") % {
        "done": day(done),
        "ended": day(ended),
    }
