"""The routes of the development mailbox."""

from django.urls import path

from portal.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.box, name="box"),
    path("<slug:name>/", views.letter, name="letter"),
    path("<slug:name>/html/", views.html, name="html"),
    path("<slug:name>/parts/<int:number>/", views.part, name="part"),
]
