"""Routes of imports."""

from django.urls import path

from portal.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.imports, name="list"),
    path("template/<slug:kind>.xlsx", views.template_file, name="template"),
    path("<int:pk>/", views.import_page, name="import"),
    path("<int:pk>/save/", views.import_save, name="save"),
    path("<int:pk>/leave/", views.import_leave, name="leave"),
    path("<int:pk>/mistakes.<slug:form>", views.import_mistakes, name="mistakes"),
]
