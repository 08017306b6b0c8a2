"""Routes of the pathway pages."""

from portal.cases.pages import routes
from portal.pathways.qualification import QUALIFICATION_TOOL

app_name = "pathways"

urlpatterns = routes(QUALIFICATION_TOOL, "qualification")
