"""Routes of the course pages."""

from portal.cases.pages import routes
from portal.courses.course_code import COURSE_CODE_TOOL
from portal.courses.learning_time import LEARNING_TIME_TOOL
from portal.courses.milestones import MILESTONES_TOOL

app_name = "courses"

urlpatterns = [
    *routes(LEARNING_TIME_TOOL, "learning-time"),
    *routes(COURSE_CODE_TOOL, "code"),
    *routes(MILESTONES_TOOL, "milestones"),
]
