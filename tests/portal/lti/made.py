"""An offering of UNIMAS with its people, an LMS and a tool: rows as they would stand there."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from tests.portal import cast

from portal.accounts.models import Appointment
from portal.institutions.models import Institution
from portal.lti.keys import signing_key
from portal.lti.models import CourseLink, LineItem, Lms, Placement, Side, Tool
from portal.offerings.models import Assessment, Enrolment, Offering, Teacher
from portal.proposals.models import Proposal

CODE = "unimas"
LMS_HOST = "http://127.0.0.1:9"
"""Where nothing answers; tests that talk give the address of their own server."""


def offering(at: str = "UNIMAS", key: str = "laila", centre: str = "salleh", **fields: Any) -> Offering:
    """Find or make a running offering that a lecturer teaches."""
    teacher = cast.appear(key)
    institution = cast.institution(at)
    proposal, _ = Proposal.objects.get_or_create(
        institution=institution,
        reference=f"{at}-P1",
        defaults={
            "faculty": teacher.faculty,
            "kind": "mooc",
            "developer": teacher.person,
            "name_ms": "Asas Sains Data",
            "name_en": "Foundations of Data Science",
            "code": "MOOC1013",
            "policy": institution.policy,
            "state": "registered",
        },
    )
    today = timezone.localdate()
    made, new = Offering.objects.get_or_create(
        proposal=proposal,
        cohort="Kohort 1",
        defaults={
            "institution": institution,
            "faculty": teacher.faculty,
            "policy": institution.policy,
            "mode": "fixed",
            "state": "running",
            "starts_on": today - timedelta(days=7),
            "ends_on": today + timedelta(days=60),
            "made_by": cast.appear(centre),
            **fields,
        },
    )
    if new:
        Teacher.objects.create(offering=made, person=teacher.person, part="instructor")
    return made


def assessment(of: Offering, name: str = "Kuiz 1", **fields: Any) -> Assessment:
    """Find or make an assessment."""
    standard = {"position": of.assessments.count() + 1, "type": "continuous", "percent": Decimal(20)}
    made, _ = Assessment.objects.get_or_create(offering=of, name=name, defaults=standard | fields)
    return made


def enrolled(of: Offering, who: Appointment, state: str = "active") -> Enrolment:
    """Find or make somebody's enrolment."""
    made, _ = Enrolment.objects.get_or_create(offering=of, person=who.person, defaults={"state": state})
    return made


def lms(at: Institution | None = None, site: str = LMS_HOST, **fields: Any) -> Lms:
    """Find or make an LMS at an address."""
    owner = at or cast.institution("UNIMAS")
    standard = {
        "name": "Moodle UNIMAS",
        "deployments": ["1", "2"],
        "auth_url": f"{site}/auth",
        "token_url": f"{site}/token",
        "jwks_url": f"{site}/keys",
    }
    made, _ = Lms.objects.get_or_create(
        institution=owner, issuer=site, client_id="tauliah-at-lms", defaults=standard | fields
    )
    signing_key(owner, Side.TOOL)
    return made


def course(of: Offering, at: Lms, **fields: Any) -> CourseLink:
    """Find or make the connection of an LMS's course with an offering."""
    standard = {"title": "Sains Data (Moodle)"}
    made, _ = CourseLink.objects.get_or_create(
        lms=at, deployment_id="1", context_id="course-7", offering=of, defaults=standard | fields
    )
    return made


def tool(at: Institution | None = None, site: str = LMS_HOST, **fields: Any) -> Tool:
    """Find or make a tool at an address."""
    owner = at or cast.institution("UNIMAS")
    standard = {
        "login_url": f"{site}/login",
        "launch_urls": [f"{site}/launch", f"{site}/other"],
        "jwks_url": f"{site}/keys",
    }
    made, _ = Tool.objects.get_or_create(institution=owner, name="Moodle CFLEX", defaults=standard | fields)
    signing_key(owner, Side.PLATFORM)
    return made


def placement(of: Offering, in_tool: Tool, marks: Assessment | None = None, **fields: Any) -> Placement:
    """Find or make a tool's place in an offering; with an assessment, a column of it."""
    standard = {"title": "Kursus dalam Moodle", "target": in_tool.launch_urls[0], "custom": {"id": "abc"}}
    made, new = Placement.objects.get_or_create(offering=of, tool=in_tool, defaults=standard | fields)
    if new and marks is not None:
        LineItem.objects.create(
            tool=in_tool,
            offering=of,
            placement=made,
            assessment=marks,
            label=marks.name,
            maximum=Decimal(100),
        )
    return made
