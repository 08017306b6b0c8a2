"""Pages of comparisons: judging with the share as it is typed, reconciling, asking more experts."""

from decimal import Decimal

import pytest
from django.urls import reverse
from tests.portal import cast
from tests.portal.cast import client_of
from tests.portal.matching.conftest import judged

from portal.matching.models import Comparison, Judgement, Precedent
from portal.notices.models import Notice

pytestmark = pytest.mark.django_db


def of(comparison, expert):
    return Judgement.objects.get(comparison=comparison, expert=expert)


def address(comparison, expert, route="judge"):
    return reverse(f"matching:{route}", args=[of(comparison, expert).pk])


def page(comparison, route="comparison"):
    return reverse(f"matching:{route}", args=[comparison.pk])


def text_of(response):
    return response.content.decode()


def typed(comparison, *shares, **more):
    sent = {"comment": "Setara."}
    for outcome, share in zip(comparison.target.outcomes.all(), shares, strict=False):
        sent |= {f"outcome-{outcome.pk}-covered": share, f"outcome-{outcome.pk}-weight": "1"}
        sent[f"outcome-{outcome.pk}-matched"] = ["CLO1"]
    return sent | more


class TestJudging:
    def test_both_syllabi_stand_side_by_side(self, comparison, fatimah):
        shown = text_of(client_of(fatimah).get(address(comparison, fatimah)))
        for words in ("Menerangkan rangkaian", "Penghalaan", "Hasil pembelajaran 2 bagi BIT10303", "80"):
            assert words in shown

    def test_the_judgement_is_kept_with_what_matches(self, comparison, fatimah):
        answer = client_of(fatimah).post(address(comparison, fatimah), typed(comparison, "90", "85,5", "80"))
        assert answer.url == page(comparison)
        kept = of(comparison, fatimah)
        assert (kept.overlap, kept.comment) == (Decimal("85.16"), "Setara.")
        assert {tuple(part.matched) for part in kept.parts.all()} == {("CLO1",)}

    def test_the_share_is_computed_while_typing_and_nothing_is_kept(self, comparison, fatimah):
        answer = client_of(fatimah).post(
            address(comparison, fatimah, "share"), typed(comparison, "90", "70", "")
        )
        assert answer.status_code == 200
        assert "80 %" in text_of(answer)
        assert "2 daripada 3" in text_of(answer)
        assert of(comparison, fatimah).given_at is None

    def test_exactly_the_minimum_is_enough_and_a_hair_less_is_not(self, comparison, fatimah):
        client = client_of(fatimah)
        enough = client.post(address(comparison, fatimah, "share"), typed(comparison, "80", "80", "80"))
        less = client.post(address(comparison, fatimah, "share"), typed(comparison, "80", "80", "79.99"))
        assert enough.context["enough"]
        assert not less.context["enough"]

    def test_what_was_typed_stays_where_one_share_is_wrong(self, comparison, fatimah):
        answer = client_of(fatimah).post(address(comparison, fatimah), typed(comparison, "90", "101", "x"))
        assert answer.status_code == 422
        assert 'value="90"' in text_of(answer)
        assert 'value="101"' in text_of(answer)
        assert not of(comparison, fatimah).parts.exists()

    def test_a_settled_comparison_is_no_longer_judged(self, comparison, fatimah, gopal):
        judged(comparison, fatimah, 90, 90, 90)
        judged(comparison, gopal, 90, 90, 90)
        answer = client_of(fatimah).post(address(comparison, fatimah), typed(comparison, "10", "10", "10"))
        assert answer.status_code == 422
        assert of(comparison, fatimah).overlap == Decimal(90)

    def test_a_target_without_outcomes_is_told(self, comparison, fatimah):
        comparison.target.outcomes.all().delete()
        answer = client_of(fatimah).post(address(comparison, fatimah), {"comment": ""})
        assert answer.status_code == 422
        assert "hasil pembelajaran" in text_of(answer)

    def test_nobody_else_finds_it(self, comparison, fatimah, gopal, devi, aminah):
        for other in (gopal, devi, aminah):
            assert client_of(other).get(address(comparison, fatimah)).status_code == 404
            assert client_of(other).post(address(comparison, fatimah, "share")).status_code == 404

    def test_the_expert_is_told_of_it(self, comparison, fatimah):
        told = Notice.objects.get(person=fatimah.person, kind="mapping_asked")
        assert told.link == address(comparison, fatimah)


