"""Names and roles (NRPS 2.0): who takes part in an offering, as a tool of that offering may know."""

from collections.abc import Iterable, Mapping

from portal.accounts.models import Person
from portal.lti import claims as lti
from portal.lti import offered
from portal.lti.addresses import of
from portal.lti.granting import ServiceError
from portal.lti.models import Placement, Tool, ToolUser
from portal.lti.opening import names_of
from portal.offerings.models import Offering

PER_PAGE = 200


def offering_of(tool: Tool, pk: int) -> Offering:
    """Return an offering in which a tool stands; raises ``ServiceError`` for any other."""
    placed = Placement.objects.filter(tool=tool, offering_id=pk, ended_at=None)
    found = placed.select_related("offering").first()
    if found is None:
        raise ServiceError(404, "not_found", "The tool has no place in such an offering.")
    return found.offering


def whole_number(given: Mapping[str, str], name: str, otherwise: int) -> int:
    """Return a number of a query, at least 1; raises ``ServiceError``."""
    words = given.get(name, str(otherwise))
    if not words.isdecimal() or not 1 <= int(words[:9]) < 10**9:
        raise ServiceError(400, "invalid_request", f"{name} must be a whole number from 1.")
    return int(words[:9])


def members(tool: Tool, offering: Offering, given: Mapping[str, str]) -> tuple[lti.Claims, str]:
    """Return a page of the members, and the address of the next one, if any; raises ``ServiceError``."""
    link = given.get("rlid", "")
    if link and not Placement.objects.filter(tool=tool, offering=offering, code=link).exists():
        raise ServiceError(403, "access_denied", "This resource link is not one of the tool's.")
    everybody = list(_with_roles(offering, given.get("role", "")))
    limit = min(whole_number(given, "limit", PER_PAGE), PER_PAGE)
    page = whole_number(given, "page", 1)
    shown = everybody[(page - 1) * limit : page * limit]
    known = _names(tool, [person for person, _role in shown])
    address = of(tool.institution, "members", offering.pk)
    told = {
        "id": address,
        "context": {
            "id": offered.context_id(offering),
            "label": offered.label_of(offering),
            "title": offered.title_of(offering),
        },
        "members": [
            {"user_id": known[person.pk], "roles": [role], "status": "Active", **names_of(tool, person)}
            for person, role in shown
        ],
    }
    more = page * limit < len(everybody)
    kept = "".join(f"&{name}={given[name]}" for name in ("role", "rlid") if given.get(name))
    return told, f"{address}?limit={limit}&page={page + 1}{kept}" if more else ""


def _with_roles(offering: Offering, role: str) -> Iterable[tuple[Person, str]]:
    wanted = lti.plain_role(role)
    if wanted in {"", "Instructor"}:
        yield from ((person, lti.INSTRUCTOR) for person in offered.teachers_of(offering))
    if wanted in {"", "Learner"}:
        yield from ((person, lti.LEARNER) for person in offered.learners_of(offering))


def _names(tool: Tool, people: list[Person]) -> dict[int, str]:
    """Return the tool's name of each person, those that it hears of for the first time too."""
    known = dict(ToolUser.objects.filter(tool=tool, person__in=people).values_list("person_id", "subject"))
    new = [ToolUser(tool=tool, person=person) for person in people if person.pk not in known]
    ToolUser.objects.bulk_create(new, ignore_conflicts=True)
    return dict(ToolUser.objects.filter(tool=tool, person__in=people).values_list("person_id", "subject"))
