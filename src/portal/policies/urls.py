"""Routes of the policy pages; a clause's identifier may hold any sign, also a slash."""

from django.urls import path

from portal.policies import views

app_name = "policies"

urlpatterns = [
    path("", views.packs_list, name="list"),
    path("", views.packs_list, name="index"),
    path("<slug:pack>/", views.pack_page, name="pack"),
    path("<slug:pack>/clauses/<path:clause>/", views.clause_page, name="clause"),
    path("<slug:pack>/parameters/<slug:name>/", views.parameter_page, name="parameter"),
]
