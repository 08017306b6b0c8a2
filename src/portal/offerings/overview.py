"""What the public reads of a course before enrolling (UNIMAS 3.1-overview; UTM Lampiran A 3 and 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from portal.credentials.models import Achievement
from portal.institutions.naming import in_language
from portal.offerings.models import Assessment, Offering, Teacher
from portal.offerings.planning import title_of
from portal.offerings.proposed import credits_of, proposed_assessments
from portal.offerings.schedule import learning_hours, pace_of
from portal.offerings.seats import closed_because, seats_left
from portal.proposals.models import Proposal
from portal.wording import in_language as worded
from tauliah.credentials.achievement import LANGUAGES
from tauliah.values.vocabulary import VOCABULARY

CURRENT = ("announced", "running")
DEEDS = {
    "by": "Attribution",
    "by-sa": "Attribution-ShareAlike",
    "by-nc": "Attribution-NonCommercial",
    "by-nc-sa": "Attribution-NonCommercial-ShareAlike",
    "by-nd": "Attribution-NoDerivatives",
    "by-nc-nd": "Attribution-NonCommercial-NoDerivatives",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the course: its title, topics, and whether something in it is assessed."""

    title: str
    topics: tuple[str, ...]
    outcomes: tuple[str, ...]
    assessed: bool


@dataclass(frozen=True, slots=True)
class Weight:
    """An assessment as the overview shows it."""

    name: str
    type: str | Promise
    percent: Decimal
    outcomes: tuple[str, ...]
    due_on: Any = None


