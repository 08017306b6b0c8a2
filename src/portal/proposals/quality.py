"""Which processes of quality a course has gone through (UNIMAS 5; UTM 3.2 and Lampiran B)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.packs import packs
from portal.proposals import facts
from portal.proposals.criteria import PANEL, Sort, has_lampiran_a
from portal.proposals.models import Attachment, Kind, Proposal, Registration

Where = Registration.Where


@dataclass(frozen=True, slots=True)
class Row:
    """A process of quality: whether it was done, with what is on record, and where to see it.

    ``done`` is None where it is not asked of the course.
    """

    label: str | Promise
    done: bool | None
    detail: str | Promise = ""
    clauses: tuple[str, ...] = ()
    route: str = ""


Further = Callable[[Proposal], Iterable[Row]]
FURTHER: list[Further] = []


def further(find: Further) -> Further:
    """Have a function asked for the processes that a higher layer knows of: offerings, surveys, reviews."""
    FURTHER.append(find)
    return find


def rows_of(proposal: Proposal) -> list[Row]:
    """Return the processes of quality of a course, in the order in which they come."""
    found = [*of_design(proposal), *of_development(proposal), *of_approval(proposal)]
    found += [row for find in FURTHER for row in find(proposal)]
    return [known(row, proposal.policy) for row in found]


def known(row: Row, policy: str) -> Row:
    """Return a row with those of its clauses that the policy has."""
    pack = packs().get(policy)
    there = {clause.id for clause in pack.clauses.values()} if pack else set()
    return Row(row.label, row.done, row.detail, tuple(c for c in row.clauses if c in there), row.route)


def of_design(proposal: Proposal) -> list[Row]:
    """Return what belongs to the design of a course."""
    content = proposal.content
    outcomes = content.get("outcomes") or []
    matched = bool(outcomes) and all(one.get("mqf_level") and one.get("cluster") for one in outcomes)
    alone = proposal.kind in (Kind.STAND_ALONE, Kind.INDUSTRY)
    surveyed = proposal.attachments.filter(kind=Attachment.Kind.MARKET_SURVEY).exists()
    purposes = content.get("assessments") or []
    return [
        Row(_("Learning outcomes stated"), bool(outcomes), str(len(outcomes)), ("5.1", "4.1-state-outcome")),
        Row(_("Outcomes matched to MQF levels and clusters"), matched, clauses=("5.1-mqf",)),
        Row(_("Effort in hours estimated"), bool(content.get("effort_hours")), clauses=("5.1-effort",)),
        Row(_("Prior knowledge stated"), bool(content.get("prerequisite")), clauses=("5.1-prerequisite",)),
        Row(
            _("Market survey with its analysis"),
            surveyed if alone else None,
            str(content.get("respondents") or ""),
            ("5.2", "5.2-attach"),
        ),
        Row(_("Assessment planned"), bool(purposes), str(len(purposes)), ("5.3", "Lampiran A 7")),
        Row(_("Ownership and copyright declared"), proposal.ownership_confirmed_at is not None,
            clauses=("5.9(a)", "5.9(b)", "3.2.1.2")),
        Row(_("Licence named"), bool(content.get("licence")), content.get("licence") or "", ("3.2.1.3",)),
    ]  # fmt: skip


def of_development(proposal: Proposal) -> list[Row]:
    """Return what belongs to the development of a course."""
    rows = [
        Row(_("Developer attended a workshop"), attended(proposal), clauses=("4.2.4",), route="workshops"),
    ]
    if has_lampiran_a(proposal.declared()):
        rows += [
            Row(_("Self-evaluation in rounds"), bool(rounds(proposal, Sort.SELF)),
                str(rounds(proposal, Sort.SELF)), ("3.2.1.1", "3.2.1.1/2", "4.2.5"), "evaluations"),
            Row(_("Content checked by the centre"), bool(rounds(proposal, Sort.CONTENT_CHECK)),
                str(rounds(proposal, Sort.CONTENT_CHECK)), ("3.2.2.3",), "evaluations"),
            Row(_("Panel evaluation with its criteria met"),
                rounds(proposal, *PANEL) > 0 and facts.quality_met(proposal, None),
                str(rounds(proposal, *PANEL)), ("3.2.2.1", "4.3.5", "4.1.4"), "evaluations"),
            Row(_("Internal audit"), bool(rounds(proposal, Sort.INTERNAL_AUDIT)),
                clauses=("3.1.2", "3.1.2/2"), route="evaluations"),
            Row(_("External audit"), True if rounds(proposal, Sort.EXTERNAL_AUDIT) else None,
                clauses=("3.1.3", "3.1.3/2"), route="evaluations"),
        ]  # fmt: skip
    if proposal.milestones.exists():
        done = facts.milestones_before_vetting(proposal, None)
        rows.append(Row(_("Materials developed and uploaded"), done, clauses=("2.1-development-upload",),
                        route="milestones"))  # fmt: skip
    if "vetting" in proposal.declared().states:
        by = ("2.1-development-vetting", "2.1-development-sme")
        vetted = facts.vetted(proposal, None)
        rows.append(Row(_("Vetted by an appointed expert"), vetted, clauses=by, route="vettings"))
    if "development" in proposal.declared().checklists:
        rows.append(Row(_("Checklist of development"), facts.checklist_complete(proposal, None),
                        clauses=("10.1",), route="evaluations"))  # fmt: skip
        rows.append(Row(_("Evaluation of the course"), facts.course_evaluated(proposal, None),
                        clauses=("10.2",), route="evaluations"))  # fmt: skip
    return rows


def of_approval(proposal: Proposal) -> list[Row]:
    """Return what belongs to the approval and registration of a course."""
    at = {row.where: row for row in proposal.registrations.all() if row.registered_on}
    alone = proposal.kind != Kind.ACCREDITED
    rows = [
        Row(_("Approved for development"), proposal.approved_at is not None,
            clauses=("2.1-review-approved", "4.1.1")),
        Row(_("Certificate described"), proposal.achievement_id is not None, clauses=("1.5(d)",),
            route="registrations"),
        Row(_("Registered"), proposal.state == "registered", clauses=("2.1-completion", "4.3.1"),
            route="registrations"),
    ]  # fmt: skip
    if has_lampiran_a(proposal.declared()):
        rows.append(Row(_("Registered with MOOC Malaysia"), True if Where.MOOC_MALAYSIA in at else None,
                        clauses=("4.1.2", "4.1.4", "4.1.4/2"), route="registrations"))  # fmt: skip
    if alone:
        verified = True if proposal.quality_verified_on else None
        rows.append(Row(_("Quality verified by MQA"), verified, clauses=("5.8", "5.8-value"),
                        route="registrations"))  # fmt: skip
    return rows


def rounds(proposal: Proposal, *sorts: str) -> int:
    """Return how many evaluations of these sorts were handed in."""
    return proposal.evaluations.filter(sort__in=sorts, submitted_at__isnull=False).count()


def attended(proposal: Proposal) -> bool | None:
    """Whether the developer came to a workshop; None where the institution held none."""
    if not proposal.institution.workshops.exists():
        return None
    return proposal.institution.workshops.filter(attendances__person=proposal.developer_id).exists()
