"""Routes of the pages about LMSs and tools."""

from django.urls import path

from portal.lti.views import arriving, course, offering, registering

app_name = "lti"

urlpatterns = [
    path("", registering.overview, name="overview"),
    path("lms/new/", registering.lms, name="lms-new"),
    path("lms/<int:pk>/", registering.lms, name="lms-edit"),
    path("lms/<int:pk>/accounts/", registering.accounts, name="accounts"),
    path("accounts/<int:pk>/end/", registering.account_end, name="account-end"),
    path("lms/<int:pk>/switch/", registering.lms_switch, name="lms-switch"),
    path("tools/new/", registering.tool, name="tool-new"),
    path("tools/<int:pk>/", registering.tool, name="tool-edit"),
    path("tools/<int:pk>/switch/", registering.tool_switch, name="tool-switch"),
    path("arrive/<slug:secret>/", arriving.arrive, name="arrive"),
    path("offerings/<int:pk>/", offering.offering, name="learning-platforms"),
    path("offerings/<int:pk>/place/", offering.place, name="place"),
    path("placements/<int:pk>/open/", offering.open_placement, name="open"),
    path("placements/<int:pk>/end/", offering.placement_end, name="placement-end"),
    path("items/<int:pk>/", offering.assign, name="assign"),
    path("courses/<int:pk>/", course.course, name="course"),
    path("courses/<int:pk>/column/", course.column, name="column"),
    path("courses/<int:pk>/roster/", course.read_roster, name="read-roster"),
    path("courses/<int:pk>/end/", course.unbind, name="unbind"),
    path("columns/<int:pk>/results/", course.read_results, name="read-results"),
    path("lists/<int:pk>/", course.pull, name="pull"),
    path("lists/<int:pk>/take/", course.take, name="take"),
]
