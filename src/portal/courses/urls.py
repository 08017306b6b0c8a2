"""Routes of the course pages."""

from portal.cases.pages import routes
from portal.courses.tools import FOLDERS

app_name = "courses"

urlpatterns = [route for folder, tool in FOLDERS.items() for route in routes(tool, folder)]
