"""What other parts are told of, in the transaction of the change."""

from django.dispatch import Signal

comparison_changing = Signal()
"""A comparison is about to be held: ``pk``. Whoever goes on once it is settled holds its own rows now."""

comparison_settled = Signal()
"""The share that a source covers is settled: ``comparison``, ``acting``."""
