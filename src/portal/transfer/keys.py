"""The keys of a transfer case, as the contract names them, and which of them each basis asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.cases.keys import ANSWER, DATE, NUMBER, TEXT, Key, Rows, Shape

STUDENT: Shape = {
    "status": Key("word", "status"),
    "standing": Key("word", "standing"),
    "semester": NUMBER,
    "week": NUMBER,
    "final_semester": ANSWER,
}

PROGRAMME: Shape = {
    "institution": TEXT,
    "field": TEXT,
    "level": Key("word", "level"),
    "mode": Key("word", "mode"),
    "graduating_credits": NUMBER,
    "coursework_credits": NUMBER,
    "duration_years": NUMBER,
    "mqa_accredited": ANSWER,
    "minimum_grade": Key("word", "grade"),
    "standard_limit_percent": NUMBER,
    "professional_limit_percent": NUMBER,
}

STUDY: Shape = {
    "id": TEXT,
    "institution": TEXT,
    "country": TEXT,
    "field": TEXT,
    "level": Key("word", "level"),
    "mode": Key("word", "mode"),
    "outcome": Key("word", "prior_outcome"),
    "withdrawn_with_cause": ANSWER,
    "ended_on": DATE,
    "accredited": ANSWER,
    "also_holds_diploma": ANSWER,
}

SOURCE: Shape = {
    "study": TEXT,
    "platform": Key("word", "platform"),
    "institution": TEXT,
    "origin": Key("word", "origin"),
    "code": TEXT,
    "title": TEXT,
    "credits": NUMBER,
    "grade": Key("word", "grade"),
    "completed_on": DATE,
    "transferred_before": ANSWER,
    "level": Key("word", "level"),
    "accredited": ANSWER,
    "malaysian": ANSWER,
    "certificate": Key("word", "certificate"),
    "proctoring": Key("word", "proctoring"),
    "onsite_grade": Key("word", "grade"),
    "claimed_before": ANSWER,
    "quality_verified": ANSWER,
    "clo_percent": Key("outcomes"),
}

CLAIM: Shape = {
    "target": {
        "code": TEXT,
        "title": TEXT,
        "credits": NUMBER,
        "subject": Key("word", "subject"),
    },
    "basis": Key("word", "basis"),
    "graded": ANSWER,
    "content_overlap": Key("share"),
    "partner_agreement": ANSWER,
    "approved_beforehand": ANSWER,
    "sources": Rows(SOURCE, most=8),
}

GRANTED: Shape = {"credits": NUMBER, "limits": Key("words", "limit")}

TRANSFER: Shape = {
    "policy": TEXT,
    "applied_on": DATE,
    "student": STUDENT,
    "programme": PROGRAMME,
    "prior_studies": Rows(STUDY, most=12),
    "granted": Rows(GRANTED, most=12),
    "claims": Rows(CLAIM, most=60),
}


@dataclass(frozen=True, slots=True)
class SourceKeys:
    """What a source of some basis carries: asked at once, and asked only on demand."""

    first: tuple[str, ...]
    further: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every key of this basis."""
        return self.first + self.further


COURSE = ("code", "title", "credits", "grade", "completed_on")
OF_STUDY = SourceKeys(("study", *COURSE, "transferred_before"), ("institution", "level", "accredited"))
OF_INSTITUTION = SourceKeys(("institution", *COURSE, "transferred_before", "level", "accredited"))

SOURCE_KEYS: Mapping[str, SourceKeys] = {
    "prior_study": OF_STUDY,
    "integrated": OF_STUDY,
    "resumed_study": OF_STUDY,
    "continued_study": OF_STUDY,
    "same_institution": OF_INSTITUTION,
    "mobility": OF_INSTITUTION,
    "dual_award": OF_INSTITUTION,
    "programme_change": OF_INSTITUTION,
    "mooc": SourceKeys(
        ("institution", *COURSE, "claimed_before", "platform", "certificate", "proctoring"),
        ("onsite_grade", "malaysian", "transferred_before", "level", "accredited"),
    ),
    "micro_credential": SourceKeys(
        ("institution", *COURSE, "claimed_before", "origin", "accredited", "quality_verified"),
        ("study", "clo_percent", "transferred_before", "level"),
    ),
    "apel_c": SourceKeys(
        ("credits", "clo_percent"),
        (
            "institution",
            "code",
            "title",
            "grade",
            "completed_on",
            "transferred_before",
            "level",
            "accredited",
        ),
    ),
}

CLAIM_KEYS: Mapping[str, frozenset[str]] = {
    "partner_agreement": frozenset({"mobility", "dual_award", "continued_study"}),
    "approved_beforehand": frozenset({"mooc", "micro_credential"}),
    "content_overlap": frozenset(SOURCE_KEYS) - {"apel_c"},
}
"""Keys of a claim that only some bases ask for; the others are asked always."""


def asked(key: str, basis: str) -> bool:
    """Say whether a claim of this basis is asked for ``key``; an unknown basis is asked everything."""
    return basis not in SOURCE_KEYS or basis in CLAIM_KEYS.get(key, SOURCE_KEYS)


def source_keys(basis: str) -> SourceKeys:
    """Return the keys of a source of this basis; for an unknown basis those of prior study."""
    return SOURCE_KEYS.get(basis, OF_STUDY)
