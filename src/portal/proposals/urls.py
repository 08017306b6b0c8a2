"""Routes of course proposals: writing them, and what follows."""

from portal.proposals import routes_draft, routes_review

app_name = "proposals"

urlpatterns = [*routes_draft.urlpatterns, *routes_review.urlpatterns]
