"""The public catalogue: found by words and choices, read without logging in, linked data, sitemap, feed."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from rdflib.namespace import SDO
from tests.portal import cast
from tests.portal.offerings import stories
from tests.portal.offerings.courses import course

from portal.accounts.models import Appointment
from portal.institutions.models import Institution
from portal.offerings import stacks
from portal.offerings.actions.keeping import keep_guide
from portal.offerings.catalogue import Wanted, found
from portal.offerings.models import Offering
from portal.offerings.overview import Overview, deed_of
from portal.offerings.structured import ctdl_of, schema_of
from portal.proposals.models import Proposal

pytestmark = pytest.mark.django_db


def offered(proposal: Proposal, **fields: Any) -> Offering:
    return stories.offering(proposal.institution.code, proposal, **fields)


def names(**wanted: str) -> list[str]:
    return [each.code for each in found(Wanted(**wanted))]


# --- Finding --------------------------------------------------------------------------------------


def test_only_registered_courses_stand_in_the_catalogue() -> None:
    there = course()
    course(state="senate")

    assert names() == [there.code]


@pytest.mark.parametrize(
    ("word", "finds"),
    [
        ("sensor", True),
        ("SENSORS", True),
        ("unimas", True),
        ("sarawak", True),
        ("Internet of Things", True),
        ("asas benda", True),
        ("kimia", False),
        ("100%", False),
        ("'; drop table", False),
    ],
)
def test_words_are_looked_for_in_both_languages(word: str, finds: bool) -> None:
    there = course()

    assert names(q=word) == ([there.code] if finds else [])


@pytest.mark.parametrize(
    ("choice", "value", "finds"),
    [
        ("institution", "unimas", "MC001"),
        ("institution", "UTM", "MC002"),
        ("kind", "mooc", "MC002"),
        ("level", "master", "MC002"),
        ("level", "bachelor", "MC001"),
        ("delivery", "odl", "MC001"),
        ("mode", "self_paced", "MC002"),
        ("fee", "free", "MC001"),
        ("fee", "paid", "MC002"),
        ("language", "zh", "MC002"),
        ("language", "ms", "MC001"),
        ("field", "Kejuruteraan", "MC002"),
        ("starts", "soon", "MC001"),
        ("kind", "nonsense", ""),
        ("language", '"', ""),
    ],
)
def test_the_catalogue_is_narrowed_down(choice: str, value: str, finds: str) -> None:
    offered(course())
    other = course("UTM", kind="mooc", level="master", delivery="blended", languages=["zh"])
    other.content["field_name"] = "Kejuruteraan"
    other.save()
    later = timezone.localdate() + timedelta(days=200)
    offered(other, mode="self_paced", fee=Decimal(90), starts_on=later, ends_on=None, final_due_on=None)

    assert names(**{choice: value}) == ([finds] if finds else [])


def test_the_language_of_the_certificate_counts_where_the_proposal_names_none() -> None:
    certified = stories.registered()
    assert certified.achievement
    certified.achievement.instruction = ["ta"]
    certified.achievement.save()

    assert (names(language="ta"), names(language="zh")) == ([certified.code], [])


def test_what_is_open_and_begins_next_stands_first() -> None:
    today = timezone.localdate()
    without, later, next_one, closed = course(), course(), course(), course()
    offered(later, starts_on=today + timedelta(days=40), ends_on=today + timedelta(days=90))
    offered(next_one, starts_on=today + timedelta(days=20), ends_on=today + timedelta(days=90))
    offered(closed, starts_on=today + timedelta(days=1), enrols_until=today - timedelta(days=1))

    assert names() == [next_one.code, later.code, closed.code, without.code]
    assert names(starts="open") == [next_one.code, later.code]


def test_an_offering_that_ended_or_was_cancelled_is_none() -> None:
    there = course()
    offered(there, state="cancelled")
    offered(there, state="running", starts_on=timezone.localdate() - timedelta(days=90), ends_on=timezone.localdate() - timedelta(days=1))  # fmt: skip

    assert names(fee="free") == []
    assert Overview(there).current == []


# --- Pages ----------------------------------------------------------------------------------------


def test_anybody_looks_around_in_both_languages(malay: Client, english: Client) -> None:
    offered(course())

    assert "Cari kursus" in malay.get("/learn/").content.decode()
    page = english.get("/learn/?q=sensors").content.decode()
    assert "Fundamentals of the Internet of Things" in page
    assert "Open for enrolment" in page


def test_the_list_comes_page_by_page(malay: Client) -> None:
    for _number in range(14):
        course()

    first = malay.get("/learn/").content.decode()
    second = malay.get("/learn/?page=2").content.decode()

    assert (first.count('learn-card"'), second.count('learn-card"')) == (12, 2)
    assert malay.get("/learn/?page=nonsense").status_code == 200


def test_the_overview_has_what_the_guidelines_ask_for(malay: Client) -> None:
    there = course()
    offering = offered(
        there, platform="eLEAP", most_learners=40, requirements=[{"ms": "Berumur 18 tahun", "en": "18 years old"}]
    )  # fmt: skip

    page = malay.get(f"/learn/offerings/{offering.pk}/").content.decode()

    for words in (
        "Silibus dan struktur",
        "Unit 1",
        "Topik 1",
        "Menerangkan seni bina IoT.",
        "120 jam",
        "Asas pengaturcaraan.",
        "Bermula",
        "eLEAP",
        "Tiga jam seminggu.",
        "modul pengenalan",
        "Laila binti Bujang",
        "Tempoh tetap",
        "100 %",
        "Berumur 18 tahun",
        "Netiket",
        "CC BY-NC-SA 4.0",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
        "hak milik Universiti Malaysia Sarawak",
        "Akta Hak Cipta 1987",
        "tindakan tatatertib",
        "Tiada bahan pihak ketiga.",
        "sijil APEL.A",
        "Tidak diiktiraf oleh badan profesional.",
        "Jaminan kualiti",
        f"/offerings/{offering.pk}/enrol/",
    ):
        assert words in page, words


def test_a_course_verified_by_mqa_is_shown_as_such(malay: Client) -> None:
    there = course(quality_verified_on=timezone.localdate())

    assert "Kualiti disahkan oleh MQA" in malay.get("/learn/").content.decode()
    assert "MQA telah menilai" in malay.get(f"/learn/{there.pk}/").content.decode()


def test_the_page_of_a_course_leads_to_each_of_its_dates(malay: Client) -> None:
    there = course()
    dear = offered(there, cohort="Kohort 1", fee=Decimal(120))
    full = offered(there, cohort="Kohort 2", fee=Decimal(0), most_learners=0)

    page = malay.get(f"/learn/{there.pk}/").content.decode()
    dates = dict(re.findall(r'href="/learn/offerings/(\d+)/"(.*?)</a>', page, re.DOTALL))

    assert dates.keys() == {str(dear.pk), str(full.pk)}
    assert "RM120.00" in dates[str(dear.pk)].replace(" ", "").replace("\xa0", "")
    assert "Dibuka untuk pendaftaran" in dates[str(dear.pk)]
    assert "senarai menunggu" in dates[str(full.pk)]


@pytest.mark.parametrize("state", ["draft", "readiness", "approved", "cancelled"])
def test_what_is_not_announced_is_not_found(malay: Client, state: str) -> None:
    assert malay.get(f"/learn/offerings/{offered(course(), state=state).pk}/").status_code == 404


def test_a_course_on_its_way_is_not_found(malay: Client) -> None:
    there = course(state="development")

    for page in ("", "course.jsonld", "ctdl.jsonld", "brochure.pdf"):
        assert malay.get(f"/learn/{there.pk}/{page}").status_code == 404


def test_a_full_class_has_a_waiting_list_and_a_closed_one_says_so(malay: Client) -> None:
    full = stories.running_offering(learners=2, most_learners=2, proposal=course())
    closed = offered(course(), enrols_until=timezone.localdate() - timedelta(days=1))

    assert "Sertai senarai menunggu" in malay.get(f"/learn/offerings/{full.pk}/").content.decode()
    page = malay.get(f"/learn/offerings/{closed.pk}/").content.decode()
    assert f"/offerings/{closed.pk}/enrol/" not in page
    assert "Pendaftaran telah ditutup" in page


def test_no_text_of_a_course_leaves_its_place(malay: Client) -> None:
    nasty = "</script><script>alert(1)</script>"
    there = course(synopsis_ms=nasty, name_ms=nasty)

    page = malay.get(f"/learn/{there.pk}/").content.decode()

    assert nasty not in page
    assert linked(page)["description"] == nasty


def linked(page: str) -> Any:
    found_there = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found_there
    return json.loads(found_there[1])


def test_what_it_stacks_to_is_asked_of_those_who_know(malay: Client, monkeypatch: Any) -> None:
    there = course()
    asked: list[Proposal] = []

    def source(proposal: Proposal) -> list[Any]:
        asked.append(proposal)
        return []

    monkeypatch.setattr(stacks, "SOURCES", [source])
    malay.get(f"/learn/{there.pk}/")

    assert asked == [there]


def test_the_page_names_the_qualification_the_credits_and_the_clause(
    malay: Client, unimas: Institution
) -> None:
    programme = cast.programme(unimas)
    there = stories.registered()

    page = malay.get(f"/learn/{there.pk}/").content.decode()

    assert "Kelayakan yang boleh dicapai" in page
    assert programme.name in page
    assert "/policies/unimas/" in page


@pytest.mark.parametrize(
    ("licence", "deed"),
    [
        ("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("CC BY 3.0", "https://creativecommons.org/licenses/by/3.0/"),
        ("CC BY-NC-SA", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("Hak cipta terpelihara", ""),
        ("CC", ""),
        ("", ""),
    ],
)
def test_a_licence_leads_to_its_deed(licence: str, deed: str) -> None:
    assert deed_of(licence) == deed


# --- Guidance, brochure, feed ---------------------------------------------------------------------


def test_guidance_is_open_and_carries_version_and_day(
    malay: Client, salleh: Appointment, unimas: Institution
) -> None:
    assert "Hormati orang lain" in malay.get("/learn/guides/unimas/netiquette/").content.decode()

    browser = cast.client_of(salleh)
    for text in ("# Sopan\n\nSatu.", "# Sopan\n\n<script>x</script> **Dua.**"):
        browser.post("/offerings/guides/netiquette/", {"text_ms": text, "text_en": ""})

    page = malay.get("/learn/guides/unimas/netiquette/").content.decode()
    assert "<strong>Dua.</strong>" in page
    assert "<script>x" not in page
    assert "versi 2 bertarikh" in page
    assert unimas.guides.count() == 2


def test_the_same_text_is_no_new_version(salleh: Appointment, unimas: Institution) -> None:
    first = keep_guide(salleh, "terms", "Satu", "One")

    assert keep_guide(salleh, "terms", "Satu", "One") == first
    assert unimas.guides.count() == 1


def test_a_brochure_is_printed_in_the_language_of_the_page(malay: Client, english: Client) -> None:
    there = course()
    offered(there)

    answers = [browser.get(f"/learn/{there.pk}/brochure.pdf") for browser in (malay, english)]

    assert all(answer.content.startswith(b"%PDF-") for answer in answers)
    assert answers[0].content != answers[1].content


def test_the_sitemap_lists_the_courses(malay: Client) -> None:
    there = course()
    course(state="draft")

    root = ET.fromstring(malay.get("/learn/sitemap.xml").content)

    places = [each.text for each in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert places == [f"http://127.0.0.1:8000/learn/{there.pk}/"]


def test_the_feed_names_what_was_announced_last(malay: Client) -> None:
    offering = offered(course())
    offered(course(), state="draft")

    root = ET.fromstring(malay.get("/learn/feed.xml").content)

    atom = "{http://www.w3.org/2005/Atom}"
    titles = [each.findtext(f"{atom}title") for each in root.iter(f"{atom}entry")]
    assert titles == [f"Asas Internet Benda ({offering.cohort}), Universiti Malaysia Sarawak"]


# --- Linked data ----------------------------------------------------------------------------------


def test_schema_org_has_what_search_engines_ask_of_a_course(english: Client) -> None:
    there = course()
    offering = offered(there, fee=Decimal(120), most_learners=40)

    answer = english.get(f"/learn/{there.pk}/course.jsonld")
    told = answer.json()

    assert answer["Content-Type"].startswith("application/ld+json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (told["@type"], told["name"], told["courseCode"]) == (
        "Course",
        "Fundamentals of the Internet of Things",
        there.code,
    )
    assert told["timeRequired"] == "PT120H"
    assert told["numberOfCredits"] == 3
    assert told["provider"]["name"] == "Universiti Malaysia Sarawak"
    assert told["offers"][0] | {"url": ""} == {
        "@type": "Offer",
        "category": "Paid",
        "price": "120.00",
        "priceCurrency": "MYR",
        "url": "",
    }
    instance = told["hasCourseInstance"][0]
    assert instance["startDate"] == str(offering.starts_on)
    assert (instance["courseMode"], instance["courseWorkload"]) == ("online", "PT120H")
    assert told["educationalCredentialAwarded"]["@type"] == "EducationalOccupationalCredential"


def test_ctdl_names_course_owner_and_offering_and_they_point_to_each_other() -> None:
    there = course()
    offering = offered(there)

    graph = ctdl_of(Overview(there))["@graph"]

    described = {each["@type"]: each for each in graph}
    assert set(described) == {"ceterms:Course", "ceterms:CredentialOrganization", "ceterms:ScheduledOffering"}
    one = described["ceterms:Course"]
    assert one["ceterms:name"] == {"ms": there.name_ms, "en": there.name_en}
    assert one["ceterms:description"]["ms"].startswith("Peranti")
    assert re.fullmatch(r"ce-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one["ceterms:ctid"])
    assert one["ceterms:offeredBy"] == [described["ceterms:CredentialOrganization"]["@id"]]
    assert one["ceterms:hasOffering"] == [described["ceterms:ScheduledOffering"]["@id"]]
    assert str(offering.pk) in described["ceterms:ScheduledOffering"]["@id"]


@pytest.mark.parametrize(("language", "words"), [("ms", "Menerangkan"), ("en", "Explain")])
def test_words_in_ctdl_bear_the_language_that_they_are_in(language: str, words: str) -> None:
    there = course()
    offered(there)

    with override(language):
        one = ctdl_of(Overview(there))["@graph"][0]

    ((tag, text),) = one["ceterms:teaches"][0]["ceterms:targetNodeName"].items()
    assert (tag, text.startswith(words)) == (language, True)
    assert one["ceterms:entryCondition"][0]["ceterms:condition"] == {language: ["Asas pengaturcaraan."]}
    assert one["ceterms:deliveryType"][0]["ceterms:targetNode"] == "deliveryType:OnlineOnly"


def test_free_is_what_every_current_offering_is(english: Client) -> None:
    there = course()
    assert "isAccessibleForFree" not in schema_of(Overview(there))
    offered(there)
    assert schema_of(Overview(there))["isAccessibleForFree"] is True
    offered(there, fee=Decimal(120))

    assert schema_of(Overview(Proposal.objects.get(pk=there.pk)))["isAccessibleForFree"] is False


def terms_of(value: Any) -> set[str]:
    """Every property and type that a document names."""
    if isinstance(value, list):
        return {term for each in value for term in terms_of(each)}
    if not isinstance(value, dict):
        return set()
    own = {name for name in value if not name.startswith("@")} | {value.get("@type", "")} - {""}
    return own | {term for each in value.values() for term in terms_of(each)}


NEWER = {"Syllabus", "courseSchedule", "syllabusSections"}
"""In schema.org since releases 14 and 15; rdflib's copy of the vocabulary is older."""


def test_every_term_stands_in_the_vocabulary_of_schema_org() -> None:
    there = course(quality_verified_on=timezone.localdate())
    offered(
        there,
        fee=Decimal(120),
        most_learners=40,
        place="Dewan",
        enrols_from=timezone.localdate(),
        enrols_until=timezone.localdate(),
    )

    named = terms_of(schema_of(Overview(there)))

    assert {"Course", "CourseInstance", "EducationalOccupationalCredential", "courseSchedule"} <= named
    assert {term for term in named - NEWER if term not in SDO} == set()


def test_a_description_never_holds_a_gap() -> None:
    bare = stories.registered(achievement=None, content={})

    told = json.dumps([schema_of(Overview(bare)), ctdl_of(Overview(bare))])

    assert "null" not in told
    assert '""' not in told
