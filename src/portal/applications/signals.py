"""What other parts are told of, in the transaction of the change, so that theirs belongs to it."""

from django.dispatch import Signal

moved = Signal()
"""An application took a step: it is the ``thing``, with ``step``, ``before`` (the old state), ``acting``."""

recorded = Signal()
"""Something was recorded without a step: ``application``, ``what`` (the register's action), ``acting``."""
