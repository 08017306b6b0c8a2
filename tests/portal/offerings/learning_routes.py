"""Who may open the pages of learners, marks and results; Azlina teaches at UTHM, Kumar is the centre."""

from typing import Any

from tests.portal import cast
from tests.portal.offerings import stories
from tests.portal.routes import EVERYBODY, FORBIDDEN, NOT_FOUND, PEOPLE, Route, Table

from portal.accounts.roles import Role
from portal.offerings.actions.enrolling import enrol
from portal.offerings.actions.leaving import ask_to_leave
from portal.offerings.actions.recommending import keep_follow_on
from portal.offerings.actions.results import open_sheet
from portal.offerings.actions.surveying import invite
from portal.offerings.models import Enrolment, ListUpload, Material, Offering

READERS = frozenset(Role) - {
    Role.STUDENT, Role.EXTERNAL_LEARNER, Role.BURSAR, Role.ADMINISTRATOR,
}  # fmt: skip
TEACHING = READERS - {Role.AUDITOR, Role.COMMITTEE_SECRETARY, Role.QUALITY_UNIT, Role.FACULTY_OFFICE}
SEES_ALL = {
    Role.LECTURER, Role.ELEARNING_CENTRE, Role.CENTRE_DIRECTOR, Role.AUDITOR, Role.QUALITY_UNIT,
    Role.COMMITTEE_SECRETARY, Role.DEAN, Role.DEPUTY_DEAN, Role.DEPUTY_DEAN_INDUSTRY,
    Role.PROGRAMME_COORDINATOR, Role.FACULTY_OFFICE,
}  # fmt: skip
"""Those of UTHM whose institution, faculty or class it is; an assessor and an expert do not teach it."""
HIDDEN = dict.fromkeys(READERS - SEES_ALL, NOT_FOUND) | dict.fromkeys(set(Role) - READERS, FORBIDDEN)
LECTURER, CENTRE = frozenset({Role.LECTURER}), frozenset({Role.ELEARNING_CENTRE, Role.CENTRE_DIRECTOR})
OWN = frozenset({Role.STUDENT})


def only(allowed: frozenset[Any], gate: frozenset[Any]) -> dict[Any, int]:
    """What the others get behind a gate of roles: outside of it they are told, inside some find nothing."""
    unseen = gate - SEES_ALL - allowed
    return {role: NOT_FOUND if role in unseen else FORBIDDEN for role in set(Role) - allowed}


def place() -> dict[str, Any]:
    return {"pk": there().pk}


def there() -> Offering:
    """Aminah and another learner take part in an offering at UTHM."""
    found = Offering.objects.filter(institution__code="UTHM", state="running").first()
    if found is None:
        found = stories.running_offering("UTHM")
        stories.joined(found, cast.appear("aminah").person)
    return found


def own(**more: Any) -> dict[str, Any]:
    return {"pk": there().enrolments.get(person=cast.appear("aminah").person).pk, **more}


def own_material() -> dict[str, Any]:
    return own(number=material().pk)


def material() -> Material:
    found = Material.objects.filter(proposal=there().proposal).first()
    assert found
    return found


def of_material() -> dict[str, Any]:
    return {"pk": there().pk, "number": material().pk}


def a_file() -> dict[str, Any]:
    from django.core.files.base import ContentFile

    found = Material(
        proposal=there().proposal, unit=1, position=9, kind="file", title="Nota", own_work=True,
        media_type="application/pdf", added_by=cast.appear("azlina").person,
    )  # fmt: skip
    found.file.save("nota.pdf", ContentFile(b"%PDF-1.7"))
    return {"number": found.pk}


def survey() -> dict[str, Any]:
    from django.utils import timezone

    invite(there(), timezone.localdate())
    found = there().surveys.first()
    assert found
    return own(number=found.pk)


def learner() -> dict[str, Any]:
    return own()


def asked() -> dict[str, Any]:
    enrolment = Enrolment.objects.get(pk=own()["pk"])
    found = enrolment.leave_requests.first() or ask_to_leave(
        cast.appear("aminah"), enrolment, "withdraw", "Bertukar kerja."
    )
    return {"pk": found.pk}


def deferred() -> dict[str, Any]:
    offering = there()
    return {"pk": stories.joined(offering, stories.learner(7), state="deferred").pk}


def waiting() -> dict[str, Any]:
    offering = stories.offering("UTHM", stories.registered("UTHM"), most_learners=0)
    return {"pk": enrol(cast.appear("aminah").person, offering).pk}


