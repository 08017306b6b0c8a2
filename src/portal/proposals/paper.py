"""The application form of a proposal on paper, with Table 4: PDF for a file or a signature (UNIMAS 2.1)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.institutions.paper import paper_of
from portal.packs import packs
from portal.proposals.advice import Matrix, matrix_of, times_of
from portal.proposals.content import is_filled, values_of
from portal.proposals.models import Proposal
from portal.proposals.reading import Page, Read, activity_words, pages_of
from portal.wording import in_language
from tauliah.files.form import Form, FormPart, Signed, form_pdf
from tauliah.files.letter import Facts, Heading, Notice, Paragraph, Table

TABLES = frozenset({"units", "modules", "assessments"})
"""Lists that stand as a table of their own."""


def paper(proposal: Proposal) -> bytes:
    """Print the form as it stands, in the language of the page."""
    pack = packs().get(proposal.policy)
    language = "en" if (get_language() or "ms").startswith("en") else "ms"
    parts: list[FormPart] = [Facts(_head(proposal))]
    if proposal.submitted_at is None:
        parts.append(Notice(_("Draft: this was not handed in yet.")))
    for page in pages_of(proposal):
        parts += _page(proposal, page)
    parts += [Heading(_("Confirmation")), Facts(_confirmed(proposal))]
    form = Form(
        institution=paper_of(proposal.institution, proposal.faculty),
        language=language,
        day=timezone.localdate(),
        title=_("Application for a course: %(kind)s") % {"kind": proposal.get_kind_display()},
        subtitle=in_language(pack.title) if pack else "",
        reference=proposal.reference,
        parts=parts,
        signatures=(
            Signed(_("Developer"), proposal.developer.name, _day(proposal.submitted_at)),
            Signed(_("Head of the faculty or centre")),
        ),
    )
    return form_pdf(form)


def _head(proposal: Proposal) -> list[tuple[str, str]]:
    rows = [
        (_("Reference"), proposal.reference),
        (_("Course code"), proposal.code),
        (_("Faculty or centre"), proposal.faculty.name),
        (_("Developer"), f"{proposal.developer.name}, {proposal.developer.email}"),
        (_("State"), in_language(proposal.state_now().label)),
        (_("Handed in on"), _day(proposal.submitted_at)),
    ]
    team = ", ".join(member.person.name for member in proposal.members.select_related("person"))
    return [row for row in (*rows, (_("Team"), team)) if row[1]]


def _day(moment: Any) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y}" if moment else ""


def _page(proposal: Proposal, page: Page) -> list[FormPart]:
    values = values_of(proposal)
    plain = [each for each in page.fields if each.lines]
    parts: list[FormPart] = [Heading(page.label)]
    if plain:
        parts.append(Facts([(each.label, each.lines) for each in plain]))
    for each in page.fields:
        if is_filled(values.get(each.name)):
            parts += _list(proposal, each, values[each.name])
    if page.name == "content":
        parts += _times(proposal)
    if page.name == "assessment" and (matrix := matrix_of(proposal)):
        parts += [Paragraph(_("Assessment against the learning outcomes")), _matrix(matrix)]
    return parts if len(parts) > 1 else [*parts, Paragraph("–")]


def _list(proposal: Proposal, read: Read, rows: Any) -> Sequence[FormPart]:
    """Return a list of rows: Table 4 and the assessment plan as tables, others row by row."""
    if not read.rows:
        return ()
    if read.name in ("units", "modules"):
        return (Paragraph(_("Table 4")), _table_4(rows))
    if read.name == "assessments":
        return (_plan(read),)
    return [Facts([(title, _lines(inner)) for title, inner in read.rows])]


def _lines(inner: Sequence[Read]) -> list[str]:
    return [f"{each.label}: {'; '.join(each.lines)}" for each in inner if each.lines] or ["–"]


def _table_4(rows: Sequence[Mapping[str, Any]]) -> Table:
    header = (_("No."), _("Unit"), _("Topics"), _("Activities"), _("Outcomes"), _("Assessed"))
    return Table(
        header,
        [
            (
                str(number),
                str(row.get("title_ms", "")),
                "; ".join(row.get("topics") or []) or "–",
                "; ".join(activity_words(each) for each in row.get("activities") or []) or "–",
                ", ".join(row.get("outcomes") or []) or "–",
                _("Yes") if row.get("assessed") else "–",
            )
            for number, row in enumerate(rows, 1)
        ],
        widths=(0, 1.6, 2.2, 2.4, 0, 0),
    )


def _plan(read: Read) -> Table:
    wanted = ("name", "type", "purpose", "form", "percent", "outcomes")
    labels = {each.name: each.label for _title, inner in read.rows for each in inner}
    header = [labels.get(name, "–") for name in wanted]
    found = [{each.name: "; ".join(each.lines) for each in inner} for _title, inner in read.rows]
    return Table(
        header,
        [[row.get(name, "–") for name in wanted] for row in found],
        widths=(2.2, 1.3, 1.3, 1.6, 0, 0),
        numeric=(4,),
    )


def _matrix(matrix: Matrix) -> Table:
    rows = [(code, *cells) for code, cells, _assessed in matrix.rows]
    return Table(
        (_("Outcome"), *matrix.columns),
        [[cell or "–" for cell in row] for row in rows],
        numeric=tuple(range(1, len(matrix.columns) + 1)),
    )


def _times(proposal: Proposal) -> list[FormPart]:
    units, whole = times_of(proposal)
    if whole is None:
        return []
    rows = [(time.title, time.hours, time.credits) for time in (*units, whole)]
    header = (_("Student learning time"), _("Hours"), _("Credits"))
    return [Table(header, rows, widths=(3, 1, 1), numeric=(1, 2))]


def _confirmed(proposal: Proposal) -> list[tuple[str, str]]:
    by = proposal.policies_confirmed_by
    read = _day(proposal.policies_confirmed_at)
    return [
        (_("Policies read and understood"), f"{read}, {by.name}" if read and by else read or "–"),
        (_("Ownership and copyright confirmed"), _day(proposal.ownership_confirmed_at) or "–"),
    ]
