"""A course as software reads it: schema.org for search engines, CTDL for credential registries."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override

from portal.institutions.models import Institution
from portal.offerings.models import Offering
from portal.offerings.overview import Overview
from portal.proposals.models import Proposal

Json = dict[str, Any]
CTDL_CONTEXT = "https://credreg.net/ctdl/schema/context/json"
SCHEMA_CONTEXT = "https://schema.org"
DELIVERY = {"odl": "online", "conventional": "onsite", "blended": "blended"}
CTDL_DELIVERY = {"odl": "OnlineOnly", "conventional": "InPerson", "blended": "BlendedDelivery"}
MEDIA_TYPE = "application/ld+json"


def address(path: str) -> str:
    """Return a page's whole address."""
    return f"{settings.TAULIAH_ADDRESS}{path}"


def course_page(proposal: Proposal) -> str:
    """Return the whole address of a course's page."""
    return address(reverse("learn:course", args=[proposal.pk]))


def schema_of(overview: Overview) -> Json:
    """Describe a course, its current offerings and what it awards in the terms of schema.org."""
    proposal = overview.proposal
    page = course_page(proposal)
    return without_gaps(
        {
            "@context": SCHEMA_CONTEXT,
            "@type": "Course",
            "@id": f"{page}#course",
            "url": page,
            "name": overview.proposal.name,
            "alternateName": other_name(proposal),
            "description": overview.synopsis,
            "courseCode": proposal.code,
            "provider": provider(proposal.institution),
            "inLanguage": overview.language_codes,
            "educationalLevel": overview.level,
            "about": overview.field,
            "keywords": overview.skills,
            "teaches": [words for _code, words in overview.outcomes],
            "coursePrerequisites": [overview.said("prerequisite"), *overview.requirements],
            "timeRequired": duration(overview.hours),
            "numberOfCredits": number(overview.credits),
            "syllabusSections": [
                {
                    "@type": "Syllabus",
                    "name": unit.title,
                    "description": "; ".join(unit.topics),
                    "position": n,
                }
                for n, unit in enumerate(overview.units, start=1)
            ],
            "license": overview.licence_url or overview.licence,
            "copyrightHolder": provider(proposal.institution),
            "isAccessibleForFree": all(each.fee == 0 for each in overview.current)
            if overview.current
            else None,
            "educationalCredentialAwarded": credential_awarded(overview),
            "offers": [offer(each, page) for each in overview.current],
            "hasCourseInstance": [instance(overview, each) for each in overview.current],
            "creativeWorkStatus": "Published",
        }
    )


def other_name(proposal: Proposal) -> str | None:
    """Return the name in the language that the page is not in."""
    names = {proposal.name_ms, proposal.name_en} - {proposal.name, ""}
    return next(iter(names), None)


def provider(institution: Institution) -> Json:
    """Describe the institution."""
    return without_gaps(
        {
            "@type": "CollegeOrUniversity",
            "name": institution.name,
            "alternateName": institution.code.upper(),
            "url": institution.website,
            "email": institution.email,
        }
    )


def credential_awarded(overview: Overview) -> Json:
    """Describe what somebody who finishes is given."""
    achievement = overview.achievement
    return without_gaps(
        {
            "@type": "EducationalOccupationalCredential",
            "name": achievement.name if achievement else overview.proposal.name,
            "credentialCategory": "MicroCredential" if achievement else "Certificate",
            "educationalLevel": f"MQF {overview.mqf_level}" if overview.mqf_level else None,
            "competencyRequired": [words for _code, words in overview.outcomes],
            "recognizedBy": provider(overview.proposal.institution),
            "url": address(reverse("verification:course", args=[achievement.public_id]))
            if achievement
            else None,
        }
    )


def instance(overview: Overview, offering: Offering) -> Json:
    """Describe one offering."""
    own = Overview(overview.proposal, offering)
    pace = own.pace
    return without_gaps(
        {
            "@type": "CourseInstance",
            "@id": f"{offering_page(offering)}#offering",
            "url": offering_page(offering),
            "name": f"{overview.proposal.name} ({offering.cohort})",
            "courseMode": DELIVERY.get(str(overview.content.get("delivery") or ""), "online"),
            "startDate": iso(offering.starts_on),
            "endDate": iso(offering.ends_on),
            "courseWorkload": duration(own.hours) or duration(Decimal(1)),
            "courseSchedule": {
                "@type": "Schedule",
                "repeatFrequency": "Weekly",
                "repeatCount": int(pace.weeks.to_integral_value()) or 1,
                "startDate": iso(offering.starts_on),
                "endDate": iso(offering.ends_on),
            }
            if pace
            else None,
            "instructor": [{"@type": "Person", "name": name} for name in own.instructors],
            "maximumAttendeeCapacity": offering.most_learners,
            "location": {"@type": "Place", "name": offering.place} if offering.place else None,
            "inLanguage": overview.language_codes,
        }
    )


def offer(offering: Offering, page: str) -> Json:
    """Describe what taking part costs."""
    return without_gaps(
        {
            "@type": "Offer",
            "category": "Free" if offering.fee == 0 else "Paid",
            "price": f"{offering.fee:.2f}",
            "priceCurrency": "MYR",
            "url": page,
            "availabilityStarts": iso(offering.enrols_from),
            "availabilityEnds": iso(offering.enrols_until),
        }
    )


def offering_page(offering: Offering) -> str:
    """Return the whole address of an offering's page."""
    return address(reverse("learn:offering", args=[offering.pk]))


