"""Who may open the desk: everybody who is logged in."""

from tests.portal.routes import PEOPLE, Route

ROUTES = {"desk:desk": Route(PEOPLE)}
