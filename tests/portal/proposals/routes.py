"""Who may open the pages of course proposals: those of writing, and those of what follows."""

from tests.portal.proposals import draft_routes, review_routes
from tests.portal.routes import Table

ROUTES: Table = {**draft_routes.ROUTES, **review_routes.ROUTES}
