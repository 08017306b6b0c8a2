"""What a worker does for offerings: of their days, and of learners and results."""

from portal.offerings import tasks_learning, tasks_offering

__all__ = ["tasks_learning", "tasks_offering"]
