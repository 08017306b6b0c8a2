"""Why something that a person asked for was not done; nothing has changed when these are raised."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


class NotAllowed(PermissionDenied):
    """The person's role does not permit it; the page answers 403."""


class Refused(Exception):
    """It cannot be done now, or not so: ``message`` says why and what to do, ``field`` where, if anywhere."""

    def __init__(self, message: str | Promise, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field
