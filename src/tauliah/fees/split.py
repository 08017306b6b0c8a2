"""Divides an amount of money by percentages so that the parts add up to the sen."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tauliah.values.money import SEN, to_the_sen


def split(amount: Decimal, percents: Sequence[Decimal]) -> list[Decimal]:
    """The parts of an amount, in the order of `percents`; raises `ValueError` unless they make 100.

    The largest remainder method: every part is cut off to the sen, and the sen left over go to the
    parts that lost most, the first listed where two lost the same. No part is a sen or more away
    from its exact share. The amount has whole sen.
    """
    if sum(percents) != 100 or any(percent < 0 for percent in percents):
        raise ValueError(f"the percentages make {sum(percents)}, not 100")
    if amount < 0 or to_the_sen(amount) != amount:
        raise ValueError(f"{amount} is no amount in whole sen")
    sen = int(amount / SEN)
    exact = [Fraction(sen) * Fraction(percent) / 100 for percent in percents]
    parts = [int(share) for share in exact]
    lost = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in lost[: sen - sum(parts)]:
        parts[i] += 1
    return [part * SEN for part in parts]
