"""The result of a transfer evaluation as a printed decision: PDF/A-2a, PDF/UA-1, the same bytes each time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tauliah.files.typesetting import typeset
from tauliah.files.typst.decision import Decision
from tauliah.policy.pack import Pack


def decision_pdf(document: Mapping[str, Any], result: Mapping[str, Any], pack: Pack, language: str) -> bytes:
    """Print a result of kind transfer in "ms" or "en"; the file bears the case's day of application."""
    view = Decision(document, result, pack, language).view()
    return typeset("decision.typ", view, date(**view["date"]))
