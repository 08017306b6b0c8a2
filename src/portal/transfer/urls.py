"""Routes of the eligibility check."""

from django.urls import path

from portal.transfer import views

app_name = "transfer"

urlpatterns = [
    path("check/", views.check, name="check"),
]
