"""What other parts are told of, in the transaction of the change."""

from django.dispatch import Signal

moved = Signal()
"""An offering took a step: ``thing``, ``step``, ``before`` (the old state), ``acting``."""

results_moved = Signal()
"""A sheet of results took a step: ``thing``, ``step``, ``before``, ``acting``."""

enrolment_changed = Signal()
"""An enrolment changed its state: ``enrolment``, ``before`` (empty for a new one), ``acting``."""
