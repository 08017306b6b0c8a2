"""Who may read the letters of an application: the applicant, and staff who see it."""

from typing import Any

from tests.portal import cast
from tests.portal.applications.test_process import draft
from tests.portal.routes import NOT_FOUND, Route

from portal.accounts.roles import Role
from portal.applications.access import OWN_FACULTY, WHOLE_INSTITUTION
from portal.applications.actions.submission import submit
from portal.applications.models import Application, Letter


def application() -> dict[str, Any]:
    """An application that Aminah sent."""
    sent = Application.objects.filter(student__person=cast.appear("aminah").person).first()
    if sent is None:
        sent = draft(cast.appear("aminah"))
        submit(cast.appear("aminah"), sent, version=1)
    return {"pk": sent.pk}


def letter() -> dict[str, Any]:
    return {"pk": Letter.objects.get(application__pk=application()["pk"], kind="acknowledgement").pk}


SEEN = WHOLE_INSTITUTION | OWN_FACULTY | {Role.STUDENT}
ROUTES = {
    "letters:letter": Route(SEEN, NOT_FOUND, NOT_FOUND, letter),
    "letters:of": Route(SEEN, NOT_FOUND, NOT_FOUND, application),
}
