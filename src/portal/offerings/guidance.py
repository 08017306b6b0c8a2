"""Pages of guidance for learners and staff: what there is from the start, and what an institution wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from portal.institutions.models import Institution
from portal.institutions.naming import in_language
from portal.offerings.models import Guide
from tauliah.files.document import read_file
from tauliah.values.text import Text

FILE = Path(__file__).parent / "guides.yaml"
TOPICS = (
    "promotion",
    "enrolment",
    "leaving",
    "instructors",
    "scheduling",
    "teaching",
    "learning",
    "platform",
    "collaboration",
    "assessment",
    "credentialing",
    "netiquette",
    "terms",
)
"""The topics of UNIMAS 5.4, UTM Lampiran A 4(7) and UNIMAS 5.9-notices, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of guidance as it is shown; version 0 is the text that the software brings."""

    topic: str
    label: Text
    text_ms: str
    text_en: str
    version: int = 0
    at: datetime | None = None

    @property
    def text(self) -> str:
        """The Markdown in the language of the page."""
        return in_language(self.text_ms, self.text_en)


@cache
def brought() -> Mapping[str, Mapping[str, Any]]:
    """Return the pages that the software brings, by topic."""
    loaded: Mapping[str, Mapping[str, Any]] = read_file(FILE)
    return loaded


def guide_of(institution: Institution, topic: str) -> Page:
    """Return a page of guidance; raises ``KeyError`` for an unknown topic."""
    given = brought()[topic]
    label = Text.of(given["label"])
    own = Guide.objects.filter(institution=institution, topic=topic).first()
    if own is None:
        return Page(topic, label, str(given["text"]["ms"]), str(given["text"]["en"]))
    return Page(topic, label, own.text_ms, own.text_en, own.number, own.at)
