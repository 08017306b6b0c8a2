"""Courses of an institution whose titles are like a proposed one (UTM 4.2.3)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.urls import reverse

from portal.accounts.models import Appointment
from portal.catalogue.models import Course
from portal.institutions.naming import in_language
from portal.proposals.access import proposals_for
from portal.proposals.models import Proposal

ALIKE, THE_SAME = Fraction(45, 100), Fraction(85, 100)
"""From which share of common letter groups titles are shown, and from which they count as the same."""
MOST = 6
SHORTEST, STEM = 4, 5
MOST_WORDS, CANDIDATES = 12, 300
"""How many words the database is asked for, and how many titles are compared letter by letter."""
FORMS = re.compile(
    r"^(?:(?:micro[- ]?credential(?: certification)?|micro[- ]?award|micro[- ]?certification) in"
    r"|(?:pentauliahan mikro|mikro[- ]?kredensial|sijil mikro)(?: dalam)?)\s+"
)
EMPTY_WORDS = frozenset(
    {"a", "an", "and", "dan", "dalam", "di", "for", "in", "kepada", "ke", "of", "the", "to", "untuk", "with"}
)


@dataclass(frozen=True, slots=True)
class Like:
    """A course or proposal with a title like the one asked about: what it is, and how alike."""

    code: str
    title: str
    address: str
    share: Fraction
    proposed: bool
    state: str

    @property
    def is_same(self) -> bool:
        """Whether it is as good as the same course."""
        return self.share >= THE_SAME

    @property
    def percent(self) -> int:
        """How alike, in per cent."""
        return round(self.share * 100)


def similar_to(acting: Appointment | None, proposal: Proposal, titles: Iterable[str]) -> list[Like]:
    """Return what the institution offers or develops under a like title, the likest first.

    The original course and the proposal itself do not count. A proposal that somebody may not see is named
    without a link, for the same course must not be developed twice.
    """
    given = [title for title in titles if len(title) >= SHORTEST]
    asked = [group for title in given if (group := groups(title))]
    if not asked:
        return []
    stems = {word[:STEM] for title in given for word in words_of(title)}
    seen = set(proposals_for(acting).values_list("pk", flat=True))
    found = [*_proposed(asked, proposal, stems, seen), *_offered(asked, proposal, stems)]
    return sorted(found, key=lambda one: (-one.share, one.code))[:MOST]


def nearest(rows: QuerySet[Any], stems: Iterable[str]) -> QuerySet[Any]:
    """Return the rows whose names share the beginning of a word, those with most of them first."""
    hits = [
        Case(When(Q(name_ms__icontains=stem) | Q(name_en__icontains=stem), then=1), default=0)
        for stem in sorted(stems)[:MOST_WORDS]
    ]
    found: QuerySet[Any] = rows.annotate(hits=sum(hits, Value(0))).filter(hits__gt=0)
    return found.order_by("-hits", "pk")[:CANDIDATES]


def _proposed(
    asked: list[frozenset[str]], proposal: Proposal, stems: Iterable[str], seen: set[int]
) -> Iterator[Like]:
    others: QuerySet[Proposal] = (
        Proposal.objects.filter(institution=proposal.institution_id)
        .exclude(pk=proposal.pk)
        .exclude(state__in=("withdrawn", "rejected"))
        .only("pk", "reference", "code", "name_ms", "name_en", "state", "policy", "process")
    )
    for other in nearest(others, stems):
        share = likeness(asked, (other.name_ms, other.name_en))
        if share >= ALIKE:
            address = other.get_absolute_url() if other.pk in seen else ""
            state = other.state_now().label
            yield Like(
                other.code or other.reference,
                other.name,
                address,
                share,
                True,
                in_language(state.ms, state.en),
            )


def _offered(asked: list[frozenset[str]], proposal: Proposal, stems: Iterable[str]) -> Iterator[Like]:
    there = Course.objects.filter(institution=proposal.institution_id)
    if proposal.original_id is not None:
        there = there.exclude(pk=proposal.original_id)
    near = nearest(there, stems)
    for pk, code, ms, en in near.values_list("pk", "code", "name_ms", "name_en"):
        share = likeness(asked, (ms, en))
        if share >= ALIKE:
            yield Like(code, in_language(ms, en), reverse("catalogue:course", args=[pk]), share, False, "")


def likeness(asked: Iterable[frozenset[str]], titles: Iterable[str]) -> Fraction:
    """Return the largest share of letter groups that an asked title has in common with another."""
    other = [groups(title) for title in titles if title]
    shares = (Fraction(2 * len(a & b), len(a) + len(b)) for a in asked for b in other if a and b)
    return max(shares, default=Fraction(0))


def groups(title: str) -> frozenset[str]:
    """Return the groups of three letters of a title’s words."""
    return frozenset(f" {word} "[n : n + 3] for word in words_of(title) for n in range(len(word)))


def words_of(title: str) -> list[str]:
    """Return a title’s words without its form and empty words."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    plain = FORMS.sub("", " ".join(plain.split()))
    return [word for word in re.findall(r"\w+", plain) if word not in EMPTY_WORDS]
