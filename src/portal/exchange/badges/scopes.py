"""What a person may let other software do, by the scopes of Open Badges 3.0."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BASE = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
READ, WRITE = f"{BASE}credential.readonly", f"{BASE}credential.upsert"
READ_PROFILE, WRITE_PROFILE = f"{BASE}profile.readonly", f"{BASE}profile.update"
OFFLINE = "offline_access"
SCOPES: dict[str, str | Promise] = {
    READ: _("Read your credentials"),
    WRITE: _("Add credentials from elsewhere to yours"),
    READ_PROFILE: _("Read your name and email"),
    WRITE_PROFILE: _("Change your profile for badges"),
    OFFLINE: _("Keep this access until you end it"),
}
"""By scope, as the page of consent says it."""
