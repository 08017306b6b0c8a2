"""Comparisons for the tests of their pages."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.portal import cast

from portal.matching.actions import Part, compare, judge
from portal.matching.models import Comparison, Judgement, SourceSyllabus


def judged(comparison: Comparison, expert, *shares: int) -> None:
    """An expert says how much of each outcome is covered."""
    parts = {
        o.pk: Part(Decimal(share)) for o, share in zip(comparison.target.outcomes.all(), shares, strict=True)
    }
    judge(expert, Judgement.objects.get(comparison=comparison, expert=expert), parts)


@pytest.fixture
def comparison(bakar, fatimah, gopal) -> Comparison:
    """A course of a polytechnic beside one of the faculty; two experts are asked."""
    source = SourceSyllabus(
        institution_name="Politeknik Merlimau",
        codes="DIT2013",
        title="Rangkaian Komputer",
        credits=Decimal(3),
        outcomes=[{"code": "CLO1", "text": "Menerangkan rangkaian"}],
        topics=[{"title": "Penghalaan", "hours": "6"}],
    )
    target = cast.course(bakar.institution, faculty=bakar.faculty)
    due = timezone.localdate() + timedelta(days=10)
    return compare(bakar, source, target, [fatimah, gopal], due)
