"""Who may open the pages of applications: the applicant's, then those of staff."""

from tests.portal.applications.applicant_routes import APPLICANT
from tests.portal.applications.oversight_routes import OVERSIGHT_PAGES
from tests.portal.applications.staff_routes import STAFF_PAGES
from tests.portal.routes import Table

ROUTES: Table = {**APPLICANT, **STAFF_PAGES, **OVERSIGHT_PAGES}
