"""The register of transfers, the audit of decisions, samples, compliance, and the process drawn."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.portal.applications.stories import again, recommended, submitted
from tests.portal.cast import client_of

from portal.applications.actions.auditing import drawn_from
from portal.applications.actions.deciding import Verdict, confirmed, decide
from portal.applications.models import Application, Audit, Decision, Finding, TranscriptEntry
from portal.applications.recomputing import differences
from portal.packs import packs
from portal.records.models import Entry
from tauliah.evaluate import evaluate
from tauliah.files.cases import read_case_text

pytestmark = pytest.mark.django_db


def page(route, *numbers):
    return reverse(f"applications:{route}", args=numbers)


def text_of(response):
    return response.content.decode()


def exported_text(response):
    return b"".join(response.streaming_content).decode("utf-8-sig")


def decided(aminah, bakar, halimah, *, override=False, claims=2):
    """An application decided by the dean; the first claim against the recommendation, where asked."""
    application = recommended(aminah, bakar, claims=claims)
    verdicts = {claim.pk: confirmed(claim) for claim in application.claims.all()}
    if override:
        first = application.claims.first()
        verdicts[first.pk] = Verdict("refused", reason="Makmal tidak diliputi.")
    decide(halimah, application, "decision", verdicts, version=application.version)
    return again(application)


@pytest.fixture
def kept(aminah, bakar, halimah):
    return decided(aminah, bakar, halimah)


@pytest.fixture
def overridden(aminah, bakar, halimah):
    return decided(aminah, bakar, halimah, override=True)


def override_of(application):
    return Decision.objects.get(claim__application=application, stage="decision", overrides=True)


class TestTheRegisterOfTransfers:
    def test_by_faculty_with_what_was_earned(self, kept, kumar):
        answer = client_of(kumar).get(page("register"))
        assert "Aminah binti Yusof" in text_of(answer)
        assert answer.context["by_faculty"][0]["transfers"] == 2

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"words": "BIT11003"}, 1),
            ({"basis": "mooc"}, 0),
            ({"state": "cancelled"}, 0),
            ({"faculty": "x"}, 2),
            ({"award": "exemption"}, 0),
        ],
    )
    def test_the_filters(self, kept, kumar, query, found):
        assert len(client_of(kumar).get(page("register"), query).context["page"].object_list) == found

    def test_it_is_exported(self, kept, kumar):
        assert "Politeknik Merlimau" in exported_text(client_of(kumar).get(page("register"), {"form": "csv"}))

    def test_other_faculties_and_universities_see_their_own(self, kept, wahid, vimala, aminah):
        for other in (wahid, vimala):
            assert not client_of(other).get(page("register")).context["page"].object_list
        assert client_of(aminah).get(page("register")).status_code == 403

    def test_more_rows_cost_no_more_queries(self, kept, kumar, django_assert_max_num_queries):
        client = client_of(kumar)
        with django_assert_max_num_queries(18) as few:
            client.get(page("register"))
        one = TranscriptEntry.objects.first()
        for number in range(10):
            claim = one.claim
            claim.pk, claim.position = None, 10 + number
            claim.save()
            TranscriptEntry.objects.create(
                student=one.student, claim=claim, course=one.course, award=one.award, term=one.term, credits=3
            )
        with django_assert_max_num_queries(len(few)):
            client.get(page("register"))


class TestTheAuditOfDecisions:
    def test_an_override_is_found_and_traced(self, overridden, nathan):
        client = client_of(nathan)
        answer = client.get(page("audit"), {"overrides": "yes"})
        assert [decision.reason for decision, _f in answer.context["rows"]] == ["Makmal tidak diliputi."]
        shown = text_of(client.get(page("trace", override_of(overridden).pk)))
        for words in ("Makmal tidak diliputi.", "Halimah", "berbeza", "Gred"):
            assert words in shown

    def test_its_case_runs_again_to_the_same_bytes(self, kept, nathan):
        decision = Decision.objects.filter(stage="decision").first()
        answer = client_of(nathan).get(page("trace", decision.pk), {"recompute": "1"})
        assert answer.context["recomputed"].same
        assert answer.context["checks_hold"]
        assert "bait yang sama" in text_of(answer).lower()

    def test_or_it_says_what_changed(self, kept, nathan):
        kept.result["claims"][0]["checks"][0]["outcome"] = "fail"
        kept.save()
        decision = Decision.objects.filter(stage="decision").first()
        answer = client_of(nathan).get(page("trace", decision.pk), {"recompute": "1"})
        assert [change.where for change in answer.context["recomputed"].changes] == [
            "claims[0].checks[0].outcome"
        ]

    def test_or_that_the_case_is_refused_today(self, kept, nathan):
        kept.case["claims"][0]["basis"] = "rumour"
        kept.save()
        decision = Decision.objects.filter(stage="decision").first()
        answer = client_of(nathan).get(page("trace", decision.pk), {"recompute": "1"})
        assert answer.context["recomputed"].problems
        assert not answer.context["recomputed"].same

    def test_its_case_is_taken_along(self, kept, nathan):
        decision = Decision.objects.filter(stage="decision").first()
        client = client_of(nathan)
        sent = client.get(page("trace_file", decision.pk, "case.yaml"))
        assert evaluate(read_case_text(sent.content), packs()) == kept.result
        assert client.get(page("trace_file", decision.pk, "result.json")).json() == kept.result
        assert client.get(page("trace_file", decision.pk, "passwords")).status_code == 404

    def test_strangers_find_nothing(self, kept, vimala, wahid, aminah):
        decision = Decision.objects.first()
        for stranger in (vimala, wahid):
            assert client_of(stranger).get(page("trace", decision.pk)).status_code == 404
            file = page("trace_file", decision.pk, "case.yaml")
            assert client_of(stranger).get(file).status_code == 404
        assert client_of(aminah).get(page("trace", decision.pk)).status_code == 403

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"stage": "decision"}, 2),
            ({"stage": "recommendation"}, 2),
            ({"outcome": "refused"}, 0),
            ({"until": "2020-01-01"}, 0),
            ({"since": "yesterday"}, 4),
            ({"words": "halimah"}, 2),
            ({"finding": "breach"}, 0),
        ],
    )
    def test_the_filters(self, kept, nathan, query, found):
        assert len(client_of(nathan).get(page("audit"), query).context["rows"]) == found

    def test_it_is_exported(self, overridden, nathan):
        sent = exported_text(client_of(nathan).get(page("audit"), {"form": "csv", "overrides": "yes"}))
        assert "Makmal tidak diliputi." in sent

    def test_more_rows_cost_no_more_queries(self, kept, nathan, django_assert_max_num_queries):
        client = client_of(nathan)
        with django_assert_max_num_queries(16) as few:
            client.get(page("audit"))
        one = Decision.objects.first()
        for _ in range(15):
            one.pk = None
            one.save()
        with django_assert_max_num_queries(len(few)):
            client.get(page("audit"))


class TestFindings:
    def test_an_auditor_records_one(self, overridden, nathan):
        decision = override_of(overridden)
        sent = {"result": "breach", "text": "Sebab tidak merujuk klausa."}
        assert client_of(nathan).post(page("trace", decision.pk), sent).status_code == 302
        assert Finding.objects.get().text == "Sebab tidak merujuk klausa."
        assert Entry.objects.filter(action="applications.record_finding").count() == 1

    def test_a_breach_is_described(self, overridden, nathan):
        answer = client_of(nathan).post(page("trace", override_of(overridden).pk), {"result": "breach"})
        assert answer.status_code == 422
        assert not Finding.objects.exists()

    def test_nobody_else_does(self, overridden, halimah, osman, kumar):
        decision = override_of(overridden)
        for other in (halimah, osman, kumar):
            client = client_of(other)
            assert client.get(page("trace", decision.pk)).status_code == 200
            assert client.post(page("trace", decision.pk), {"result": "conforms"}).status_code == 403

    def test_auditors_change_nothing_else(self, overridden, nathan):
        client = client_of(nathan)
        for route in ("checking", "asking", "looking", "ask_experts", "use_precedent"):
            assert client.post(page(route, overridden.pk), {"version": overridden.version}).status_code == 403


class TestSamples:
    def sent(self, **more):
        today = timezone.localdate()
        return {
            "since": (today - timedelta(days=9)).isoformat(),
            "until": today.isoformat(),
            "size": 1,
        } | more

    def test_a_sample_is_drawn_judged_and_closed(self, kept, nathan):
        client = client_of(nathan)
        answer = client.post(page("samples"), self.sent())
        audit = Audit.objects.get()
        assert answer.url == page("sample", audit.pk)
        drawn = audit.decisions.get()
        assert client.post(answer.url, {"conclusion": "Baik."}).status_code == 422
        back = client.post(page("trace", drawn.pk), {"result": "conforms", "text": ""})
        assert back.url == answer.url
        assert client.post(answer.url, {"conclusion": "Baik."}).status_code == 302
        audit.refresh_from_db()
        assert (audit.conclusion, audit.closed_at is not None) == ("Baik.", True)

    def test_anybody_draws_the_same_sample_again(self, kept, nathan):
        client_of(nathan).post(page("samples"), self.sent())
        audit = Audit.objects.get()
        numbers = list(Decision.objects.filter(stage="decision").values_list("pk", flat=True))
        assert drawn_from(numbers, audit.seed, 1) == [audit.decisions.get().pk]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"size": 0},
            {"size": 1000},
            {"since": ""},
            {"until": "2020-01-01"},
            {"since": "2030-01-01", "until": "2030-02-01"},
        ],
    )
    def test_what_cannot_be_drawn_is_told(self, kept, nathan, wrong):
        assert client_of(nathan).post(page("samples"), self.sent(**wrong)).status_code == 422
        assert not Audit.objects.exists()

    def test_a_dean_reads_the_facultys_and_opens_none(self, kept, nathan, halimah, wahid, vimala):
        client_of(nathan).post(page("samples"), self.sent(faculty=kept.faculty_id))
        audit = Audit.objects.get()
        dean = client_of(halimah)
        assert dean.get(page("sample", audit.pk)).status_code == 200
        assert dean.post(page("samples"), self.sent()).status_code == 403
        assert dean.post(page("sample", audit.pk), {"conclusion": "x"}).status_code == 403
        assert client_of(wahid).get(page("sample", audit.pk)).status_code == 403
        assert client_of(vimala).get(page("sample", audit.pk)).status_code == 404

    def test_it_is_exported(self, kept, nathan):
        client_of(nathan).post(page("samples"), self.sent(size=5))
        sent = client_of(nathan).get(page("sample", Audit.objects.get().pk), {"form": "csv"})
        assert kept.reference in exported_text(sent)


class TestCompliance:
    def test_overrides_are_counted_by_faculty(self, overridden, nathan):
        answer = client_of(nathan).get(page("compliance"))
        share = answer.context["shares"][0]
        assert (share.faculty, share.decided, share.overrides, share.percent) == ("FSKTM", 2, 1, 50)
        assert "Makmal tidak diliputi." in text_of(answer)

    def test_what_stood_too_long_is_named(self, aminah, bakar, nathan):
        application = submitted(aminah)
        Entry.objects.filter(action="applications.submit").update(at=timezone.now() - timedelta(days=9))
        answer = client_of(nathan).get(page("compliance"))
        late = answer.context["late"][0]
        assert (late.application, late.state.name, late.days_over) == (application, "document_check", 4)

    def test_what_kept_to_its_days_is_not(self, kept, nathan):
        assert client_of(nathan).get(page("compliance")).context["late"] == []

    def test_equal_courses_decided_differently_are_set_side_by_side(
        self, overridden, nathan, zain, bakar, halimah
    ):
        other = decided(zain, bakar, halimah, claims=1)
        first = overridden.claims.first()
        claim = other.claims.get()
        claim.target = first.target
        claim.save()
        claim.sources.update(code=first.sources.get().code.lower())
        answer = client_of(nathan).get(page("compliance"))
        group = answer.context["differing"][0]
        assert {decision.claim_id for decision in group.decisions} == {first.pk, claim.pk}
        assert answer.context["differing_count"] == 1

    @pytest.mark.parametrize("name", ["overrides", "late", "differing"])
    def test_each_list_is_exported(self, overridden, nathan, name):
        sent = client_of(nathan).get(page("compliance"), {"form": "csv", "list": name})
        assert exported_text(sent)

    def test_a_dean_sees_the_own_faculty_and_others_nothing(self, overridden, halimah, rashid, bakar, aminah):
        assert client_of(halimah).get(page("compliance")).context["override_count"] == 1
        assert client_of(rashid).get(page("compliance")).context["override_count"] == 0
        for other in (bakar, aminah):
            assert client_of(other).get(page("compliance")).status_code == 403


class TestTheProcess:
    def test_it_is_drawn_with_its_steps_in_words(self, aminah):
        shown = text_of(client_of(aminah).get(page("process", "utm")))
        assert '<svg xmlns="http://www.w3.org/2000/svg" class="process"' in shown
        assert "Terima dokumen" in shown
        assert shown.count('class="state') > 8

    def test_where_an_application_stands_is_marked(self, aminah, bakar):
        application = submitted(aminah)
        for who in (aminah, bakar):
            shown = client_of(who).get(page("process", "uthm"), {"application": application.pk})
            assert 'class="state current"' in text_of(shown)
            assert 'aria-current="step"' in text_of(shown)

    def test_a_strangers_application_is_not_found(self, aminah, devi):
        application = submitted(aminah)
        answer = client_of(devi).get(page("process", "uthm"), {"application": application.pk})
        assert answer.status_code == 404

    def test_an_unknown_policy_is_not_found_and_visitors_log_in(self, aminah, client):
        assert client_of(aminah).get(page("process", "nowhere")).status_code == 404
        assert client.get(page("process", "uthm")).status_code == 302

    def test_the_file_leads_there(self, aminah, bakar):
        application = submitted(aminah)
        assert page("process", "uthm") in text_of(client_of(bakar).get(page("file", application.pk)))


def test_differences_name_each_place():
    found = list(differences({"a": [1, {"b": 2}], "c": 3}, {"a": [1, {"b": 4}], "d": 5}, ""))

    assert [(each.where, each.kept, each.now) for each in found] == [
        ("a[1].b", "2", "4"),
        ("c", "3", ""),
        ("d", "", "5"),
    ]


def test_the_cast_has_no_draft_in_the_compliance_report(aminah, nathan):
    Application.objects.all().delete()

    assert client_of(nathan).get(page("compliance")).context["shares"] == []


def test_a_policys_page_leads_those_who_are_logged_in_to_its_process(aminah, client):
    address = reverse("policies:pack", args=["uthm"])

    assert page("process", "uthm") in text_of(client_of(aminah).get(address))
    assert page("process", "uthm") not in text_of(client.get(address))
