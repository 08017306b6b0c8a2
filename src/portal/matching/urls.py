"""Routes of comparisons, judgements and precedents."""

from django.urls import path

from portal.matching.views import comparisons, judging, precedents

app_name = "matching"

urlpatterns = [
    path("", comparisons.listed, name="list"),
    path("<int:pk>/", comparisons.comparison, name="comparison"),
    path("<int:pk>/ask/", comparisons.ask, name="ask"),
    path("<int:pk>/reconcile/", comparisons.reconciling, name="reconcile"),
    path("<int:pk>/keep/", comparisons.keep, name="keep"),
    path("<int:pk>/syllabus/", judging.syllabus, name="syllabus"),
    path("judgements/<int:pk>/", judging.judging, name="judge"),
    path("judgements/<int:pk>/share/", judging.share, name="share"),
    path("precedents/", precedents.precedents, name="precedents"),
    path("precedents/<int:pk>/retire/", precedents.retire, name="retire"),
]
