"""What other parts are told of, in the transaction of the change, so that theirs belongs to it."""

from django.dispatch import Signal

person_erased = Signal()
"""A person is erased: ``person``; whoever keeps what is theirs alone lets it go."""
