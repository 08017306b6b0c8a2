"""What other apps are told of: sent in the transaction of the change, so that theirs belongs to it."""

from django.dispatch import Signal

order_changing = Signal()
"""An order is about to be held: ``pk``. Whoever goes on once it is settled holds its own rows now.

One order of locks for all: an application first, then its orders and comparisons, the institution last.
"""

order_settled = Signal()
"""An order is paid: ``order``, and ``acting`` who recorded it, None for a gateway; the sender is Order."""
