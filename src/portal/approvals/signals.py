"""What those who asked a committee are told of, in the transaction of its decision."""

from django.dispatch import Signal

decided = Signal()
"""A committee decided an item: ``item``, ``acting``."""
