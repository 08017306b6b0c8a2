"""Find clauses: by words, by the name of a rule, by force, by who acts; and group them by section."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from tauliah.policy.pack import Clause, Pack
from tauliah.values.text import Text


@dataclass(frozen=True)
class Wanted:
    """What a person looks for; an empty word asks nothing."""

    words: str = ""
    name: str = ""
    force: str = ""
    actor: str = ""
    section: str = ""

    def __bool__(self) -> bool:
        """Say whether anything is asked."""
        return any((self.words, self.name, self.force, self.actor, self.section))


def clauses_wanted(pack: Pack, wanted: Wanted) -> list[Clause]:
    """Return the clauses of a pack that meet everything asked, in the order of the document."""
    words = folded(wanted.words).split()
    return [clause for clause in pack.clauses.values() if _meets(clause, wanted) and _holds(clause, words)]


def folded(text: str) -> str:
    """Return a text without case, accents or marks above and below, for comparing."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _meets(clause: Clause, wanted: Wanted) -> bool:
    return (
        wanted.name in ("", *clause.names)
        and wanted.force in ("", clause.force)
        and wanted.actor in ("", clause.actor)
        and wanted.section in ("", clause.section.ms, clause.section.en)
    )


def _holds(clause: Clause, words: Iterable[str]) -> bool:
    text = folded(" ".join((clause.id, clause.text.ms, clause.text.en, clause.wording or "")))
    return all(word in text for word in words)


def by_section(clauses: Iterable[Clause]) -> list[tuple[Text, list[Clause]]]:
    """Group clauses that follow each other in the document under their section."""
    return [(section, list(group)) for section, group in groupby(clauses, key=lambda clause: clause.section)]
