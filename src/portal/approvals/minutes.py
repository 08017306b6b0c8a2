"""The extract of a meeting's minutes as PDF: of all it decided, or of one item."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import Appointment
from portal.approvals.agenda import facts_of, title_of
from portal.approvals.models import Item, Meeting
from portal.institutions.paper import paper_of
from portal.wording import day
from tauliah.files.letter import Facts, Heading, Letter, Paragraph, Part, Table, letter_pdf
from tauliah.files.paper import Signatory
from tauliah.values.text import Text

SECRETARY = Text("Setiausaha Jawatankuasa", "Committee Secretary")


def minutes_pdf(meeting: Meeting, items: Sequence[Item], language: str) -> bytes:
    """Print the extract about these items of a meeting, with room for the secretary's signature."""
    with override(language):
        whole = len(items) > 1
        return letter_pdf(
            Letter(
                paper_of(meeting.institution),
                language,
                timezone.localdate(meeting.recorded_at) if meeting.recorded_at else meeting.held_on,
                _("Extract of minutes"),
                [
                    Heading(title_of(meeting)),
                    Facts(facts_of(meeting)),
                    *(table_of(items) if whole else parts_of(items)),
                    Paragraph(_("This extract was made from the decisions recorded in the portal.")),
                ],
                reference=str(meeting),
                salutation="",
                closing=(),
                valediction="",
                signatories=signed_by(items),
            )
        )


def table_of(items: Sequence[Item]) -> list[Part]:
    """Return the decisions of a meeting, one row each."""
    rows = [
        (
            str(item.position or ""),
            item.title,
            item.get_decision_display(),
            item.reference or "–",
            item.remarks or "–",
        )
        for item in items
    ]
    header = (_("No."), _("Item"), _("Decision"), _("Minutes"), _("Remarks"))
    return [Table(header, rows, widths=(0, 3, 1.4, 0, 2.4))]


def parts_of(items: Sequence[Item]) -> list[Part]:
    """Return a single decision, in full."""
    parts: list[Part] = []
    for item in items:
        rows: list[tuple[str, str]] = [
            (_("Decision"), item.get_decision_display()),
            (_("Decided on"), day(item.decided_on) if item.decided_on else "–"),
            (_("Number in the minutes"), item.reference or "–"),
            (_("Remarks"), item.remarks or "–"),
        ]
        parts += [Heading(item.title), Facts(rows)]
    return parts


def signed_by(items: Sequence[Item]) -> tuple[Signatory, ...]:
    """Return who recorded the decisions, to sign the extract."""
    recorders = {item.decided_by_id: item.decided_by for item in items if item.decided_by}
    return tuple(Signatory(name_of(who), SECRETARY) for who in list(recorders.values())[:2] if who)


def name_of(acting: Appointment) -> str:
    """Name who recorded, as a signature does."""
    return acting.person.name
