"""Courses of an institution whose titles are like a proposed one (UTM 4.2.3)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet
from django.urls import reverse

from portal.accounts.models import Appointment
from portal.catalogue.models import Course
from portal.institutions.naming import in_language
from portal.proposals.access import proposals_for
from portal.proposals.models import Proposal

ALIKE, THE_SAME = Fraction(45, 100), Fraction(85, 100)
"""From which share of common letter groups titles are shown, and from which they count as the same."""
MOST = 6
SHORTEST = 4
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
    asked = [group for title in titles if len(title) >= SHORTEST and (group := groups(title))]
    if not asked:
        return []
    seen = set(proposals_for(acting).values_list("pk", flat=True))
    found = [*_proposed(asked, proposal, seen), *_offered(asked, proposal)]
    return sorted(found, key=lambda one: (-one.share, one.code))[:MOST]


def _proposed(asked: list[frozenset[str]], proposal: Proposal, seen: set[int]) -> Iterator[Like]:
    others: QuerySet[Proposal] = (
        Proposal.objects.filter(institution=proposal.institution_id)
        .exclude(pk=proposal.pk)
        .exclude(state__in=("withdrawn", "rejected"))
        .only("pk", "reference", "code", "name_ms", "name_en", "state", "policy", "process")
    )
    for other in others.iterator():
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


def _offered(asked: list[frozenset[str]], proposal: Proposal) -> Iterator[Like]:
    there = Course.objects.filter(institution=proposal.institution_id)
    if proposal.original_id is not None:
        there = there.exclude(pk=proposal.original_id)
    for pk, code, ms, en in there.values_list("pk", "code", "name_ms", "name_en").iterator():
        share = likeness(asked, (ms, en))
        if share >= ALIKE:
            yield Like(code, in_language(ms, en), reverse("catalogue:course", args=[pk]), share, False, "")


def likeness(asked: Iterable[frozenset[str]], titles: Iterable[str]) -> Fraction:
    """Return the largest share of letter groups that an asked title has in common with another."""
    other = [groups(title) for title in titles if title]
    shares = (Fraction(2 * len(a & b), len(a) + len(b)) for a in asked for b in other if a and b)
    return max(shares, default=Fraction(0))


def groups(title: str) -> frozenset[str]:
    """Return the groups of three letters of a title’s words, without its form and empty words."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    plain = FORMS.sub("", " ".join(plain.split()))
    words = [word for word in re.findall(r"\w+", plain) if word not in EMPTY_WORDS]
    return frozenset(f" {word} "[n : n + 3] for word in words for n in range(len(word)))
