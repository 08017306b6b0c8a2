"""The routes of letters."""

from django.urls import path

from portal.applications.letters import views

app_name = "letters"
urlpatterns = [
    path("<int:pk>.pdf", views.letter, name="letter"),
    path("of/<int:pk>/", views.letters, name="of"),
]
