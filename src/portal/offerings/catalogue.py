"""The public catalogue: which courses there are, searched by words and narrowed down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.institutions.models import Institution
from portal.offerings.models import Offering
from portal.offerings.overview import CURRENT
from portal.proposals.choices import THRUSTS
from portal.proposals.models import Kind, Proposal
from portal.wording import in_language
from tauliah.credentials.achievement import LANGUAGES
from tauliah.values.vocabulary import VOCABULARY

LONGEST = 100
SOON = timedelta(days=45)
FEES = (("free", _("Free")), ("paid", _("Paid")))
STARTS = (("soon", _("Starting soon")), ("open", _("Open for enrolment")))
Words = list[tuple[str, str | Promise]]


def courses() -> QuerySet[Proposal]:
    """Return the courses of the catalogue: registered ones of institutions in use."""
    return Proposal.objects.filter(state="registered", institution__active=True).select_related(
        "institution", "faculty", "achievement"
    )


def current(day: date) -> QuerySet[Offering]:
    """Return the offerings that are announced or running on a day."""
    return Offering.objects.filter(state__in=CURRENT).exclude(ends_on__lt=day)


def enrollable(day: date) -> Q:
    """Return the condition on offerings into which people can enrol on a day."""
    return (
        Q(state__in=CURRENT)
        & (Q(enrols_from__isnull=True) | Q(enrols_from__lte=day))
        & (Q(enrols_until__isnull=True) | Q(enrols_until__gte=day))
        & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; an empty word narrows nothing down."""

    q: str = ""
    institution: str = ""
    kind: str = ""
    field: str = ""
    level: str = ""
    delivery: str = ""
    mode: str = ""
    fee: str = ""
    language: str = ""
    starts: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Wanted":
        """Read what stands in an address; what is unknown or overlong is cut or left aside."""
        words = {name: str(given.get(name, "")).strip()[:LONGEST] for name in cls.__slots__}
        return cls(**words)

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for."""
        return any(getattr(self, name) for name in self.__slots__)


def found(wanted: Wanted, day: date | None = None) -> QuerySet[Proposal]:
    """Return the courses that are looked for: first those open for enrolment, by their next start."""
    day = day or timezone.localdate()
    rows = courses()
    for word in wanted.q.split()[:8]:
        rows = rows.filter(having(word))
    for name, narrow in NARROWED.items():
        if value := getattr(wanted, name):
            rows = rows.filter(narrow(value, day))
    now = Q(offerings__state__in=CURRENT) & (
        Q(offerings__ends_on__isnull=True) | Q(offerings__ends_on__gte=day)
    )
    is_open = Exists(Offering.objects.filter(enrollable(day), proposal=OuterRef("pk")))
    return rows.annotate(
        next_start=Min("offerings__starts_on", filter=now),
        rank=Case(When(is_open, then=Value(0)), default=Value(1)),
    ).order_by("rank", F("next_start").asc(nulls_last=True), "name_ms", "pk")


def having(word: str) -> Q:
    """Return the condition on courses in which a word stands."""
    places = (
        "code", "name_ms", "name_en", "content__synopsis_ms", "content__synopsis_en", "content__skills",
        "achievement__field", "institution__name_ms", "institution__name_en", "institution__code",
        "faculty__name_ms", "faculty__name_en",
    )  # fmt: skip
    condition = Q()
    for place in places:
        condition |= Q(**{f"{place}__icontains": word})
    return condition


def with_offering(condition: Q, day: date) -> Exists:
    """Return the condition on courses that have a current offering of a kind."""
    return Exists(current(day).filter(condition, proposal=OuterRef("pk")))


def of_field(value: str, _day: date) -> Q:
    """Whether a course is of a field of study."""
    return Q(achievement__field=value) | Q(content__field_name=value) | Q(content__field=value)


def of_fee(value: str, day: date) -> Any:
    """Whether taking part in a current offering is free, or costs something."""
    if value == "free":
        return with_offering(Q(fee=0), day)
    return with_offering(Q(fee__gt=0), day) if value == "paid" else Q(pk=None)


def of_language(value: str, _day: date) -> Q:
    """Whether a language is among those of instruction; the quotes keep one code out of another."""
    if value not in LANGUAGES:
        return Q(pk=None)
    return Q(content__languages__icontains=f'"{value}"') | Q(achievement__instruction__icontains=f'"{value}"')


def of_start(value: str, day: date) -> Any:
    """Whether a course starts soon, or is open for enrolment."""
    if value == "soon":
        return with_offering(Q(starts_on__gte=day, starts_on__lte=day + SOON), day)
    return with_offering(enrollable(day), day) if value == "open" else Q(pk=None)


NARROWED: dict[str, Callable[[str, date], Any]] = {
    "institution": lambda value, _day: Q(institution__code__iexact=value),
    "kind": lambda value, _day: Q(kind=value),
    "field": of_field,
    "level": lambda value, _day: Q(content__level=value),
    "delivery": lambda value, _day: Q(content__delivery=value),
    "mode": lambda value, day: with_offering(Q(mode=value), day),
    "fee": of_fee,
    "language": of_language,
    "starts": of_start,
}
"""How each word narrows the catalogue down."""


def choices() -> dict[str, tuple[str | Promise, Words]]:
    """Return what the catalogue can be narrowed down by: label and values, only those that there are."""
    rows = courses()
    institutions = Institution.objects.filter(pk__in=rows.values("institution")).order_by("code")
    kinds = set(rows.order_by().values_list("kind", flat=True).distinct())
    levels = set(rows.order_by().values_list("content__level", flat=True).distinct())
    ways = set(rows.order_by().values_list("content__delivery", flat=True).distinct())
    modes = set(current(timezone.localdate()).order_by().values_list("mode", flat=True).distinct())
    return {
        "institution": (_("Institution"), [(each.code, each.name) for each in institutions]),
        "kind": (_("Kind"), [(key, label) for key, label in Kind.choices if key in kinds]),
        "field": (_("Field"), fields_of(rows)),
        "level": (_("Level"), of_words("level", levels)),
        "delivery": (_("Delivery"), of_words("delivery", ways)),
        "mode": (_("Mode"), [(key, label) for key, label in Offering.Mode.choices if key in modes]),
        "fee": (_("Fee"), list(FEES)),
        "language": (_("Language"), [(code, in_language(words)) for code, words in LANGUAGES.items()]),
        "starts": (_("When"), list(STARTS)),
    }


def of_words(vocabulary: str, keys: set[Any]) -> Words:
    """Return the words of a vocabulary that stand in some course."""
    return [(key, in_language(words)) for key, words in VOCABULARY[vocabulary].items() if key in keys]


def fields_of(rows: QuerySet[Proposal]) -> Words:
    """Return the fields of study that courses name."""
    thrusts = dict(THRUSTS)
    named: dict[str, str | Promise] = {}
    for column in ("achievement__field", "content__field_name", "content__field"):
        for value in rows.order_by().values_list(column, flat=True).distinct():
            if isinstance(value, str) and value and value != "other":
                named.setdefault(value, thrusts.get(value, value))
    return sorted(named.items(), key=lambda pair: str(pair[1]).casefold())
