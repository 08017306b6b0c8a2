"""Routes of what everybody may see of an institution."""

from django.urls import path

from portal.institutions import views

app_name = "institutions"

urlpatterns = [path("<slug:code>/crest/", views.crest, name="crest")]
