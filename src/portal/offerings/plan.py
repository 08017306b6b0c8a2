"""The units of a course as its learners go through them: titles, materials, what is done and what is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from portal.institutions.naming import in_language
from portal.offerings.models import Enrolment, Material
from portal.proposals.models import Proposal


@dataclass
class Unit:
    """A unit of the course’s plan, counted from 1, with its materials; ``done`` are those finished."""

    number: int
    title: str
    outcomes: tuple[str, ...] = ()
    materials: list[Material] = field(default_factory=list)
    done: set[int] = field(default_factory=set)

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is left."""
        return bool(self.materials) and len(self.done) == len(self.materials)


def units_of(proposal: Proposal) -> list[Unit]:
    """Return the units of a course; one that plans modules has those."""
    rows = proposal.content.get("units") or proposal.content.get("modules") or []
    found = [
        Unit(
            number,
            in_language(row.get("title_ms", ""), row.get("title_en", "")),
            tuple(row.get("outcomes", ())),
        )
        for number, row in enumerate(rows, start=1)
    ]
    return found or [Unit(1, proposal.name)]


def with_materials(proposal: Proposal, materials: Iterable[Material], done: Iterable[int] = ()) -> list[Unit]:
    """Return the units with their materials; what belongs to a unit that is gone stands in the last one."""
    units, finished = units_of(proposal), set(done)
    for material in materials:
        unit = units[min(max(material.unit, 1), len(units)) - 1]
        unit.materials.append(material)
        if material.pk in finished:
            unit.done.add(material.pk)
    return units


def units_for(enrolment: Enrolment) -> list[Unit]:
    """Return the units that a learner sees, with what they have finished."""
    there = Material.objects.filter(proposal=enrolment.offering.proposal_id, visible=True)
    done = enrolment.progress.values_list("material", flat=True)
    return with_materials(enrolment.offering.proposal, there, done)


@dataclass(frozen=True, slots=True)
class Advance:
    """How far somebody has come: so many of so many pieces of work."""

    done: int
    of: int

    @property
    def percent(self) -> int:
        """The share that is done, in whole percent, rounded down so that 100 means all."""
        return 100 * self.done // self.of if self.of else 0

    @property
    def left(self) -> int:
        """How many are left."""
        return self.of - self.done


def advance_of(units: Iterable[Unit], marked: Mapping[int, Decimal], assessments: int) -> Advance:
    """Count materials finished and assessments marked together."""
    rows = list(units)
    materials = sum(len(unit.materials) for unit in rows)
    done = sum(len(unit.done) for unit in rows)
    return Advance(done + len(marked), materials + assessments)
