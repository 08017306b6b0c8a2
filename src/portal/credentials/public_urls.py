"""The addresses that stand on paper and in signed documents: they stay as they are for good."""

from django.urls import include, path

from portal.credentials.views import published, verification

verification_urls = [
    path("c/", verification.entry, name="entry"),
    path("c/check/", verification.check, name="check"),
    path("c/courses/<uuid:public_id>", verification.course, name="course"),
    path("c/<uuid:public_id>", verification.credential, name="credential"),
    path("c/<uuid:public_id>/mms.json", published.statement, name="statement"),
    path("c/<uuid:public_id>/badge.<str:form>", published.badge, name="badge"),
    path("s/<str:token>", verification.shared, name="shared"),
]
status_urls = [
    path("status/<slug:code>/<int:number>", published.status_list, name="list"),
    path("institutions/<slug:code>/did.json", published.did_json, name="did"),
]
urlpatterns = [
    path("", include((verification_urls, "verification"))),
    path("", include((status_urls, "status"))),
]
