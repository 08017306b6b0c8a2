"""Routes of course proposals."""

from django.urls import URLPattern

app_name = "proposals"

urlpatterns: list[URLPattern] = []
