"""The routes of notices."""

from django.urls import path

from portal.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.listed, name="list"),
    path("read/", views.all_read, name="all_read"),
    path("<int:pk>/open/", views.opened, name="open"),
    path("emails/", views.emails, name="emails"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/", views.email, name="email"),
]
