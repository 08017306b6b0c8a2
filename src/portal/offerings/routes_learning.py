"""Routes of learning: enrolled in, learnt from, marked, confirmed and left."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
