"""How an LMS, or a tool, is registered: what its own pages show, copied."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lti.models import Lms, Tool
from portal.lti.outgoing import may_be_asked

MOODLE_AS_LMS = {
    "auth_url": "/mod/lti/auth.php",
    "token_url": "/mod/lti/token.php",
    "jwks_url": "/mod/lti/certs.php",
}
MOODLE_AS_TOOL = {"login_url": "/enrol/lti/login.php", "jwks_url": "/enrol/lti/jwks.php"}
MOODLE_LAUNCHES = ("/enrol/lti/launch.php", "/enrol/lti/launch_deeplink.php")
MOST = 20


def asked_address(value: str) -> str:
    """Return an address that may be asked; raises ``ValidationError``."""
    address = value.strip()
    if not may_be_asked(address):
        raise forms.ValidationError(
            _("Give a whole address that begins with https://, without user name and without #.")
        )
    return address


class LmsForm(forms.ModelForm[Lms]):
    """An LMS: its issuer, our client ID there, and where it is asked."""

    deployments = forms.CharField(
        label=gettext_lazy("Deployment IDs"),
        help_text=gettext_lazy("As the LMS shows them, separated by spaces."),
    )

    class Meta:
        model = Lms
        fields = [
            "name",
            "issuer",
            "client_id",
            "deployments",
            "auth_url",
            "token_url",
            "jwks_url",
            "token_audience",
        ]
        help_texts = {
            "name": gettext_lazy("For example: Moodle of the university."),
            "issuer": gettext_lazy("Moodle calls it Platform ID: the address of the Moodle site."),
            "auth_url": gettext_lazy("Leave this and the two below empty for Moodle."),
            "token_audience": gettext_lazy("Only where the LMS names one; otherwise the access token URL."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MOODLE_AS_LMS:
            self.fields[name].required = False
        self.initial["deployments"] = " ".join(self.instance.deployments)

    def clean_issuer(self) -> str:
        """The issuer is compared letter by letter, so it is kept as given."""
        return asked_address(self.cleaned_data["issuer"])

    def clean_deployments(self) -> list[str]:
        """At least one, each once."""
        found = list(dict.fromkeys(self.cleaned_data["deployments"].split()))
        if len(found) > MOST or any(len(one) > 255 for one in found):
            raise forms.ValidationError(_("Give at most %(most)d deployment IDs.") % {"most": MOST})
        return found

    def clean(self) -> dict[str, Any]:
        """Fill in what Moodle always has, where nothing was given; check the rest."""
        found = super().clean() or {}
        site = found.get("issuer", "").rstrip("/")
        if site and not any(found.get(name) for name in MOODLE_AS_LMS):
            found |= {name: site + path for name, path in MOODLE_AS_LMS.items()}
        for name in MOODLE_AS_LMS:
            self._check(found, name)
        taken = Lms.objects.filter(
            institution_id=self.instance.institution_id,
            issuer=found.get("issuer"),
            client_id=found.get("client_id"),
        )
        if taken.exclude(pk=self.instance.pk).exists():
            self.add_error("client_id", _("This LMS is registered with this client ID already."))
        return found

    def _check(self, found: dict[str, Any], name: str) -> None:
        if name in self.errors:
            return
        if not found.get(name):
            self.add_error(name, _("Give this address too; only Moodle's are known beforehand."))
            return
        try:
            found[name] = asked_address(found[name])
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)


class ToolForm(forms.ModelForm[Tool]):
    """A tool: where its login begins, where launches may go, and its keys."""

    moodle = forms.CharField(
        label=gettext_lazy("Address of a Moodle that publishes its courses"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("It fills in what you leave empty below."),
    )
    launch_urls = forms.CharField(
        label=gettext_lazy("Redirection URIs"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One on each line. Launches go to these addresses only."),
    )

    class Meta:
        model = Tool
        fields = ["name", "login_url", "launch_urls", "jwks_url", "shares_names", "shares_emails"]
        help_texts = {
            "name": gettext_lazy("For example: Moodle of the e-learning centre."),
            "shares_emails": gettext_lazy("A tool that makes accounts by email needs them."),
        }

    field_order = ["name", "moodle", "login_url", "launch_urls", "jwks_url", "shares_names", "shares_emails"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MOODLE_AS_TOOL:
            self.fields[name].required = False
        self.initial["launch_urls"] = "\n".join(self.instance.launch_urls)

    def clean_launch_urls(self) -> list[str]:
        """Each a whole address."""
        found = [asked_address(line) for line in self.cleaned_data["launch_urls"].split()]
        if len(found) > MOST:
            raise forms.ValidationError(_("Give at most %(most)d addresses.") % {"most": MOST})
        return found

    def clean(self) -> dict[str, Any]:
        """Fill in Moodle's addresses where its site was given; nothing may stay empty."""
        found = super().clean() or {}
        if site := found.get("moodle", "").strip().rstrip("/"):
            for name, path in MOODLE_AS_TOOL.items():
                found[name] = found.get(name) or site + path
            found["launch_urls"] = found.get("launch_urls") or [site + path for path in MOODLE_LAUNCHES]
        for name in MOODLE_AS_TOOL:
            self._check(found, name)
        if not found.get("launch_urls") and "launch_urls" not in self.errors:
            self.add_error("launch_urls", _("Give at least one address."))
        for address in found.get("launch_urls") or []:
            if not may_be_asked(address) and "moodle" not in self.errors:
                self.add_error("moodle", _("Give a whole address that begins with https://."))
        return found

    def _check(self, found: dict[str, Any], name: str) -> None:
        if name in self.errors:
            return
        if not found.get(name):
            self.add_error(name, _("Give this address, or the Moodle’s above."))
            return
        try:
            found[name] = asked_address(found[name])
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
