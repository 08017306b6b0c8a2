"""The case as it would be if every missing piece of evidence turned out well (`credits_possible`)."""

from tauliah.transfer.claim import Row
from tauliah.values.grade import PASS_WITHOUT_LETTER

BEST_OF_CASE = {"mqa_accredited": True}
BEST_OF_SOURCE = {"own_institution": True, "quality_verified": True, "also_holds_diploma": True, "grade": 0}


def hopeful_case(facts: Row) -> Row:
    """The case's row with what is not known filled in well."""
    return _filled(facts, BEST_OF_CASE)


def hopeful_claim(row: Row, facts: Row) -> Row:
    """A claim's row with what is not known of its sources filled in well."""
    best = {**BEST_OF_SOURCE, "level": facts["programme_level"]}
    return {**row, "sources": [_filled(_with_letter(source), best) for source in row["sources"]]}


def _with_letter(source: Row) -> Row:
    """A pass without a letter leaves the letter unknown (reading.md, General)."""
    return {**source, "grade": None} if source["grade"] == PASS_WITHOUT_LETTER else source


def _filled(row: Row, best: Row) -> Row:
    return {**row, **{key: value for key, value in best.items() if row[key] is None}}
