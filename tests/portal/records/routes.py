"""Who may read the register."""

from tests.portal.routes import Route

from portal.accounts.roles import Role

READERS = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
ROUTES = {"records:list": Route(READERS), "records:check": Route(READERS, post=dict)}
