"""Routes of the register."""

from django.urls import path

from portal.records import views

app_name = "records"

urlpatterns = [
    path("", views.register, name="list"),
    path("check/", views.check, name="check"),
]
