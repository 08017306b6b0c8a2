"""The comments of a proposal, thread by thread, and the form as it is read with them at its fields."""

from dataclasses import dataclass
from typing import Any

from portal.accounts.models import Appointment
from portal.proposals.actions.remarking import may_remark, resolvable_by
from portal.proposals.models import Proposal, Remark
from portal.proposals.reading import Page, Read, pages_of


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers, and whether the reader may call it dealt with."""

    first: Remark
    replies: tuple[Remark, ...]
    resolvable: bool


@dataclass(frozen=True, slots=True)
class Remarks:
    """All comments of a proposal by field; those of the whole stand under an empty name."""

    threads: dict[str, list[Thread]]
    may_write: bool

    @property
    def whole(self) -> list[Thread]:
        """Comments on the whole of it."""
        return self.threads.get("", [])

    @property
    def open(self) -> int:
        """How many are not dealt with."""
        return sum(t.first.resolved_at is None for threads in self.threads.values() for t in threads)


def at_fields(acting: Appointment | None, proposal: Proposal) -> Remarks:
    """Return the comments of a proposal, thread by thread."""
    found = list(
        proposal.remarks.select_related("by__person", "resolved_by", "proposal").order_by("at", "pk")
    )
    replies: dict[int, list[Remark]] = {}
    for one in found:
        if one.answers_id:
            replies.setdefault(one.answers_id, []).append(one)
    threads: dict[str, list[Thread]] = {}
    may_resolve = resolvable_by(acting, proposal)
    for one in found:
        if one.answers_id is None:
            thread = Thread(one, tuple(replies.get(one.pk, ())), may_resolve(one))
            threads.setdefault(one.field, []).append(thread)
    return Remarks(threads, may_remark(acting, proposal))


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page of the form as it is read, each field with its comments."""

    page: Page
    fields: tuple[tuple[Read, tuple[Thread, ...]], ...]


def content_of(acting: Appointment | None, proposal: Proposal) -> dict[str, Any]:
    """Return what ``proposals/_content.html`` shows: the pages, and the comments at their fields."""
    remarks = at_fields(acting, proposal)
    return {"pages": with_threads(pages_of(proposal), remarks), "remarks": remarks}


def with_threads(pages: list[Page], remarks: Remarks | None = None) -> list[ReadPage]:
    """Put the comments beside the fields that they are about."""
    threads = remarks.threads if remarks else {}
    found = []
    for page in pages:
        shown = (field for field in page.fields if field.is_shown or field.name in threads)
        found.append(ReadPage(page, tuple((field, tuple(threads.get(field.name, ()))) for field in shown)))
    return found
