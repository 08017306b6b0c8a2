"""Routes of the policy pages; a clause's identifier may hold any sign, also a slash."""

from django.urls import path

from portal.policies import views

app_name = "policies"

urlpatterns = [
    path("", views.packs_list, name="list"),
    path("", views.packs_list, name="index"),
    path("compare/", views.compare_page, name="compare"),
    path("compare/differences.json", views.compare_download, {"form": "json"}, name="compare-json"),
    path("compare/differences.csv", views.compare_download, {"form": "csv"}, name="compare-csv"),
    path("preview/", views.preview_page, name="preview"),
    path("<slug:pack>/", views.pack_page, name="pack"),
    path("<slug:pack>/clauses/<path:clause>/", views.clause_page, name="clause"),
    path("<slug:pack>/parameters/<slug:name>/", views.parameter_page, name="parameter"),
]
