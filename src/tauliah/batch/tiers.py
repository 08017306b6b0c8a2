"""A limit as tiers: which claims count up to which ceiling, the ceiling being the same for a case."""

from dataclasses import dataclass

from tauliah.policy.expression import And, Choice, Node, Not, settled
from tauliah.policy.python_reading import CASE, stage_of


@dataclass(frozen=True)
class Tier:
    """The claims that may fill a limit up to one ceiling (a value of the case)."""

    counts: Node
    ceiling: Node


class NoTiers(TypeError):
    """A ceiling depends on a claim in a way that is no choice between values of the case."""


def tiers_of(counts: Node, ceiling: Node) -> tuple[Tier, ...]:
    """The tiers of a limit, no claim in two of them; raises `NoTiers`."""
    if stage_of(ceiling, {}) == CASE:
        return (Tier(counts, ceiling),)
    if not isinstance(ceiling, Choice):
        raise NoTiers(str(ceiling))
    condition = settled(ceiling.condition)
    yes = tiers_of(And((counts, condition)), ceiling.then)
    no = tiers_of(And((counts, Not(condition))), ceiling.otherwise)
    return yes + no
