"""What a committee's paper says of course proposals (UNIMAS 2.1): the course, its Table 4, who judged it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment
from portal.approvals.papers import Kind, register
from portal.institutions.naming import in_language
from portal.proposals.access import proposals_for
from portal.proposals.checking import evaluated, learning_time
from portal.proposals.content import is_filled, values_of
from portal.proposals.facts import ITEM
from portal.proposals.fields import form_of
from portal.proposals.models import Evaluation, Proposal, Vetting
from portal.proposals.reading import activity_words, lines_of
from portal.wording import day, figure
from portal.wording import in_language as words_of
from tauliah.files.letter import Facts, Heading, Items, Notice, Paragraph, Part, Table
from tauliah.values.case import InvalidCase

Json = Mapping[str, Any]
DASH = "–"
IN_SHORT = (
    "level", "delivery", "online_share", "credits", "hours", "effort_hours", "entry_requirement",
    "offer_period", "fee", "licence",
)  # fmt: skip
"""Fields of the form that head the paper, as far as they are filled in."""


def papers(numbers: Collection[int]) -> dict[int, Sequence[Part]]:
    """Return what the papers of these proposals say, in the language that is active."""
    rows = Proposal.objects.filter(pk__in=numbers).select_related("faculty", "developer", "original")
    judged = rows.prefetch_related("vettings__expert", "evaluations__evaluator", "registrations")
    return {proposal.pk: paper(proposal) for proposal in judged}


def paper(proposal: Proposal) -> list[Part]:
    """Return what the paper of one proposal says."""
    return [
        Facts(in_short(proposal)),
        *headed(_("Synopsis"), synopsis(proposal)),
        *headed(_("Learning outcomes"), outcomes(proposal)),
        *headed(_("Topics, outcomes and learning time (Table 4)"), table_4(proposal)),
        *headed(_("Assessment plan"), assessments(proposal)),
        *headed(_("Reviews"), reviews(proposal)),
        *headed(_("Checks of the policy"), checks(proposal)),
    ]


def headed(heading: str, parts: Iterable[Part]) -> list[Part]:
    """Return parts under their heading; without parts no heading either."""
    there = list(parts)
    return [Heading(heading), *there] if there else []


def in_short(proposal: Proposal) -> list[tuple[str, str | Sequence[str]]]:
    """Return the course in short: what it is, whose, and what the form says of its size and price."""
    titles = list(dict.fromkeys(filter(None, (proposal.name_ms, proposal.name_en))))
    rows: list[tuple[str, str | Sequence[str]]] = [
        (_("Title"), titles or [DASH]),
        (_("Kind of course"), proposal.get_kind_display()),
        (_("Code"), proposal.code or DASH),
        (_("Reference"), proposal.reference),
        (_("Faculty or centre"), proposal.faculty.name),
        (_("Developer"), proposal.developer.name),
    ]
    if proposal.original:
        rows.append((_("Original course"), f"{proposal.original.code} {proposal.original.name}"))
    return [*rows, *filled_in(proposal)]


def filled_in(proposal: Proposal) -> list[tuple[str, str | Sequence[str]]]:
    """Return the fields of ``IN_SHORT`` that are filled in, under the labels of the form."""
    values = values_of(proposal)
    fields = {field.name: field for section in form_of(proposal) for field in section.fields}
    there = [fields[name] for name in IN_SHORT if name in fields and is_filled(values.get(name))]
    return [(str(field.label), lines_of(field, values[field.name])) for field in there]


def synopsis(proposal: Proposal) -> list[Part]:
    """Return the synopsis in the language of the paper."""
    content: Json = proposal.content
    text = in_language(content.get("synopsis_ms") or "", content.get("synopsis_en") or "")
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def rows_in(proposal: Proposal, name: str) -> list[Json]:
    """Return the rows of a list of the form."""
    return [row for row in proposal.content.get(name) or [] if isinstance(row, Mapping)]


def outcomes(proposal: Proposal) -> list[Part]:
    """Return the learning outcomes with their taxonomy and cluster."""
    rows = [
        (
            str(row.get("code") or DASH),
            in_language(row.get("ms") or "", row.get("en") or "") or DASH,
            str(row.get("taxonomy") or DASH),
            str(row.get("cluster") or DASH).upper(),
        )
        for row in rows_in(proposal, "outcomes")
    ]
    header = (_("Code"), _("Outcome"), _("Taxonomy"), _("MQF cluster"))
    return [Table(header, rows, widths=(0, 1, 0, 0))] if rows else []


def table_4(proposal: Proposal) -> list[Part]:
    """Return units (or modules) with their outcomes and activities, and the hours that they come to."""
    units = rows_in(proposal, "units") or rows_in(proposal, "modules")
    rows = [
        (
            str(number),
            unit_words(unit),
            ", ".join(str(code) for code in unit.get("outcomes") or []) or DASH,
            "; ".join(activity_words(one) for one in unit.get("activities") or []) or DASH,
        )
        for number, unit in enumerate(units, start=1)
    ]
    if not rows:
        return []
    header = (_("No."), _("Unit and topics"), _("Outcomes"), _("Activities"))
    return [Table(header, rows, widths=(0, 3, 1, 3)), *hours(proposal)]


def unit_words(unit: Json) -> str:
    """Name a unit with its topics."""
    title = in_language(unit.get("title_ms") or "", unit.get("title_en") or "")
    topics = unit.get("topics") or []
    listed = "; ".join(str(one) for one in topics) if isinstance(topics, list) else str(topics)
    return f"{title}: {listed}" if title and listed else title or listed or DASH


def hours(proposal: Proposal) -> list[Part]:
    """Return the learning time that the activities come to, by the policy's figures."""
    try:
        result = learning_time(proposal)
    except InvalidCase:
        return []
    span = (result or {}).get("hours") or {}
    if not span:
        return []
    least, most = figure(span.get("least")), figure(span.get("most"))
    return [Paragraph(_("Learning time: %(least)s to %(most)s hours.") % {"least": least, "most": most})]


