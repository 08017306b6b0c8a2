"""The portal's routes; addresses mirror the folders."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe

from portal import appearance
from portal.tools import tools
from portal.transfer import views as transfer
from portal.work.readiness import readyz


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the portal answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", transfer.home, name="home"),
    path("transfer/", include("portal.transfer.urls")),
    path("tools/", tools, name="tools"),
    path("courses/", include("portal.courses.urls")),
    path("pathways/", include("portal.pathways.urls")),
    path("fees/", include("portal.fees.urls")),
    path("policies/", include("portal.policies.urls")),
    path("matching/", include("portal.matching.urls")),
    path("register/", include("portal.records.urls")),
    path("catalogue/", include("portal.catalogue.urls")),
    path("imports/", include("portal.imports.urls")),
    path("desk/", include("portal.desk.urls")),
    path("applications/", include("portal.applications.urls")),
    path("approvals/", include("portal.approvals.urls")),
    path("proposals/", include("portal.proposals.urls")),
    path("offerings/", include("portal.offerings.urls")),
    path("learn/", include("portal.offerings.public_urls")),
    path("lti/", include("portal.lti.urls")),
    path("lti/", include("portal.lti.open_urls")),
    path("monitoring/", include("portal.monitoring.urls")),
    path("stacking/", include("portal.stacking.urls")),
    path("api/", include("portal.api.urls")),
    path("exchange/", include("portal.exchange.urls")),
    path("", include("portal.exchange.open_urls")),
    path("mail/", include("portal.mail.urls")),
    path("accounts/", include("allauth.urls")),
    path("people/", include("portal.people.urls")),
    path("institutions/", include("portal.institutions.urls")),
    path("credentials/", include("portal.credentials.urls")),
    path("", include("portal.credentials.public_urls")),
    path("administration/", include("portal.administration.urls")),
    path("notices/", include("portal.notices.urls")),
    path("payments/", include("portal.payments.urls")),
    path("letters/", include("portal.applications.letters.urls")),
    path("demonstration/", include("portal.demonstration.urls")),
    path("choose/", appearance.choose, name="choose"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.page_not_found"
handler500 = "portal.errors.server_error"
