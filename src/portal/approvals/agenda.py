"""The agenda of a meeting and the papers of its items as one PDF, in the language asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from portal.approvals.models import Item, Meeting
from portal.approvals.papers import KINDS
from portal.institutions.paper import paper_of
from portal.wording import day
from tauliah.files.account import Fact
from tauliah.files.agenda import Agenda, Entry, Section, agenda_pdf
from tauliah.files.letter import Paragraph, Part

LANGUAGES = ("ms", "en")
Papers = Mapping[tuple[str, int], Sequence[Part]]


def meeting_pdf(meeting: Meeting, language: str) -> bytes:
    """Print the agenda of a meeting with a paper for each item."""
    with override(language):
        items = list(meeting.items.select_related("continues__meeting__committee"))
        return agenda_pdf(
            Agenda(
                paper_of(meeting.institution),
                language,
                meeting.held_on,
                _("Agenda and papers"),
                facts_of(meeting),
                sections_of(items, papers_of(items)),
                subtitle=title_of(meeting),
                note=meeting.note,
                reference=str(meeting),
            )
        )


def item_pdf(item: Item, language: str) -> bytes:
    """Print the paper of one item by itself."""
    with override(language):
        facts: list[Fact] = [(_("Committee"), item.committee.name), (_("Asked on"), day(item.asked_at))]
        entry = Entry("1", item.title, papers_of([item]).get((item.kind, item.subject), ()))
        return agenda_pdf(
            Agenda(
                paper_of(item.institution),
                language,
                item.asked_at.date(),
                _("Paper for a committee"),
                facts,
                [Section(heading_of(item.kind), [entry])],
            )
        )


def title_of(meeting: Meeting) -> str:
    """Name a meeting in full, in the language that is active."""
    return _("%(committee)s, meeting %(number)s") % {
        "committee": meeting.committee.name,
        "number": meeting.number,
    }


def facts_of(meeting: Meeting) -> list[Fact]:
    """Return when and where a meeting is, as papers head it."""
    begins = f", {meeting.begins_at:%H:%M}" if meeting.begins_at else ""
    facts: list[Fact] = [(_("Day"), f"{day(meeting.held_on)}{begins}")]
    if meeting.place:
        facts.append((_("Venue"), meeting.place))
    chairs = [member.person.name for member in meeting.committee.members.all() if member.part == "chair"]
    if chairs:
        facts.append((_("Chair"), chairs))
    return facts


def papers_of(items: Iterable[Item]) -> Papers:
    """Return what the papers of items say, by kind and subject; all of a kind are made at once."""
    subjects = defaultdict(set)
    for item in items:
        subjects[item.kind].add(item.subject)
    made: dict[tuple[str, int], Sequence[Part]] = {}
    for kind, numbers in subjects.items():
        found = KINDS[kind].papers(numbers) if kind in KINDS else {}
        made |= {(kind, number): parts for number, parts in found.items()}
    return made


def sections_of(items: Sequence[Item], papers: Papers) -> list[Section]:
    """Return the items under the headings of their kinds, in the order of the agenda."""
    return [
        Section(heading_of(kind), [entry_of(item, papers) for item in group])
        for kind, group in groupby(items, key=lambda item: item.kind)
    ]


def heading_of(kind: str) -> str:
    """Return the heading over items of a kind."""
    return str(KINDS[kind].many) if kind in KINDS else kind


def entry_of(item: Item, papers: Papers) -> Entry:
    """Return an item as the agenda shows it."""
    nothing = Paragraph(_("There is no paper for this item; see the portal."))
    parts = papers.get((item.kind, item.subject)) or [nothing]
    return Entry(str(item.position or ""), item.title, parts, note_of(item))


def note_of(item: Item) -> str:
    """Say what must not be overlooked of an item: withdrawn, or deferred by an earlier meeting."""
    if item.withdrawn_at:
        return _("Withdrawn.")
    if item.continues and item.continues.meeting:
        return _("Deferred by %(meeting)s: %(remarks)s") % {
            "meeting": item.continues.meeting,
            "remarks": item.continues.remarks or "–",
        }
    return ""


def language_asked(given: str | None) -> str:
    """Return the language of a paper: the one asked for, or that of the page."""
    return given if given in LANGUAGES else (get_language() or "ms")[:2]
