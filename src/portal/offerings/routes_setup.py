"""Routes by which an offering is set up, staffed, announced and closed."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
