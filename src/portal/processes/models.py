"""What every thing keeps that goes through a process."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.institutions.models import Institution
from portal.processes.declared import process_called
from tauliah.policy.process import Process, State


class Walking(models.Model):
    """A thing of an institution that stands in one of the states of its policy's process.

    ``version`` goes up with every change, so that of two people who change it at once the second is told.
    A subclass has the column ``institution``.
    """

    institution: "models.ForeignKey[Institution, Institution]"
    institution_id: int

    policy = models.CharField(_("policy"), max_length=40)
    process = models.CharField(_("process"), max_length=40)
    state = models.CharField(_("state"), max_length=40, default="draft")
    state_since = models.DateTimeField(_("since"), auto_now_add=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def declared(self) -> Process:
        """Return the process that it goes through."""
        return process_called(self.policy, self.process)

    def state_now(self) -> State:
        """Return the state in which it stands, with its words."""
        return self.declared().states[self.state]

    @property
    def is_final(self) -> bool:
        """Whether nothing follows."""
        return self.state_now().final

    def arrive(self, state: str) -> None:
        """Put it into a state: since now, due by the state's days, nobody's in particular."""
        days = self.declared().states[state].days
        self.state = state
        self.state_since = timezone.now()
        self.due_on = timezone.localdate() + timedelta(days=days) if days else None
        self.touch("state", "state_since", "due_on", *self.let_go())

    def let_go(self) -> tuple[str, ...]:
        """Forget what held for the state before; returns the names of the columns changed by it."""
        return ()

    def touch(self, *columns: str) -> None:
        """Save the named columns and give the row its next version."""
        self.version += 1
        self.save(update_fields=[*columns, "version", "updated_at"])
