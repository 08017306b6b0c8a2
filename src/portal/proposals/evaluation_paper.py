"""An evaluation as paper: Lampiran A with its ratings, points, remarks and result."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.institutions.paper import paper_of
from portal.proposals.criteria import RATED
from portal.proposals.evaluation_form import Indicator, indicators_of
from portal.proposals.models import Evaluation
from portal.wording import in_language
from tauliah.files.form import Form, FormPart, Signed, Tick, Ticks, form_pdf
from tauliah.files.letter import Facts, Heading, Paragraph, Table

MARKS = {"pass": "✓", "fail": "✗", "unknown": "?"}


def evaluation_pdf(evaluation: Evaluation, language: str) -> bytes:
    """Print an evaluation in a language."""
    with override(language):
        proposal = evaluation.proposal
        day = (
            timezone.localtime(evaluation.submitted_at).date()
            if evaluation.submitted_at
            else timezone.localdate()
        )
        form = Form(
            paper_of(proposal.institution, proposal.faculty),
            language,
            day,
            title(evaluation),
            [*head(evaluation), *body(evaluation), *result(evaluation)],
            subtitle=proposal.name,
            reference=proposal.code or proposal.reference,
            signatures=(
                Signed(
                    str(evaluation.get_sort_display()),
                    evaluation.evaluator.name if evaluation.submitted_at else "",
                    day_of(evaluation),
                ),
            ),
        )
    return form_pdf(form)


def title(evaluation: Evaluation) -> str:
    """Return what the paper is called."""
    if evaluation.sort in RATED and evaluation.ratings:
        return _("Quality checklist of MOOC development (Lampiran A)")
    return str(evaluation.get_sort_display())


def day_of(evaluation: Evaluation) -> str:
    """Return the day on which it was handed in."""
    if evaluation.submitted_at is None:
        return ""
    return date_format(timezone.localtime(evaluation.submitted_at), "j F Y")


def head(evaluation: Evaluation) -> list[FormPart]:
    """Return whose course it is and who judged it."""
    rows = [
        (_("Course title"), evaluation.proposal.name),
        (_("Course URL"), evaluation.url),
        (_("Developer"), evaluation.proposal.developer.name),
        (_("Evaluator"), evaluation.evaluator.name),
        (_("Sort"), f"{evaluation.get_sort_display()}, {_('round')} {evaluation.round}"),
        (_("Handed in"), day_of(evaluation) or _("not yet")),
    ]
    return [Facts(tuple(row for row in rows if row[1]))]


def body(evaluation: Evaluation) -> list[FormPart]:
    """Return every section with its points and what was remarked."""
    parts: list[FormPart] = []
    for indicator in indicators_of(evaluation):
        parts.append(points_of(indicator))
        if said := remarks_of(indicator):
            parts.append(Facts(said))
    return parts


def points_of(indicator: Indicator) -> Ticks:
    """Return the points of a section under its heading with the rating."""
    section = indicator.section
    heading = " ".join(filter(None, (section.number and f"{section.number}.", section.label)))
    if section.rated:
        heading += f" · {_('Rating')}: {indicator.rating or '–'} / 4"
    ticks = [
        Tick(str(n), in_language(item.label), item.key in indicator.ticked)
        for n, item in enumerate(section.items, start=1)
    ]
    return Ticks(heading, ticks)


def remarks_of(indicator: Indicator) -> tuple[tuple[str, str | list[str]], ...]:
    """Return remark and evidence of a section, where there are any."""
    rows: list[tuple[str, str | list[str]]] = []
    if indicator.remark:
        rows.append((_("Remarks"), indicator.remark))
    evidence = [*indicator.links, *(file.name for file in indicator.files)]
    if evidence:
        rows.append((_("Evidence"), evidence))
    return tuple(rows)


def result(evaluation: Evaluation) -> list[FormPart]:
    """Return what follows from the figures and the ratings, and the conclusion."""
    parts: list[FormPart] = []
    if evaluation.result:
        parts.append(Heading(_("Result")))
        parts.append(
            Table(
                (_("Criterion"), "", _("Finding")),
                [
                    (in_language(check["label"]), MARKS[check["outcome"]], in_language(check["message"]))
                    for check in evaluation.result["checks"]
                ],
                widths=(1.2, 0, 3),
            )
        )
        mean = evaluation.result.get("mean_rating")
        if mean is not None:
            parts.append(Facts(((_("Mean rating"), f"{mean} / 4"),)))
    if evaluation.conclusion:
        parts += [Heading(_("Conclusion")), Paragraph(evaluation.conclusion)]
    return parts
