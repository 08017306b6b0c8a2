"""Which processes of quality a course has gone through (UNIMAS 5; UTM 3.2 and Lampiran B)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.proposals import facts
from portal.proposals.criteria import PANEL, Sort, has_lampiran_a
from portal.proposals.models import Attachment, Kind, Proposal, Registration

Where = Registration.Where
CLAUSES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "outcomes": {"unimas": ("5.1",), "umpsa": ("4.1-state-outcome",)},
    "mqf": {"unimas": ("5.1-mqf",)},
    "effort": {"unimas": ("5.1-effort",)},
    "prerequisite": {"unimas": ("5.1-prerequisite",)},
    "survey": {"unimas": ("5.2", "5.2-attach")},
    "assessment": {"unimas": ("5.3",), "utm": ("Lampiran A 7",)},
    "ownership": {"unimas": ("5.9(a)", "5.9(b)"), "utm": ("3.2.1.2", "3.2.1.2/2")},
    "licence": {"utm": ("3.2.1.3",)},
    "workshop": {"utm": ("4.2.4",)},
    "self": {"utm": ("3.2.1.1", "3.2.1.1/2", "4.2.5")},
    "content": {"utm": ("3.2.2.3",)},
    "panel": {"utm": ("3.2.2.1", "4.3.5", "4.1.4")},
    "internal_audit": {"utm": ("3.1.2", "3.1.2/2")},
    "external_audit": {"utm": ("3.1.3", "3.1.3/2")},
    "materials": {"unimas": ("2.1-development-upload",)},
    "vetting": {"unimas": ("2.1-development-vetting", "2.1-development-sme")},
    "checklist": {"umpsa": ("10.1",)},
    "course": {"umpsa": ("10.2",)},
    "approved": {"unimas": ("2.1-review-approved",), "utm": ("4.1.1",)},
    "certificate": {"unimas": ("1.5(d)",)},
    "registered": {"unimas": ("2.1-completion",), "utm": ("4.3.1",)},
    "mooc_malaysia": {"utm": ("4.1.2", "4.1.4", "4.1.4/2")},
    "verified": {"unimas": ("5.8", "5.8-value")},
}
"""The clauses of each process, by policy."""


@dataclass(frozen=True, slots=True)
class Row:
    """A process of quality: whether it was done, with what is on record, and where to see it.

    ``done`` is None where it is not asked of the course; ``name`` is that of ``CLAUSES``. Rows of higher
    layers bring their ``clauses`` and a ``route`` with its namespace.
    """

    label: str | Promise
    done: bool | None
    detail: str | Promise = ""
    name: str = ""
    route: str = ""
    clauses: tuple[str, ...] = ()


Further = Callable[[Proposal], Iterable[Row]]
FURTHER: list[Further] = []


def further(find: Further) -> Further:
    """Have a function asked for the processes that a higher layer knows of: offerings, surveys, reviews."""
    FURTHER.append(find)
    return find


def rows_of(proposal: Proposal) -> list[Row]:
    """Return the processes of quality of a course, in the order in which they come."""
    own = [*of_design(proposal), *of_development(proposal), *of_approval(proposal)]
    return [cited(row, proposal.policy) for row in own] + [row for find in FURTHER for row in find(proposal)]


def cited(row: Row, policy: str) -> Row:
    """Return a row with the clauses of its policy; one that is not asked shows no detail."""
    detail = "" if row.done is None else row.detail
    return replace(row, clauses=CLAUSES[row.name].get(policy, ()), detail=detail)


def of_design(proposal: Proposal) -> list[Row]:
    """Return what belongs to the design of a course."""
    content = proposal.content
    outcomes, assessments = content.get("outcomes") or [], content.get("assessments") or []
    matched = bool(outcomes) and all(one.get("mqf_level") and one.get("cluster") for one in outcomes)
    alone = proposal.kind in (Kind.STAND_ALONE, Kind.INDUSTRY)
    surveyed = proposal.attachments.filter(kind=Attachment.Kind.MARKET_SURVEY).exists() if alone else None
    owned, licence = proposal.ownership_confirmed_at is not None, content.get("licence") or ""
    return [
        Row(_("Learning outcomes stated"), bool(outcomes), str(len(outcomes)), "outcomes"),
        Row(_("Outcomes matched to MQF levels and clusters"), matched, "", "mqf"),
        Row(_("Effort in hours estimated"), bool(content.get("effort_hours")), "", "effort"),
        Row(_("Prior knowledge stated"), bool(content.get("prerequisite")), "", "prerequisite"),
        Row(_("Market survey with its analysis"), surveyed, str(content.get("respondents") or ""), "survey"),
        Row(_("Assessment planned"), bool(assessments), str(len(assessments)), "assessment"),
        Row(_("Ownership and copyright declared"), owned, "", "ownership"),
        Row(_("Licence named"), bool(licence), licence, "licence"),
    ]


def of_development(proposal: Proposal) -> list[Row]:
    """Return what belongs to the development of a course."""
    process = proposal.declared()
    rows = [Row(_("Developer attended a workshop"), attended(proposal), "", "workshop", "workshops")]
    if has_lampiran_a(process):
        rows += of_evaluation(proposal)
    if proposal.milestones.exists():
        done = facts.milestones_before_vetting(proposal, None)
        rows.append(Row(_("Materials developed and uploaded"), done, "", "materials", "milestones"))
    if "vetting" in process.states:
        vetted = facts.vetted(proposal, None)
        rows.append(Row(_("Vetted by an appointed expert"), vetted, "", "vetting", "vettings"))
    if "development" in process.checklists:
        whole, judged = facts.checklist_complete(proposal, None), facts.course_evaluated(proposal, None)
        rows.append(Row(_("Checklist of development"), whole, "", "checklist", "evaluations"))
        rows.append(Row(_("Evaluation of the course"), judged, "", "course", "evaluations"))
    return rows


def of_evaluation(proposal: Proposal) -> list[Row]:
    """Return the evaluations, checks and audits of a MOOC."""
    own, checks, panel = (rounds(proposal, *s) for s in ((Sort.SELF,), (Sort.CONTENT_CHECK,), PANEL))
    inside, outside = rounds(proposal, Sort.INTERNAL_AUDIT), rounds(proposal, Sort.EXTERNAL_AUDIT)
    met = panel > 0 and facts.quality_met(proposal, None)
    where = "evaluations"
    return [
        Row(_("Self-evaluation in rounds"), own > 0, str(own), "self", where),
        Row(_("Content checked by the centre"), checks > 0, str(checks), "content", where),
        Row(_("Panel evaluation with its criteria met"), met, str(panel), "panel", where),
        Row(_("Internal audit"), inside > 0, str(inside), "internal_audit", where),
        Row(_("External audit"), True if outside else None, str(outside), "external_audit", where),
    ]


def of_approval(proposal: Proposal) -> list[Row]:
    """Return what belongs to the approval and registration of a course."""
    at = {row.where: row for row in proposal.registrations.all() if row.registered_on}
    described, registered = proposal.achievement_id is not None, proposal.state == "registered"
    national = True if Where.MOOC_MALAYSIA in at else None
    verified = True if proposal.quality_verified_on else None
    where = "registrations"
    rows = [
        Row(_("Approved for development"), proposal.approved_at is not None, "", "approved"),
        Row(_("Certificate described"), described, "", "certificate", where),
        Row(_("Registered"), registered, "", "registered", where),
    ]
    if has_lampiran_a(proposal.declared()):
        rows.append(Row(_("Registered with MOOC Malaysia"), national, "", "mooc_malaysia", where))
    if proposal.kind != Kind.ACCREDITED:
        rows.append(Row(_("Quality verified by MQA"), verified, "", "verified", where))
    return rows


def rounds(proposal: Proposal, *sorts: str) -> int:
    """Return how many evaluations of these sorts were handed in."""
    return proposal.evaluations.filter(sort__in=sorts, submitted_at__isnull=False).count()


def attended(proposal: Proposal) -> bool | None:
    """Whether the developer came to a workshop; None where the institution held none."""
    if not proposal.institution.workshops.exists():
        return None
    return proposal.institution.workshops.filter(attendances__person=proposal.developer_id).exists()
