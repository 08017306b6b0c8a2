"""What an institution says of itself in credentials, its keys, and which issuers elsewhere it recognises."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.credentials.access import ISSUERS, READERS, may_issue, must_issue, recognised_for
from portal.credentials.actions import preparing
from portal.credentials.addresses import did_of
from portal.credentials.forms import ProfileForm, RecognisedForm
from portal.credentials.models import IssuerProfile, RecognisedIssuer
from portal.credentials.signing import key_folder, key_name
from portal.institutions.models import Institution
from portal.institutions.signing import signatories_on
from tauliah.files.key_files import KeyProblem
from tauliah.files.public_key import PublicKey


def keys_of(institution: Institution) -> tuple[PublicKey, ...]:
    """Return the institution's keys, newest first; none where the folder cannot be read."""
    try:
        return tuple(reversed(key_folder().public_keys(key_name(institution))))
    except KeyProblem:
        return ()


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*READERS)
def profile(request: ActingRequest) -> HttpResponse:
    """Show the issuing profile, signatories and keys; keep changes of those who issue."""
    assert request.acting is not None and request.acting.institution is not None  # noqa: PT018 - one gate
    institution = request.acting.institution
    row = IssuerProfile.objects.filter(institution=institution).first()
    form = ProfileForm(request.POST or None, instance=row or IssuerProfile(institution=institution))
    if request.method == "POST":
        must_issue(request.acting)
        if kept(form, keep=lambda: preparing.keep_profile(request.acting, form.instance)):
            return done(request, _("The issuing profile is kept."), "credentials:profile")
    context = {
        "form": form,
        "did": did_of(institution),
        "keys": keys_of(institution),
        "signatories": signatories_on(institution, timezone.localdate(), certificates=True),
        "may_issue": may_issue(request.acting),
        "institution": institution,
    }
    return form_page(request, "credentials/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*READERS)
def recognised(request: ActingRequest) -> HttpResponse:
    """List the issuers elsewhere that the institution recognises, and take another one."""
    form = RecognisedForm(request.POST or None)
    if request.method == "POST":
        must_issue(request.acting)
        if kept(form, keep=lambda: preparing.recognise(request.acting, form.instance)):
            return done(request, _("The issuer is recognised now."), "credentials:recognised")
    context = {
        "form": form,
        "issuers": recognised_for(request.acting),
        "may_issue": may_issue(request.acting),
    }
    return form_page(request, "credentials/recognised.html", context)


@require_POST
@for_roles(*ISSUERS)
def forget(request: ActingRequest, pk: int) -> HttpResponse:
    """Take an issuer off the list."""
    issuer: RecognisedIssuer = get_object_or_404(recognised_for(request.acting), pk=pk)
    preparing.no_longer_recognise(request.acting, issuer)
    return done(request, _("The issuer is no longer recognised."), reverse("credentials:recognised"))
