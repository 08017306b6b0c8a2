"""How an administrator describes the university's own login: OpenID Connect or SAML."""

import re
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.adapter import get_adapter
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

from portal.institutions.models import Institution
from portal.people.models import SingleSignOn

DOMAIN = re.compile(r"^(?=.{4,190}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$")
DISCOVERY = "/.well-known/openid-configuration"


def origin_of(address: str) -> str:
    """Return scheme and host of an address, as a Content Security Policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def must_be_safe(address: str) -> None:
    """Refuse an address without TLS in production."""
    if settings.PRODUCTION and not address.startswith("https://"):
        raise forms.ValidationError(_("The address must begin with https://."))


class SignOnForm(forms.Form):
    """What both protocols need; each of them adds ``protocol``, the rows that allauth reads."""

    name = forms.CharField(
        label=_("Words on the button"), max_length=40, help_text=_("For example: Log in with UTHM.")
    )
    domains = forms.CharField(
        label=_("Email domains"),
        help_text=_(
            "Separated by spaces, for example: uthm.edu.my student.uthm.edu.my. Only for these addresses is "
            "the login's word taken."
        ),
    )
    role_attribute = forms.CharField(
        label=_("Attribute that tells the affiliation"),
        required=False,
        max_length=200,
        help_text=_("For example eduPersonAffiliation. Who is new and a student by it becomes one here."),
    )
    student_values = forms.CharField(
        label=_("Its values for students"),
        required=False,
        help_text=_("Separated by spaces, for example: student."),
    )

    def __init__(
        self, institution: Institution, sign_on: SingleSignOn | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.institution, self.sign_on = institution, sign_on
        if sign_on is not None:
            self.initial = {
                **self.initial,
                "name": sign_on.app.name,
                "domains": " ".join(sign_on.domains),
                "role_attribute": sign_on.role_attribute,
                "student_values": " ".join(sign_on.student_values),
            }

    def clean_domains(self) -> list[str]:
        """Return domains that no other institution has."""
        domains = str(self.cleaned_data["domains"]).lower().replace(",", " ").split()
        for domain in domains:
            if not DOMAIN.match(domain):
                raise forms.ValidationError(_("%(domain)s is not a domain.") % {"domain": domain})
        for other in SingleSignOn.objects.exclude(institution=self.institution).select_related("institution"):
            if taken := sorted(set(domains) & set(other.domains)):
                raise forms.ValidationError(
                    _("%(domain)s belongs to %(institution)s here.")
                    % {"domain": taken[0], "institution": other.institution.code}
                )
        return domains

    def clean_student_values(self) -> list[str]:
        """Return the values one by one."""
        return str(self.cleaned_data["student_values"]).replace(",", " ").split()


class OpenIDForm(SignOnForm):
    """A login by OpenID Connect; what the server says of itself is read when the form is sent."""

    server_url = forms.URLField(
        label=_("Address of the server (issuer)"), max_length=300, assume_scheme="https"
    )
    client_id = forms.CharField(label=_("Client ID"), max_length=191)
    secret = forms.CharField(
        label=_("Client secret"),
        max_length=191,
        required=False,
        widget=forms.PasswordInput(render_value=False),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domains"].required = True
        if self.sign_on is not None:
            app = self.sign_on.app
            self.initial = {
                **self.initial,
                "server_url": app.settings.get("server_url"),
                "client_id": app.client_id,
            }
            self.fields["secret"].help_text = _("Leave empty to keep the one on record.")

    def clean_server_url(self) -> str:
        """Return the address of a server that answers as OpenID Connect does."""
        address = str(self.cleaned_data["server_url"]).rstrip("/").removesuffix(DISCOVERY)
        must_be_safe(address)
        try:
            with get_adapter().get_requests_session() as session:
                told = session.get(f"{address}{DISCOVERY}")
                told.raise_for_status()
                self.authorize = str(told.json()["authorization_endpoint"])
        except (requests.RequestException, ValueError, KeyError) as error:
            raise forms.ValidationError(
                _(
                    "No OpenID Connect server answers there. Check the address, and that this server may "
                    "reach it."
                )
            ) from error
        return address

    def protocol(self) -> dict[str, Any]:
        """Return the rows that allauth reads."""
        said = self.cleaned_data
        return {
            "provider": "openid_connect",
            "client_id": said["client_id"],
            "secret": said["secret"],
            "settings": {"server_url": said["server_url"], "oauth_pkce_enabled": True},
            "origins": [origin_of(self.authorize)],
        }


ATTRIBUTES = {
    "uid": ["urn:oasis:names:tc:SAML:attribute:subject-id", "urn:oid:1.3.6.1.4.1.5923.1.1.1.6"],
    "email": [
        "urn:oid:0.9.2342.19200300.100.1.3",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        "mail",
        "email",
    ],
    "name": [
        "urn:oid:2.16.840.1.113730.3.1.241",
        "http://schemas.microsoft.com/identity/claims/displayname",
        "displayName",
        "name",
    ],
    "first_name": ["urn:oid:2.5.4.42", "givenName"],
    "last_name": ["urn:oid:2.5.4.4", "sn"],
}
"""Where SAML servers of universities put what an account needs (eduPerson, Microsoft, plain names)."""


class SAMLForm(SignOnForm):
    """A login by SAML 2.0, described by the metadata of the university's server."""

    metadata = forms.CharField(
        label=_("Metadata of the server (XML)"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("Copy the whole XML; it names the server, its address and its certificate."),
        max_length=200_000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.sign_on is not None:
            self.fields["metadata"].required = False
            self.fields["metadata"].help_text = _("Leave empty to keep what is on record.")

    def clean_metadata(self) -> dict[str, str]:
        """Return entity, address and certificate of the server."""
        text = str(self.cleaned_data["metadata"]).strip()
        if not text and self.sign_on is not None:
            return dict(self.sign_on.app.settings["idp"])
        try:
            idp = OneLogin_Saml2_IdPMetadataParser.parse(text)["idp"]
            found = {
                "entity_id": idp["entityId"],
                "sso_url": idp["singleSignOnService"]["url"],
                "x509cert": idp.get("x509cert") or idp["x509certMulti"]["signing"][0],
            }
        except Exception as error:  # the parser raises whatever lxml and its own code come upon
            raise forms.ValidationError(
                _(
                    "This is not the metadata of a SAML server with an address for HTTP-Redirect and a "
                    "certificate."
                )
            ) from error
        must_be_safe(found["sso_url"])
        return found

    def protocol(self) -> dict[str, Any]:
        """Return the rows that allauth reads."""
        idp = self.cleaned_data["metadata"]
        return {
            "provider": "saml",
            "provider_id": idp["entity_id"],
            "settings": {
                "idp": idp,
                "attribute_mapping": ATTRIBUTES,
                "advanced": {"strict": True, "reject_idp_initiated_sso": True},
            },
            "origins": [origin_of(idp["sso_url"])],
        }


ProtocolForm: TypeAlias = OpenIDForm | SAMLForm
"""What can be kept: a login that says its protocol."""
FORMS: dict[str, type[OpenIDForm] | type[SAMLForm]] = {"openid": OpenIDForm, "saml": SAMLForm}
"""By the word in the address of the page."""
KINDS = {"openid_connect": "openid", "saml": "saml"}
"""The same word, by allauth's provider."""
