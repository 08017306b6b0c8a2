"""The forms by which a course is judged: their indicators and points, from the process’s checklists."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.proposals.models import Evaluation, Proposal
from portal.wording import in_language
from tauliah.policy.process import Item, Process
from tauliah.values.vocabulary import VOCABULARY

Sort = Evaluation.Sort

LAMPIRAN_A: Mapping[str, str] = {
    "landing_page_logos": "1",
    "promotional_video": "2",
    "information_before_joining": "3",
    "information_after_joining": "4",
    "topic_learning_outcomes": "6_tlo",
    "topic_introduction": "5",
    "activities": "6",
    "assessment": "7",
    "additional_resources": "8",
    "teaching_video": "9",
    "course_content": "10",
    "copyright": "11",
}
"""The number that each indicator has in print (UTM Lampiran A); the number 6 is printed twice."""
PREFIX = "lampiran_a_"
RATED = frozenset(
    {Sort.SELF, Sort.COORDINATOR, Sort.EXTERNAL, Sort.PANEL, Sort.INTERNAL_AUDIT, Sort.EXTERNAL_AUDIT}
)
"""Sorts that rate the indicators of Lampiran A, where the process has them."""
PANEL = frozenset({Sort.COORDINATOR, Sort.EXTERNAL, Sort.PANEL})
"""Sorts of those whom the centre appoints before a MOOC is offered (UTM 4.3.5)."""
CHECKLISTS: Mapping[str, str] = {
    Sort.CENTRE: "centre",
    Sort.CHECKLIST: "development",
    Sort.COURSE: "course",
}
"""Sorts that tick one checklist of the process."""


@dataclass(frozen=True, slots=True)
class Section:
    """An indicator with its points, or a checklist that is only ticked."""

    name: str
    number: str
    label: str
    items: tuple[Item, ...]
    rated: bool


def has_lampiran_a(process: Process) -> bool:
    """Whether a process judges by Lampiran A."""
    return f"{PREFIX}1" in process.checklists


def sorts_of(proposal: Proposal) -> list[str]:
    """Return the sorts of evaluation that a proposal’s process has, in the order of their declaration."""
    process = proposal.declared()
    there = {sort for sort, name in CHECKLISTS.items() if name in process.checklists}
    if has_lampiran_a(process):
        there |= RATED | {Sort.CONTENT_CHECK}
    return [sort for sort in Sort.values if sort in there]


def sections_of(proposal: Proposal, sort: str) -> list[Section]:
    """Return what the form of a sort asks."""
    process = proposal.declared()
    if sort in CHECKLISTS:
        name = CHECKLISTS[sort]
        return [
            Section(name, "", str(Sort(sort).label), tuple(process.checklists.get(name, ())), rated=False)
        ]
    if sort in RATED and has_lampiran_a(process):
        return [
            Section(
                name,
                number.removesuffix("_tlo"),
                in_language(VOCABULARY["indicator"][name]),
                tuple(process.checklists.get(f"{PREFIX}{number}", ())),
                rated=True,
            )
            for name, number in LAMPIRAN_A.items()
        ]
    return []