def assessments(proposal: Proposal) -> list[Part]:
    """Return the assessments with their weights and the outcomes that they measure."""
    kinds = {"continuous": _("Continuous"), "final": _("Final")}
    rows = [
        (
            str(row.get("name") or DASH),
            kinds.get(str(row.get("type")), DASH),
            f"{row.get('percent')} %" if row.get("percent") else DASH,
            ", ".join(str(code) for code in row.get("outcomes") or []) or DASH,
        )
        for row in rows_in(proposal, "assessments")
    ]
    header = (_("Assessment"), _("Type"), _("Weight"), _("Outcomes"))
    return [Table(header, rows, widths=(2, 1, 0, 1), numeric=(2,))] if rows else []


def reviews(proposal: Proposal) -> list[Part]:
    """Return who looked at the course and what they said: experts, centre, panel."""
    rows = [row_of_vetting(one) for one in proposal.vettings.all() if one.decided_at]
    rows += [row_of_evaluation(one) for one in proposal.evaluations.all() if one.submitted_at]
    header = (_("Review"), _("By"), _("Day"), _("Result and remarks"))
    return [Table(header, rows, widths=(2, 2, 0, 3))] if rows else []


def row_of_vetting(vetting: Vetting) -> tuple[str, str, str, str]:
    """Return an expert's vetting as a row."""
    said = ". ".join(filter(None, (vetting.get_decision_display(), vetting.remarks.strip())))
    return _("Vetting by an expert"), vetting.expert.name, day(vetting.decided_at), said or DASH


def row_of_evaluation(evaluation: Evaluation) -> tuple[str, str, str, str]:
    """Return an evaluation as a row."""
    ready = (evaluation.result or {}).get("ready")
    found = {True: _("Ready"), False: _("Not ready")}.get(ready, "") if ready is not None else ""
    said = ". ".join(filter(None, (found, evaluation.conclusion.strip())))
    sort = _("%(sort)s, round %(round)s") % {
        "sort": evaluation.get_sort_display(),
        "round": evaluation.round,
    }
    return sort, evaluation.evaluator.name, day(evaluation.submitted_at), said or DASH


def checks(proposal: Proposal) -> list[Part]:
    """Say how many checks of the policy are met, and name those that are not."""
    try:
        result = evaluated(proposal)
    except InvalidCase as wrong:
        return [Notice(f"{wrong.where}: {words_of(wrong.message)}")]
    if result is None:
        return []
    found = result["checks"]
    met = sum(check["outcome"] == "pass" for check in found)
    told: list[Part] = [Paragraph(_("%(met)s of %(all)s checks are met.") % {"met": met, "all": len(found)})]
    open_ = [words_of(check["message"]) for check in found if check["outcome"] != "pass"]
    return [*told, Items(open_)] if open_ else told


def hold(numbers: Collection[int]) -> None:
    """Lock proposals before decisions about them are recorded."""
    list(
        Proposal.objects.select_for_update(no_key=True)
        .filter(pk__in=numbers)
        .order_by("pk")
        .values_list("pk")
    )


def opens(acting: Appointment | None, number: int) -> bool:
    """Say whether somebody may open a proposal."""
    return proposals_for(acting).filter(pk=number).exists()


register(ITEM, Kind(gettext_lazy("Course proposal"), gettext_lazy("Course proposals"), papers, hold, opens))
