"""The policies are everybody's to read."""

from tests.portal.routes import EVERYBODY, Route

PAGE = Route(EVERYBODY)
ROUTES = {
    "policies:list": PAGE,
    "policies:index": PAGE,
    "policies:compare": PAGE,
    "policies:compare-json": PAGE,
    "policies:compare-csv": PAGE,
    "policies:preview": PAGE,
    "policies:pack": Route(EVERYBODY, place=lambda: {"pack": "uthm"}),
    "policies:clause": Route(EVERYBODY, place=lambda: {"pack": "uthm", "clause": "5(a)"}),
    "policies:parameter": Route(EVERYBODY, place=lambda: {"pack": "uthm", "name": "minimum_grade"}),
}
