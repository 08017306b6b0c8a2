"""Routes of offerings: setting them up, and what learners and teachers do in them."""

from portal.offerings import routes_setup

app_name = "offerings"

urlpatterns = [*routes_setup.urlpatterns]
