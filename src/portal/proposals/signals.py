"""What other parts are told of, in the transaction of the change."""

from django.dispatch import Signal

moved = Signal()
"""A proposal took a step: ``thing``, ``step``, ``before`` (the old state), ``acting``."""
asked = Signal()
"""Somebody was asked to vet, to evaluate or to answer, or did: ``thing`` (the row of it), ``acting``."""
