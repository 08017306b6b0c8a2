"""What an institution must have said before it can issue, and what it still lacks."""

from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.credentials.models import IssuerProfile
from portal.institutions.models import Institution, Signatory


def must_have_profile(institution: Institution) -> IssuerProfile:
    """Return the issuing profile; raises ``Refused`` where it or the institution's contact is missing."""
    lacking = [
        str(Institution._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in ("email", "phone", "website")
        if not getattr(institution, name)
    ]
    if lacking:
        raise Refused(
            _(
                "Credentials name how to reach the institution. The administrator still has to enter: "
                "%(names)s (Administration, Institution)."
            )
            % {"names": ", ".join(lacking)}
        )
    profile = IssuerProfile.objects.filter(institution=institution).first()
    if profile is None:
        raise Refused(_("Fill in the issuing profile first: the institution's status and address."))
    return profile


def must_have_signatories(found: list[Signatory]) -> list[Signatory]:
    """Return who signs; raises ``Refused`` where nobody does."""
    if not found:
        raise Refused(
            _(
                "Nobody signs certificates on this day. The administrator enters signatories under "
                "Administration, Signatories."
            )
        )
    return found
