"""Routes of writing a proposal: the list, the form, its versions, comments, files and paper."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
