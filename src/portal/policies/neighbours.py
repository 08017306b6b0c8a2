"""The clauses before and after a clause in the document."""

from tauliah.policy.pack import Clause, Pack


def neighbours(pack: Pack, clause: Clause) -> tuple[Clause | None, Clause | None]:
    """Return the clause before and the clause after, where there is one."""
    listed = list(pack.clauses.values())
    position = listed.index(clause)
    before = listed[position - 1] if position > 0 else None
    return before, listed[position + 1] if position + 1 < len(listed) else None
