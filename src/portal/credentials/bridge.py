"""Rows written out as values of the core: the statement of an award, and what issuing adds to it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from portal.credentials.addresses import list_address, page_of
from portal.credentials.addresses import statement_of as statement_page
from portal.credentials.editions import core_course, core_issuer_of
from portal.credentials.models import Award, Credential, Edition, IssuingRun
from tauliah.credentials import timestamp
from tauliah.credentials.document import Issue, StatusPlace, day_end
from tauliah.credentials.identity_card import MaskedNumber
from tauliah.credentials.statement import Learner, Statement

Values = dict[str, Any]
"""What differs from learner to learner and run to run, as it is kept with a credential: JSON."""


def values_of(run: IssuingRun, award: Award) -> Values:
    """Write what is certified of a learner in a run."""
    return {
        "certificate": run.certificate,
        "term": run.term,
        "started_on": run.started_on.isoformat(),
        "ended_on": run.ended_on.isoformat(),
        "awarded_on": run.awarded_on.isoformat(),
        "stamped_on": run.stamped_on.isoformat(),
        "expires_on": run.expires_on.isoformat() if run.expires_on else "",
        "name": award.name,
        "identity": award.identity,
        "grade": award.grade,
        "formative_mark": _text(award.formative_mark),
        "summative_mark": _text(award.summative_mark),
        "payment": award.payment,
        "completed": award.completed,
    }


def _text(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


class Cohort:
    """The course and issuer of an edition, read once for all of its learners."""

    def __init__(self, edition: Edition) -> None:
        self.achievement, self.issuer = core_course(edition.course), core_issuer_of(edition.issuer)

    def statement(self, values: Values, serial: str, verify_at: str) -> Statement:
        """Return what is certified of one learner."""
        identity = values["identity"]
        return Statement(
            serial=serial,
            certificate=values["certificate"],
            learner=Learner(
                name=values["name"],
                did=values.get("did") or None,
                identity=MaskedNumber(identity) if identity else None,
            ),
            issuer=self.issuer,
            achievement=self.achievement,
            verify_at=verify_at,
            grade=values["grade"] or None,
            formative_mark=_number(values["formative_mark"]),
            summative_mark=_number(values["summative_mark"]),
            term=values["term"] or None,
            completed_activities=values["completed"],
            payment=values["payment"] or None,
            started_on=date.fromisoformat(values["started_on"]),
            ended_on=date.fromisoformat(values["ended_on"]),
            awarded_on=date.fromisoformat(values["awarded_on"]),
            stamped_on=date.fromisoformat(values["stamped_on"]),
        )


def statement_of(credential: Credential) -> Statement:
    """Return what a credential of a course certifies, as its papers show it."""
    assert credential.edition is not None
    return Cohort(credential.edition).statement(credential.values, credential.serial, page_of(credential))


def issue_of(credential: Credential, at: datetime, replaces: UUID | None = None) -> Issue:
    """Return what issuing adds; ``credential`` has its id and its place in the status list already."""
    expires = credential.values.get("expires_on")
    return Issue(
        id=credential.urn,
        valid_from=timestamp.text(at),
        valid_until=day_end(date.fromisoformat(expires)) if expires else None,
        status=StatusPlace(list_url=list_address(credential.status_list), index=credential.status_index),
        statement_url=statement_page(credential) if credential.kind == Credential.Kind.AWARD else None,
        supersedes=f"urn:uuid:{replaces}" if replaces else None,
    )
