"""The processes that policies declare."""

from portal.packs import packs
from tauliah.policy.process import Process

NATIONAL = "mqa"
"""The policy whose process an institution follows whose own policy declares none."""


def process_called(policy: str, name: str) -> Process:
    """Return the process of a policy; raises ``KeyError`` where neither it nor the national one has it."""
    known = packs()
    pack = known.get(policy) or known[NATIONAL]
    return pack.processes.get(name) or known[NATIONAL].processes[name]
