"""Who may open which page of offerings."""

from tests.portal.offerings.learning_routes import LEARNING
from tests.portal.offerings.setup_routes import SETUP
from tests.portal.routes import Table

ROUTES: Table = {**SETUP, **LEARNING}