class TestTheSourcesSyllabus:
    def test_an_expert_pastes_it(self, comparison, fatimah):
        sent = {"title": "Networks", "credits": "3", "outcomes": "CLO1: A\nCLO2: B", "topics": "Routing; 6"}
        answer = client_of(fatimah).post(page(comparison, "syllabus"), sent)
        assert answer.url == address(comparison, fatimah)
        kept = Comparison.objects.get().source
        assert [each["code"] for each in kept.outcomes] == ["CLO1", "CLO2"]
        assert kept.topics == [{"title": "Routing", "hours": "6"}]

    def test_the_same_code_twice_is_told(self, comparison, bakar):
        answer = client_of(bakar).post(page(comparison, "syllabus"), {"outcomes": "CLO1: A\nCLO1: B"})
        assert answer.status_code == 422
        assert "CLO1: B" in text_of(answer)

    def test_too_long_a_text_is_told_and_stays(self, comparison, bakar):
        answer = client_of(bakar).post(
            page(comparison, "syllabus"), {"outcomes": "x " * 50_000, "title": "N"}
        )
        assert answer.status_code == 422
        assert 'value="N"' in text_of(answer)

    def test_two_megabytes_are_refused_before_they_are_read(self, comparison, bakar):
        answer = client_of(bakar).post(page(comparison, "syllabus"), {"outcomes": "x " * 1_000_000})
        assert answer.status_code == 400

    def test_readers_may_not(self, comparison, nathan, chong):
        for reader in (nathan, chong):
            assert client_of(reader).get(page(comparison, "syllabus")).status_code == 403


class TestAComparison:
    def test_opinions_stand_side_by_side_and_are_reconciled(self, comparison, fatimah, gopal, bakar):
        judged(comparison, fatimah, 90, 90, 90)
        judged(comparison, gopal, 50, 60, 70)
        client = client_of(bakar)
        shown = text_of(client.get(page(comparison)))
        assert "Fatimah binti Razak" in shown
        assert "Gopal a/l Raman" in shown
        answer = client.post(page(comparison, "reconcile"), {"share": "82", "reason": ""})
        assert answer.status_code == 422
        assert 'value="82"' in text_of(answer)
        client.post(page(comparison, "reconcile"), {"share": "82", "reason": "Projek meliputi HPK 2."})
        comparison.refresh_from_db()
        assert (comparison.overlap, comparison.reconciled_by) == (Decimal(82), bakar)

    def test_another_expert_is_asked(self, comparison, bakar):
        other = cast.appointment(
            cast.person("ravi", "Ravi"), cast.Role.SUBJECT_EXPERT, bakar.institution, bakar.faculty
        )
        client = client_of(bakar)
        assert "Ravi" in text_of(client.get(page(comparison)))
        client.post(page(comparison, "ask"), {"experts": [other.pk], "due_on": "2027-01-10"})
        assert comparison.judgements.count() == 3

    def test_nobody_chosen_is_told(self, comparison, bakar):
        assert client_of(bakar).post(page(comparison, "ask"), {}).status_code == 422

    def test_only_those_who_keep_it_change_it(self, comparison, nathan, fatimah, chong):
        for reader in (nathan, fatimah, chong):
            for route in ("ask", "reconcile", "keep"):
                assert client_of(reader).post(page(comparison, route), {}).status_code == 403

    def test_strangers_find_nothing(self, comparison, devi, wahid, vimala):
        for stranger in (devi, wahid, vimala):
            assert client_of(stranger).get(page(comparison)).status_code == 404

    def test_forms_are_sent_not_asked(self, comparison, bakar):
        for route in ("ask", "reconcile", "keep"):
            assert client_of(bakar).get(page(comparison, route)).status_code == 405


