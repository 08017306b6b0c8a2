"""Money in ringgit, exact to the sen."""

from decimal import ROUND_HALF_UP, Decimal

SEN = Decimal("0.01")


def to_the_sen(amount: Decimal) -> Decimal:
    """The amount with two decimals, half a sen rounded up."""
    return amount.quantize(SEN, ROUND_HALF_UP)


def in_ringgit(amount: Decimal) -> str:
    """The amount as results carry it: `"150.00"`."""
    return f"{amount:.2f}"