def upload() -> dict[str, Any]:
    found, _new = ListUpload.objects.get_or_create(
        offering=there(), acting=cast.appear("azlina"), kind="learners", name="kelas.xlsx", state="ready",
        defaults={"sha256": "0" * 64, "rows": "[]"},
    )  # fmt: skip
    return {"pk": found.pk}


def sheet() -> dict[str, Any]:
    return {"pk": open_sheet(cast.appear("azlina"), there()).pk}


def follow_on() -> dict[str, Any]:
    other = stories.registered("UTHM")
    found = keep_follow_on(cast.appear("azlina"), there(), other, "advanced")
    return {"pk": there().pk, "number": found.pk}


def kind(name: str) -> Any:
    return lambda: place() | {"kind": name}


def a_class(opens_to: frozenset[Any] = frozenset(SEES_ALL), **more: Any) -> Route:
    """A page of the class for those who may see it."""
    return Route(opens_to, HIDDEN, NOT_FOUND, **({"place": place} | more))


def none() -> dict[str, Any]:
    return {}


LEARNING: Table = {
    "offerings:mine": Route(PEOPLE),
    "offerings:learn": Route(OWN, NOT_FOUND, place=own),
    "offerings:leave": Route(OWN, NOT_FOUND, place=own),
    "offerings:give-up": Route(OWN, NOT_FOUND, place=waiting, post=none),
    "offerings:certificate": Route(OWN, NOT_FOUND, place=own, post=none),
    "offerings:survey": Route(OWN, NOT_FOUND, place=survey),
    "offerings:material": Route(OWN, NOT_FOUND, place=own_material),
    "offerings:material-done": Route(OWN, NOT_FOUND, place=own_material, post=none),
    "offerings:material-file": Route(OWN | LECTURER | CENTRE, NOT_FOUND, place=a_file),
    "offerings:enrol": Route(EVERYBODY, place=place),
    "offerings:report": Route(PEOPLE, place=place),
    "offerings:learner": a_class(place=learner),
    "offerings:marks-of": Route(LECTURER, only(LECTURER, TEACHING), place=learner),
    "offerings:come-back": Route(CENTRE, FORBIDDEN, place=deferred, post=none),
    "offerings:leave-answer": Route(CENTRE, FORBIDDEN, place=asked, post=none),
    "offerings:upload": Route(
        LECTURER,
        {role: NOT_FOUND if role in TEACHING else FORBIDDEN for role in Role},
        place=upload,
    ),
    "offerings:upload-save": Route(
        LECTURER,
        {role: NOT_FOUND if role in TEACHING else FORBIDDEN for role in Role},
        place=upload,
        post=none,
    ),
    "offerings:upload-new": Route(LECTURER | CENTRE, only(LECTURER | CENTRE, TEACHING), place=kind("learners")),
    "offerings:upload-template": Route(LECTURER, only(LECTURER, TEACHING), place=kind("marks")),
    "offerings:sheets": Route(READERS, FORBIDDEN),
    "offerings:sheet": a_class(place=sheet),
    "offerings:sheet-issue": Route(CENTRE, only(CENTRE, READERS), place=sheet, post=none),
    "offerings:sheet-step": Route(
        LECTURER, only(LECTURER, READERS), place=lambda: sheet() | {"name": "submit"}, post=none
    ),
    "offerings:learners": a_class(),
    "offerings:message": Route(LECTURER | CENTRE, only(LECTURER | CENTRE, TEACHING), place=place),
    "offerings:report-transfers": Route(LECTURER, only(LECTURER, TEACHING), place=place, post=none),
    "offerings:leaves": a_class(),
    "offerings:materials": a_class(),
    "offerings:material-new": Route(LECTURER, only(LECTURER, TEACHING), place=place),
    "offerings:material-look": a_class(place=of_material),
    "offerings:material-edit": Route(LECTURER, only(LECTURER, TEACHING), place=of_material),
    "offerings:material-move": Route(LECTURER, only(LECTURER, TEACHING), place=of_material, post=none),
    "offerings:material-remove": Route(LECTURER, only(LECTURER, TEACHING), place=of_material),
    "offerings:marks": a_class(),
    "offerings:results": a_class(),
    "offerings:results-begin": Route(LECTURER, only(LECTURER, TEACHING), place=place, post=none),
    "offerings:certificates": Route(CENTRE, only(CENTRE, READERS), place=place, post=none),
    "offerings:experience": a_class(),
    "offerings:follow-ons": a_class(),
    "offerings:follow-on-remove": Route(
        LECTURER | CENTRE, only(LECTURER | CENTRE, TEACHING), place=follow_on, post=none
    ),
    "offerings:sharing": a_class(),
}  # fmt: skip