class TestTheList:
    def test_an_expert_begins_with_what_is_asked(self, comparison, fatimah):
        client = client_of(fatimah)
        assert len(client.get(reverse("matching:list")).context["rows"]) == 1
        judged(comparison, fatimah, 90, 90, 90)
        assert client.get(reverse("matching:list")).context["rows"] == []

    @pytest.mark.parametrize(("words", "found"), [("merlimau", 1), ("BIT10303", 1), ("kimia", 0)])
    def test_it_is_searched(self, comparison, bakar, words, found):
        answer = client_of(bakar).get(reverse("matching:list"), {"words": words, "show": "all"})
        assert len(answer.context["rows"]) == found

    def test_it_is_exported(self, comparison, bakar):
        answer = client_of(bakar).get(reverse("matching:list"), {"form": "csv"})
        assert "DIT2013" in b"".join(answer.streaming_content).decode("utf-8-sig")

    def test_more_rows_cost_no_more_queries(self, comparison, bakar, django_assert_max_num_queries):
        client = client_of(bakar)
        with django_assert_max_num_queries(14) as few:
            client.get(reverse("matching:list"))
        for number in range(20):
            target = cast.course(bakar.institution, f"BIT20{number}03", faculty=bakar.faculty)
            Comparison.objects.create(institution=bakar.institution, source=comparison.source, target=target)
        with django_assert_max_num_queries(len(few)):
            assert len(client.get(reverse("matching:list")).context["rows"]) == 21


class TestPrecedents:
    @pytest.fixture
    def precedent(self, comparison, fatimah, gopal, bakar):
        judged(comparison, fatimah, 90, 90, 90)
        judged(comparison, gopal, 90, 90, 90)
        client_of(bakar).post(page(comparison, "keep"), {"valid_until": "2029-12-31", "note": "Kohort 2024"})
        return Precedent.objects.get()

    def test_it_is_kept_with_its_last_day(self, precedent):
        assert precedent.accepted
        assert precedent.valid_until.isoformat() == "2029-12-31"

    def test_a_last_day_in_the_past_is_told(self, precedent, comparison, bakar):
        answer = client_of(bakar).post(page(comparison, "keep"), {"valid_until": "2020-01-01"})
        assert answer.status_code == 422
        assert 'value="2020-01-01"' in text_of(answer)

    def test_everybody_of_the_institution_looks_it_up(self, precedent, aminah, nathan, devi):
        url = reverse("matching:precedents")
        for reader in (aminah, nathan):
            assert "DIT2013" in text_of(client_of(reader).get(url))
        assert "DIT2013" not in text_of(client_of(devi).get(url))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"state": "use"}, 1),
            ({"state": "expired"}, 0),
            ({"state": "retired"}, 0),
            ({"accepted": "no"}, 0),
            ({"words": "rangkaian"}, 1),
        ],
    )
    def test_the_filters(self, precedent, bakar, query, found):
        assert len(client_of(bakar).get(reverse("matching:precedents"), query).context["rows"]) == found

    def test_it_is_taken_out_of_use_after_a_reason(self, precedent, bakar, nathan, devi):
        url = reverse("matching:retire", args=[precedent.pk])
        client = client_of(bakar)
        assert client.get(url).status_code == 200
        assert client.post(url, {"reason": ""}).status_code == 422
        client.post(url, {"reason": "Silibus baharu."})
        precedent.refresh_from_db()
        assert not precedent.active
        assert client_of(nathan).get(url).status_code == 403
        assert client_of(devi).get(url).status_code == 404

    def test_it_is_exported(self, precedent, bakar):
        answer = client_of(bakar).get(reverse("matching:precedents"), {"form": "csv"})
        assert "Kohort 2024" in b"".join(answer.streaming_content).decode("utf-8-sig")
