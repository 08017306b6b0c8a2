"""Routes of the demonstration."""

from django.urls import path

from portal.demonstration import views

app_name = "demonstration"

urlpatterns = [
    path("", views.logins_page, name="logins"),
    path("log-in/", views.log_in, name="log_in"),
]
