"""Taking the courses of a verified credential into a draft application, with the credential as evidence."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.applications import drafting
from portal.applications.brought import Came, bring
from portal.applications.models import Application, Evidence
from portal.credentials.offers import Offer


@transaction.atomic
def use(
    acting: Appointment,
    application: Application,
    evidence: Evidence,
    chosen: Sequence[tuple[Offer, str]],
) -> Came:
    """Write each chosen course, for the target of that code, into a draft of one's own."""
    if not chosen:
        raise Refused(_("Choose a course of your programme for at least one of them."))
    came = bring(acting, application, case_of(chosen))
    if came.number:
        kept = Evidence.objects.filter(uses__application=application, uses__claim=None)
        drafting.attach(acting, application, application.version, {*kept, evidence})
    return came


def case_of(chosen: Sequence[tuple[Offer, str]]) -> dict[str, Any]:
    """Write the chosen courses as a case of the eligibility check has them; those of one target together."""
    names = list(dict.fromkeys((offer.institution, offer.level) for offer, _ in chosen))
    studies = {name: f"s{number}" for number, name in enumerate(names, 1)}
    claims: dict[str, dict[str, Any]] = {}
    for offer, target in chosen:
        claim = claims.setdefault(target, {"target": {"code": target}, "basis": offer.basis, "sources": []})
        study = {"study": studies[offer.institution, offer.level]} if offer.basis == "prior_study" else {}
        claim["sources"].append(offer.source | study)
    return {
        "prior_studies": [
            {"id": id, "institution": name, **({"level": level} if level else {})}
            for (name, level), id in studies.items()
        ],
        "claims": list(claims.values()),
    }
