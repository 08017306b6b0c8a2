"""Routes of the eligibility check."""

from django.urls import path

from portal.transfer import downloads, views

app_name = "transfer"

urlpatterns = [
    path("check/", views.check, name="check"),
    path("check/open/", views.open_case, name="open"),
    path("check/case.yaml", downloads.download, {"name": "case.yaml"}, name="case_yaml"),
    path(
        "check/result.json",
        downloads.download,
        {"name": "result.json"},
        name="result_json",
    ),
    path(
        "check/result.pdf",
        downloads.download,
        {"name": "result.pdf"},
        name="result_pdf",
    ),
]
