"""Routes of reviewing, developing and registering a proposal."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
