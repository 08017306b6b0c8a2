"""Routes of stacking."""

from django.urls import URLPattern

app_name = "stacking"

urlpatterns: list[URLPattern] = []
