"""Routes of offerings: setting them up, and what learners and teachers do in them."""

from portal.offerings import routes_learning, routes_setup

app_name = "offerings"

urlpatterns = [*routes_setup.urlpatterns, *routes_learning.urlpatterns]
