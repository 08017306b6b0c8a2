"""What the e-learning centre keeps for all offerings: platforms, and pages of guidance."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.institutions.models import Institution
from portal.offerings.models import Guide, Platform
from portal.offerings.terms import stated_platforms
from portal.proposals.access import CENTRE
from portal.records.register import record


@transaction.atomic
def keep_platform(acting: Appointment, platform: Platform) -> Platform:
    """Keep a platform of the institution’s own list (UNIMAS 3.1; UTM 4.3.2).

    Raises ``NotAllowed``, or ``Refused`` for a name that the list has already.
    """
    if acting.role not in CENTRE or platform.institution_id != acting.institution_id:
        raise NotAllowed
    name = platform.name.strip()
    there = Platform.objects.filter(institution=platform.institution, name__iexact=name)
    others = [each for each in there if each.pk != platform.pk]
    stated = {each.name.casefold() for each in stated_platforms(platform.institution.policy)}
    if others or name.casefold() in stated:
        raise Refused(_("“%(name)s” stands on the list already.") % {"name": name}, "name")
    platform.name = name
    platform.save()
    record(
        acting,
        "offerings.keep_platform",
        platform,
        institution=platform.institution,
        after={"name": name, "agreement": platform.agreement, "assessed_on": platform.assessed_on},
    )
    return platform


@transaction.atomic
def keep_guide(acting: Appointment, topic: str, text_ms: str, text_en: str) -> Guide:
    """Write the next version of a page of guidance; earlier ones are kept (UNIMAS 5.4)."""
    if acting.role not in CENTRE or acting.institution is None:
        raise NotAllowed
    institution = Institution.objects.select_for_update(no_key=True).get(pk=acting.institution.pk)
    last = Guide.objects.filter(institution=institution, topic=topic).first()
    if last is not None and (last.text_ms, last.text_en) == (text_ms, text_en):
        return last
    guide = Guide.objects.create(
        institution=institution,
        topic=topic,
        number=last.number + 1 if last else 1,
        text_ms=text_ms,
        text_en=text_en,
        by=acting,
    )
    record(
        acting,
        "offerings.keep_guide",
        guide,
        institution=institution,
        after={"topic": topic, "version": guide.number},
    )
    return guide
