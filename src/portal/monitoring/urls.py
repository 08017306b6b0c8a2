"""Routes of what is monitored."""

from django.urls import path

from portal.monitoring import routes_income
from portal.monitoring.views import courses, loads, partners, reports

app_name = "monitoring"

urlpatterns = [
    path("", reports.offerings, name="offerings"),
    path("offerings/<int:pk>/", reports.offering, name="offering"),
    path("offerings/<int:pk>/log/", reports.log, name="log"),
    path("offerings/<int:pk>/load/", reports.load, name="load"),
    *routes_income.urlpatterns,
    path("loads/", loads.loads, name="loads"),
    path("upkeep/", courses.upkeep, name="upkeep"),
    path("courses/<int:pk>/", courses.course, name="course"),
    path("courses/<int:pk>/maintenance/", courses.maintain, name="maintain"),
    path("courses/<int:pk>/letter/", courses.write_letter, name="write_letter"),
    path("courses/<int:pk>/review/", courses.review, name="review"),
    path("courses/<int:pk>/reviews/<int:number>/action/", courses.add_action, name="add_action"),
    path("actions/<int:pk>/done/", courses.finish_action, name="finish_action"),
    path("letters/<int:pk>/", courses.letter, name="letter"),
    path("partners/", partners.partners, name="partners"),
    path("partners/<int:pk>/visit/", partners.visit, name="visit"),
    path("partners/<int:pk>/cohort/", partners.cohort, name="keep_cohort"),
]
