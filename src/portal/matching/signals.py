"""What other parts are told of, in the transaction of the change."""

from django.dispatch import Signal

comparison_settled = Signal()
"""The share that a source covers is settled: ``comparison``, ``acting``."""
