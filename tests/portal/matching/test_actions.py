"""Experts who judge, agree or are reconciled, and the precedents that come of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.portal import cast

from portal.accounts.refusal import NotAllowed, Refused
from portal.matching.actions import Part, compare, judge, keep_precedent, reconcile, retire_precedent
from portal.matching.models import Judgement, Precedent, SourceSyllabus
from portal.matching.signals import comparison_settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(bakar):
    return cast.course(bakar.institution, faculty=bakar.faculty)


def source():
    return SourceSyllabus(institution_name="Politeknik Merlimau", codes="DIT2013")


def all_parts(target, *shares):
    return {o.pk: Part(Decimal(share)) for o, share in zip(target.outcomes.all(), shares, strict=True)}


@pytest.fixture
def comparison(bakar, fatimah, gopal, target):
    return compare(bakar, source(), target, [fatimah, gopal])


def judgement_of(comparison, expert):
    return Judgement.objects.get(comparison=comparison, expert=expert)


class TestJudging:
    def test_it_is_settled_once_all_agree(self, comparison, fatimah, gopal, target):
        heard = []
        comparison_settled.connect(lambda **told: heard.append(told["comparison"].overlap), weak=False)
        judge(fatimah, judgement_of(comparison, fatimah), all_parts(target, 90, 85, 80))
        comparison.refresh_from_db()
        assert comparison.settled_at is None
        judge(gopal, judgement_of(comparison, gopal), all_parts(target, 100, 80, 90))
        comparison.refresh_from_db()
        assert comparison.overlap == Decimal("87.50")
        assert heard == [Decimal("87.50")]

    def test_they_differ_and_the_coordinator_reconciles_with_a_reason(
        self, comparison, bakar, fatimah, gopal, target
    ):
        judge(fatimah, judgement_of(comparison, fatimah), all_parts(target, 90, 90, 90))
        judge(gopal, judgement_of(comparison, gopal), all_parts(target, 60, 70, 70))
        comparison.refresh_from_db()
        assert comparison.settled_at is None
        with pytest.raises(Refused) as refused:
            reconcile(bakar, comparison, Decimal(80), "")
        assert refused.value.field == "reason"
        reconcile(bakar, comparison, Decimal(80), "HPK 2 diliputi oleh projek.")
        comparison.refresh_from_db()
        assert (comparison.overlap, comparison.reconciled_by) == (Decimal(80), bakar)
        assert comparison.judgements.count() == 2

    def test_nobody_judges_for_another(self, comparison, fatimah, gopal, target):
        with pytest.raises(NotAllowed):
            judge(gopal, judgement_of(comparison, fatimah), all_parts(target, 90, 90, 90))

    def test_every_outcome_is_judged_within_bounds(self, comparison, fatimah, target):
        mine = judgement_of(comparison, fatimah)
        with pytest.raises(Refused) as refused:
            judge(fatimah, mine, dict(list(all_parts(target, 90, 90, 90).items())[:2]))
        assert refused.value.field == "outcomes"
        with pytest.raises(Refused, match="CLO3"):
            judge(fatimah, mine, all_parts(target, 90, 90, 101))
        assert not mine.parts.exists()

    def test_one_opinion_must_be_waited_for(self, comparison, bakar, fatimah, target):
        judge(fatimah, judgement_of(comparison, fatimah), all_parts(target, 90, 90, 90))
        with pytest.raises(Refused):
            reconcile(bakar, comparison, Decimal(90), "Cukup.")

    def test_only_the_faculty_asks(self, wahid, devi, chong, fatimah, target):
        for other in (wahid, devi, chong, fatimah):
            with pytest.raises(NotAllowed):
                compare(other, source(), target, [fatimah])

    def test_no_expert_of_another_university_is_asked(self, bakar, salmah, target):
        with pytest.raises(Refused) as refused:
            compare(bakar, source(), target, [salmah])
        assert refused.value.field == "experts"


class TestPrecedents:
    @pytest.fixture
    def settled(self, comparison, fatimah, gopal, target):
        for expert in (fatimah, gopal):
            judge(expert, judgement_of(comparison, expert), all_parts(target, 90, 85, 80))
        comparison.refresh_from_db()
        return comparison

    def test_a_settled_comparison_is_kept_for_others(self, bakar, settled):
        until = timezone.localdate() + timedelta(days=700)
        assert keep_precedent(bakar, settled, until).accepted

    def test_an_open_one_is_not(self, bakar, comparison):
        with pytest.raises(Refused):
            keep_precedent(bakar, comparison, None)

    def test_it_is_taken_out_of_use_with_a_reason(self, bakar, settled):
        precedent = keep_precedent(bakar, settled, None)
        with pytest.raises(Refused):
            retire_precedent(bakar, precedent, " ")
        retire_precedent(bakar, precedent, "Silibus baharu.")
        assert not Precedent.objects.get().active