def ctdl_of(overview: Overview) -> Json:
    """Describe a course in the Credential Transparency Description Language, in both languages."""
    proposal = overview.proposal
    page = course_page(proposal)
    institution = organisation(proposal.institution)
    achievement = overview.achievement
    return without_gaps(
        {
            "@context": CTDL_CONTEXT,
            "@graph": [
                without_gaps(
                    {
                        "@type": "ceterms:Course",
                        "@id": f"{page}#ctdl-course",
                        "ceterms:ctid": ctid(
                            achievement.public_id if achievement else uuid5(NAMESPACE_URL, page)
                        ),
                        "ceterms:name": both(proposal, "name"),
                        "ceterms:description": both_texts(overview),
                        "ceterms:codedNotation": proposal.code,
                        "ceterms:subjectWebpage": page,
                        "ceterms:inLanguage": overview.language_codes,
                        "ceterms:lifeCycleStatusType": aligned("lifeCycle:Active"),
                        "ceterms:deliveryType": [aligned(f"deliveryType:{CTDL_DELIVERY[delivery]}")]
                        if (delivery := str(overview.content.get("delivery") or "")) in CTDL_DELIVERY
                        else None,
                        "ceterms:creditValue": credit_value(overview),
                        "ceterms:estimatedDuration": [
                            {
                                "@type": "ceterms:DurationProfile",
                                "ceterms:exactDuration": duration(overview.hours),
                            }
                        ]
                        if overview.hours
                        else None,
                        "ceterms:entryCondition": condition(overview),
                        "ceterms:keyword": said(overview.skills) if overview.skills else None,
                        "ceterms:teaches": [competency(words) for _code, words in overview.outcomes],
                        "ceterms:ownedBy": [institution["@id"]],
                        "ceterms:offeredBy": [institution["@id"]],
                        "ceterms:hasOffering": [f"{offering_page(each)}#ctdl" for each in overview.current],
                    }
                ),
                institution,
                *(scheduled(each, institution["@id"]) for each in overview.current),
            ],
        }
    )


def organisation(institution: Institution) -> Json:
    """Describe the institution in CTDL."""
    page = address(reverse("learn:catalogue")) + f"?institution={institution.code}"
    return without_gaps(
        {
            "@type": "ceterms:CredentialOrganization",
            "@id": f"{page}#organisation",
            "ceterms:ctid": ctid(uuid5(NAMESPACE_URL, page)),
            "ceterms:name": both(institution, "name"),
            "ceterms:subjectWebpage": institution.website or page,
            "ceterms:email": [institution.email] if institution.email else None,
        }
    )


def scheduled(offering: Offering, organisation_id: str) -> Json:
    """Describe an offering in CTDL."""
    return without_gaps(
        {
            "@type": "ceterms:ScheduledOffering",
            "@id": f"{offering_page(offering)}#ctdl",
            "ceterms:ctid": ctid(uuid5(NAMESPACE_URL, offering_page(offering))),
            "ceterms:name": said(offering.cohort),
            "ceterms:subjectWebpage": offering_page(offering),
            "ceterms:offeredBy": [organisation_id],
            "ceterms:availableOnlineAt": [offering.platform_url] if offering.platform_url else None,
            "ceterms:estimatedCost": [
                {
                    "@type": "ceterms:CostProfile",
                    "ceterms:costDetails": offering_page(offering),
                    "ceterms:currency": "MYR",
                    "ceterms:price": float(offering.fee),
                }
            ],
        }
    )


def credit_value(overview: Overview) -> list[Json] | None:
    """Describe the credits in CTDL."""
    if overview.credits is None:
        return None
    return [
        {
            "@type": "ceterms:ValueProfile",
            "schema:value": float(overview.credits),
            "ceterms:subject": [competency("Credit")],
        }
    ]  # fmt: skip


def condition(overview: Overview) -> list[Json] | None:
    """Describe what is needed beforehand in CTDL."""
    needed = [each for each in (overview.said("prerequisite"), *overview.requirements) if each]
    if not needed:
        return None
    return [{"@type": "ceterms:ConditionProfile", "ceterms:condition": said(needed)}]


def competency(words: str) -> Json:
    """Name a learning outcome in CTDL."""
    return {"@type": "ceterms:CredentialAlignmentObject", "ceterms:targetNodeName": said(words)}


def said(words: Any) -> Json:
    """Mark words with the language of the page, in which they are."""
    return {get_language() or "ms": words}


def aligned(target: str) -> Json:
    """Name a concept of CTDL."""
    return {"@type": "ceterms:CredentialAlignmentObject", "ceterms:targetNode": target}


def ctid(identifier: UUID) -> str:
    """Return the identifier of a thing in a credential registry."""
    return f"ce-{identifier}"


def both(row: Any, name: str) -> Json:
    """Return a name in both languages."""
    malay, english = getattr(row, f"{name}_ms"), getattr(row, f"{name}_en")
    return {language: words for language, words in (("ms", malay), ("en", english)) if words}


def both_texts(overview: Overview) -> Json:
    """Return the synopsis in both languages."""
    told = {}
    for language in ("ms", "en"):
        with override(language):
            told[language] = Overview(overview.proposal, overview.offering).synopsis
    return {language: words for language, words in told.items() if words}


def duration(hours: Decimal | None) -> str | None:
    """Write hours as ISO 8601: PT120H, PT1H30M."""
    if hours is None:
        return None
    minutes = int((hours * 60).to_integral_value())
    whole, rest = divmod(minutes, 60)
    return f"PT{whole}H{rest}M" if rest else f"PT{whole}H"


def number(value: Decimal | None) -> int | float | None:
    """Write a decimal as JSON does."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def iso(day: date | None) -> str | None:
    """Write a day."""
    return day.isoformat() if day else None


def without_gaps(given: Json) -> Json:
    """Leave out what is not known."""
    found = {}
    for name, value in given.items():
        kept = [each for each in value if each not in ("", None)] if isinstance(value, list) else value
        if kept not in (None, "", [], {}):
            found[name] = kept
    return found
