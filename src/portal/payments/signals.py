"""What other apps are told of: sent in the transaction of the change, so that theirs belongs to it."""

from django.dispatch import Signal

order_settled = Signal()
"""An order is paid: ``order``, and ``acting`` who recorded it, None for a gateway; the sender is Order."""
