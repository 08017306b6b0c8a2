"""The two syllabi of a comparison as they stand side by side on a page."""

from dataclasses import dataclass
from decimal import Decimal

from portal.catalogue.models import Course
from portal.matching.models import Comparison, SourceSyllabus
from portal.matching.syllabus import hours_in
from portal.wording import figure
from tauliah.matching.articulation import learning_time_share


@dataclass(frozen=True, slots=True)
class Side:
    """One syllabus: its name, its amount, its outcomes (code, text) and topics (title, hours)."""

    institution: str
    codes: str
    title: str
    credits: Decimal | None
    hours: Decimal | None
    outcomes: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Source and target, and how their amounts compare; None where one is not known."""

    source: Side
    target: Side

    @property
    def time_share(self) -> Decimal | None:
        """The source's learning time as percent of the target's."""
        return learning_time_share(self.source.hours, self.target.hours)

    @property
    def time_enough(self) -> bool | None:
        """Whether the source takes at least as long as the target."""
        return None if self.time_share is None else self.time_share >= 100

    @property
    def credits_enough(self) -> bool | None:
        """Whether the source has at least the target's credits."""
        if self.source.credits is None or self.target.credits is None:
            return None
        return self.source.credits >= self.target.credits


def sides_of(comparison: Comparison) -> Sides:
    """Return both syllabi of a comparison."""
    return Sides(source_side(comparison.source), target_side(comparison.target))


def source_side(source: SourceSyllabus) -> Side:
    """Return what is known of the courses taken elsewhere."""
    return Side(
        institution=source.institution_name,
        codes=source.codes,
        title=source.title,
        credits=source.credits,
        hours=source.learning_hours or hours_in(source.topics),
        outcomes=tuple((each["code"], each["text"]) for each in source.outcomes),
        topics=tuple((each["title"], each.get("hours", "")) for each in source.topics),
    )


def target_side(course: Course) -> Side:
    """Return the syllabus of the course that the credit would stand in for."""
    topics = list(course.topics.all())
    hours = [topic.hours for topic in topics]
    summed = (
        sum((each for each in hours if each is not None), Decimal(0)) if hours and None not in hours else None
    )
    return Side(
        institution=course.institution.name,
        codes=course.code,
        title=course.name,
        credits=course.credits,
        hours=course.learning_hours or summed,
        outcomes=tuple((outcome.code, outcome.text) for outcome in course.outcomes.all()),
        topics=tuple((topic.title, figure(topic.hours) if topic.hours else "") for topic in topics),
    )