@dataclass(frozen=True)
class Overview:
    """A course, and perhaps one offering of it, in the words of the page."""

    proposal: Proposal
    offering: Offering | None = field(default=None)

    @property
    def content(self) -> Mapping[str, Any]:
        """What was filled in when the course was proposed."""
        content: Mapping[str, Any] = self.proposal.content
        return content

    @property
    def achievement(self) -> Achievement | None:
        """The course as it is certified."""
        return self.proposal.achievement

    def said(self, name: str) -> str:
        """Return a text that is entered in one or two languages."""
        single = str(self.content.get(name) or "")
        return in_language(
            str(self.content.get(f"{name}_ms") or single), str(self.content.get(f"{name}_en") or single)
        )

    @cached_property
    def synopsis(self) -> str:
        """What the course is about."""
        return self.said("synopsis") or (self.achievement.description if self.achievement else "")

    @cached_property
    def outcomes(self) -> list[tuple[str, str]]:
        """The learning outcomes: code and words."""
        rows = self.content.get("outcomes") or []
        return [
            (str(row.get("code") or ""), in_language(str(row.get("ms") or ""), str(row.get("en") or "")))
            for row in rows
            if row.get("ms") or row.get("en")
        ]

    @cached_property
    def units(self) -> list[Unit]:
        """The syllabus: units, or modules, with their topics."""
        rows = self.content.get("units") or self.content.get("modules") or []
        return [
            Unit(
                title_of(row),
                tuple(str(topic) for topic in row.get("topics") or [] if topic),
                tuple(str(code) for code in row.get("outcomes") or []),
                bool(row.get("assessed")),
            )
            for row in rows
            if title_of(row)
        ]

    @cached_property
    def assessments(self) -> list[Weight]:
        """The assessments of the offering, or those of the plan where none is chosen."""
        if self.offering is not None:
            return [
                Weight(a.name, a.get_type_display(), a.percent, tuple(a.outcomes), a.due_on)
                for a in self.offering.assessments.all()
            ]
        types = dict(Assessment.Type.choices)
        return [
            Weight(row["name"], types[row["type"]], row["percent"], tuple(row["outcomes"]))
            for row in proposed_assessments(self.proposal)
        ]

    @property
    def total(self) -> Decimal:
        """What the weights add up to, in percent."""
        return sum((each.percent for each in self.assessments), Decimal(0))

    @property
    def hours(self) -> Decimal | None:
        """The student learning time in hours."""
        return learning_hours(self.proposal)

    @property
    def credits(self) -> Decimal | None:
        """The credits."""
        return credits_of(self.proposal)

    @property
    def pace(self) -> Any:
        """Weeks of the offering and hours a week."""
        return pace_of(self.offering) if self.offering else None

    @property
    def level(self) -> str:
        """The level of the course in words."""
        return word("level", self.content.get("level"))

    @property
    def mqf_level(self) -> int | None:
        """The level in the qualifications framework, where the course is certified at one."""
        return self.achievement.mqf_level if self.achievement else None

    @property
    def delivery(self) -> str:
        """How it is delivered, in words."""
        given = self.achievement.delivery if self.achievement else self.content.get("delivery")
        return word("delivery", given)

    @property
    def languages(self) -> list[str]:
        """The languages of instruction in words."""
        return [worded(LANGUAGES[code]) for code in self.language_codes if code in LANGUAGES]

    @property
    def language_codes(self) -> list[str]:
        """The languages of instruction."""
        given = self.content.get("languages") or (self.achievement.instruction if self.achievement else [])
        return [str(code) for code in given]

    @property
    def skills(self) -> list[str]:
        """The skills that the course gives."""
        own = self.achievement.skills if self.achievement else []
        return [worded(each) if isinstance(each, Mapping) else str(each) for each in own] or [
            str(each) for each in self.content.get("skills") or []
        ]

    @property
    def field(self) -> str:
        """The field of study."""
        own = self.achievement.field if self.achievement else ""
        return own or str(self.content.get("field_name") or "")

    @property
    def prerequisite(self) -> str:
        """What one should know before (UNIMAS 5.1-prerequisite)."""
        return self.said("prerequisite")

    @property
    def commitment(self) -> str:
        """What is expected of a learner."""
        return self.said("commitment")

    @property
    def disclaimer(self) -> str:
        """The disclaimer that the developers agreed to (UTM Lampiran A 11(ii))."""
        return self.said("disclaimer")

    @property
    def requirements(self) -> list[str]:
        """The offering's own requirements."""
        rows: Sequence[Mapping[str, str]] = self.offering.requirements if self.offering else []
        return [said for row in rows if (said := in_language(row.get("ms", ""), row.get("en", "")))]

    @cached_property
    def instructors(self) -> list[str]:
        """Who teaches: the offering's instructors, or the lecturers of the plan."""
        if self.offering is not None:
            there = self.offering.teachers.filter(part=Teacher.Part.INSTRUCTOR).select_related("person")
            if names := [teacher.person.name for teacher in there]:
                return names
        return [str(row["name"]) for row in self.content.get("lecturers") or [] if row.get("name")]

    @property
    def licence(self) -> str:
        """The licence of the content, as it is called."""
        return str(self.content.get("licence") or "")

    @property
    def licence_url(self) -> str:
        """The address of a Creative Commons licence; empty for another one."""
        return deed_of(self.licence)

    @property
    def professional_standing(self) -> str:
        """What standing it has with a professional body (UNIMAS 1.5(g))."""
        return self.said("professional_standing")

    @property
    def seats(self) -> int | None:
        """How many seats are free; nothing without a limit."""
        return seats_left(self.offering) if self.offering else None

    @property
    def closed(self) -> str | Promise:
        """Why nobody can enrol in the offering now; empty where they can."""
        return closed_because(self.offering) if self.offering else ""

    @cached_property
    def current(self) -> list[Offering]:
        """The offerings that are announced or running, the next one first."""
        return current_offerings(self.proposal)


def current_offerings(proposal: Proposal) -> list[Offering]:
    """Return the offerings of a course that are announced or running, the next one first."""
    today = timezone.localdate()
    found = proposal.offerings.filter(state__in=CURRENT).exclude(ends_on__lt=today)
    return list(found.select_related("semester", "institution").order_by("starts_on", "pk"))


def can_enrol(offering: Offering) -> bool:
    """Say whether enrolment is open."""
    return not closed_because(offering)


def word(vocabulary: str, key: object) -> str:
    """Return a word of the contract in the language of the page; empty for what is none."""
    found = VOCABULARY[vocabulary].get(str(key or ""))
    return worded(found) if found else ""


def deed_of(licence: str) -> str:
    """Return the address of a Creative Commons licence named as “CC BY-NC-SA 4.0”."""
    words = licence.lower().replace("cc", "", 1).split()
    if not licence.upper().startswith("CC ") or not words or words[0] not in DEEDS:
        return ""
    version = words[1] if len(words) > 1 else "4.0"
    return f"https://creativecommons.org/licenses/{words[0]}/{version}/"
