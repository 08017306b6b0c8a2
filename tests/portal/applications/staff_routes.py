"""Who may open the pages of staff: each role its own, other faculties and universities find nothing."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests.portal import cast
from tests.portal.applications.stories import recommended, settle_mapping, submitted
from tests.portal.routes import FORBIDDEN, NOT_FOUND, Route, Table

from portal.accounts.roles import Role
from portal.applications.access import OWN_FACULTY, STAFF, WHOLE_INSTITUTION
from portal.applications.actions.bulk import STAGE_OF
from portal.applications.actions.evidence import accept_documents
from portal.applications.actions.naming import KEEPERS, NAMERS
from portal.applications.models import Application, OnsiteAssessment

SEES_ALL = frozenset(WHOLE_INSTITUTION | OWN_FACULTY)
UNSEEN = dict.fromkeys(Role, FORBIDDEN) | dict.fromkeys(STAFF - SEES_ALL, NOT_FOUND)
"""Who has no such work is told that a page is not theirs; experts without a task find nothing."""


def checked() -> dict[str, Any]:
    """An application that waits for its documents to be checked."""
    return {"pk": submitted(cast.appear("aminah")).pk}


def waiting() -> Application:
    """An application that waits for the coordinator's recommendation."""
    aminah, bakar = cast.appear("aminah"), cast.appear("bakar")
    application = submitted(aminah, claims=1)
    settle_mapping(application)
    accept_documents(bakar, application, version=application.version)
    return Application.objects.get(pk=application.pk)


def claim() -> dict[str, Any]:
    """A claim that waits for the coordinator's recommendation."""
    return {"number": waiting().claims.get().pk}


def assessment() -> dict[str, Any]:
    """An assessment that was arranged before Jamilah."""
    held = OnsiteAssessment.objects.create(
        claim=waiting().claims.get(),
        kinds=["oral"],
        at=timezone.now() + timedelta(days=1),
        place="Makmal 2",
        assessor=cast.appear("jamilah"),
    )
    return {"number": held.pk}


def to_decide() -> dict[str, Any]:
    """An application that waits for the dean."""
    return {"pk": recommended(cast.appear("aminah"), cast.appear("bakar")).pk, "stage": "decision"}


def refused() -> dict[str, Any]:
    """An application whose refusal waits for a second pair of eyes."""
    application = recommended(cast.appear("aminah"), cast.appear("bakar"))
    Application.objects.filter(pk=application.pk).update(state="second_look")
    return {"pk": application.pk}


def old() -> dict[str, Any]:
    """A form of a version that nobody has seen: whoever may is told so, with nothing changed."""
    return {"version": "0"}


def verdict() -> dict[str, Any]:
    """A verdict on the one claim, on a form of an old version."""
    claims = Application.objects.get(state="decision").claims.all()
    return {"version": "0"} | {f"outcome-{claim.pk}": "confirm" for claim in claims}


CHECKERS = frozenset({Role.PROGRAMME_COORDINATOR, Role.FACULTY_OFFICE})
DEANS = frozenset({Role.DEPUTY_DEAN, Role.DEAN})
SEEN = dict.fromkeys(SEES_ALL, 403) | UNSEEN
"""Those who see the application but whose part it is not are told."""

STAFF_PAGES: Table = {
    "applications:queue": Route(frozenset(STAFF)),
    "applications:deciding": Route(frozenset(Role(role) for role in STAGE_OF)),
    "applications:agreements": Route(frozenset(KEEPERS)),
    "applications:conditions": Route(frozenset(OWN_FACULTY)),
    "applications:file": Route(SEES_ALL, UNSEEN, NOT_FOUND, checked),
    "applications:arrange": Route(SEES_ALL, UNSEEN, NOT_FOUND, claim),
    "applications:outcomes": Route(SEES_ALL, UNSEEN, NOT_FOUND, claim),
    "applications:assessment": Route(SEES_ALL | {Role.ASSESSOR}, UNSEEN, NOT_FOUND, assessment),
    "applications:hand": Route(frozenset(STAFF), post=dict),
    "applications:checking": Route(CHECKERS, SEEN, NOT_FOUND, checked, old),
    "applications:asking": Route(CHECKERS, SEEN, NOT_FOUND, checked, old),
    "applications:decide": Route(DEANS, SEEN, NOT_FOUND, to_decide, verdict),
    "applications:looking": Route(DEANS, SEEN, NOT_FOUND, refused, old),
    "applications:cancel_assessment": Route(
        CHECKERS, SEEN | {Role.ASSESSOR: 403}, NOT_FOUND, assessment, old
    ),
    "applications:replace": Route(frozenset(NAMERS), SEEN, NOT_FOUND, claim, old),
    "applications:tie": Route(frozenset(NAMERS), SEEN, NOT_FOUND, claim, old),
}
"""Pages, and what is posted from them; the actions' own tests say what each role may do on them."""
