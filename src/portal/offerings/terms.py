"""What a policy states about offerings, with its clauses: platforms, least class, weeks of notice."""

from dataclasses import dataclass

from django.utils import timezone

from portal.institutions.models import Institution
from portal.offerings.models import Platform
from portal.packs import packs
from portal.processes.declared import NATIONAL
from tauliah.policy.answer import values_on
from tauliah.policy.in_force import ValuesInForce


@dataclass(frozen=True, slots=True)
class Known:
    """A platform that needs no further agreement; ``learners`` says for whom the policy names it."""

    name: str
    url: str
    learners: str = ""
    clauses: tuple[str, ...] = ()
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A number that a policy states, and the clauses where it does; none where it is only usual."""

    number: int
    clauses: tuple[str, ...] = ()


def term(policy: str, name: str) -> Term | None:
    """Return a number that a policy states today, or the national one; nothing where there is neither."""
    for stated in (policy, NATIONAL):
        values = values_of(stated)
        if values is not None and values.has(name):
            return Term(int(values.number(name)), tuple(values.clauses))
    return None


def clauses_of_utm(policy: str, *clauses: str) -> tuple[str, ...]:
    """Return clauses of UTM where its policy holds; elsewhere the same is asked without citing anybody."""
    return clauses if policy == "utm" else ()


def values_of(policy: str) -> ValuesInForce | None:
    """Return what a policy states today; nothing where its pack is not installed."""
    pack = packs().get(policy)
    return values_on(pack, timezone.localdate()) if pack else None


def weeks(policy: str, name: str) -> int:
    """Return a number of weeks that a policy or the national one states; raises ``KeyError`` for others."""
    found = term(policy, name)
    if found is None:
        raise KeyError(name)
    return found.number


def platforms_of(institution: Institution) -> list[Known]:
    """Return the platforms named by the institution's policy, then those that the Senate agreed to."""
    own = Platform.objects.filter(institution=institution, active=True).exclude(agreement="")
    named = stated_platforms(institution.policy)
    taken = {each.name.casefold() for each in named}
    return named + [
        Known(each.name, each.url, agreement=each.agreement)
        for each in own
        if each.name.casefold() not in taken
    ]


def stated_platforms(policy: str) -> list[Known]:
    """Return the platforms that a policy itself names."""
    values = values_of(policy)
    if values is None or not values.has("offering_platforms"):
        return []
    found = []
    for row in values.rows("offering_platforms"):
        name, _space, url = str(row.value).partition(" ")
        found.append(Known(name, url, str(row.when["learners"][0]), tuple(row.clauses)))
    return found


def known_platform(institution: Institution, name: str) -> Known | None:
    """Return a platform of the institution's list by its name, however it is written."""
    wanted = name.strip().casefold()
    return next((each for each in platforms_of(institution) if each.name.casefold() == wanted), None)
