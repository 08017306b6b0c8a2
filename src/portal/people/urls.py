"""Routes of one's own pages."""

from django.urls import path

from portal.people import invitation, views

app_name = "people"

urlpatterns = [
    path("", views.arrival, name="arrival"),
    path("act/", views.act, name="act"),
    path("profile/", views.profile, name="profile"),
    path("delegations/", views.delegations, name="delegations"),
    path("delegations/<int:pk>/end/", views.delegation_end, name="delegation-end"),
    path("second-factor/", views.second_factor_page, name="second-factor"),
    path("erasure/", views.erasure, name="erasure"),
    path("invitation/<str:token>/", invitation.accept, name="invitation"),
]
