"""The policy pages: every route answers in both languages, and says what the pack says."""

import html
import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from portal.packs import packs
from tauliah.policy.pack import Pack

PACKS = sorted(packs())
LANGUAGES = ("ms", "en")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, client: Client) -> str:
    client.cookies["language"] = request.param
    return request.param


def text(client: Client, address: str) -> str:
    """The page's visible words, on one line."""
    response = client.get(address)
    assert response.status_code == 200, address
    body = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def one_line(words: str) -> str:
    return " ".join(words.split())


def test_lists_every_pack_with_its_counts_and_versions(client: Client, language: str):
    page = text(client, reverse("policies:list"))

    for pack in packs().values():
        assert one_line(pack.title.in_language(language)) in page
        assert one_line(pack.institution.in_language(language)) in page
        assert f"{len(pack.clauses)} {'perkara' if language == 'ms' else 'clauses'}" in page
        assert str(pack.versions[-1].year) in page


@pytest.mark.parametrize("name", PACKS)
def test_shows_a_pack_with_all_that_it_holds(client: Client, language: str, name: str):
    pack = packs()[name]

    page = text(client, reverse("policies:pack", args=[name]))

    expected = [pack.purpose, *(source.title for source in pack.sources)]
    expected += [d.reading for d in pack.discrepancies] + [p.label for p in pack.parameters.values()]
    expected += [b.label for group in (pack.rules, pack.limits, pack.conditions) for b in group.values()]
    expected += [clause.text for clause in pack.clauses.values()]
    assert [t for t in expected if one_line(t.in_language(language)) not in page] == []


@pytest.mark.parametrize("name", PACKS)
def test_every_clause_has_a_page_with_its_own_words(client: Client, language: str, name: str):
    pack = packs()[name]
    for clause in pack.clauses.values():
        page = text(client, reverse("policies:clause", args=[name, clause.id]))

        assert one_line(clause.text.in_language(language)) in page
        assert one_line(clause.wording or "") in page


@pytest.mark.parametrize("name", PACKS)
def test_every_parameter_has_a_page_with_every_date(client: Client, language: str, name: str):
    pack = packs()[name]
    for parameter in pack.parameters.values():
        page = text(client, reverse("policies:parameter", args=[name, parameter.name]))

        assert one_line(parameter.label.in_language(language)) in page
        assert all(f"{day.day} " in page and str(day.year) in page for day, _rows in parameter.history)


@pytest.mark.parametrize("name", PACKS)
def test_every_link_of_a_pack_page_leads_somewhere(client: Client, name: str):
    body = client.get(reverse("policies:pack", args=[name])).content.decode()
    addresses = {html.unescape(a).partition("#")[0] for a in re.findall(r'href="(/policies/[^"]*)"', body)}

    assert [address for address in addresses if client.get(address).status_code != 200] == []


@pytest.mark.parametrize("name", PACKS)
def test_anchors_are_unique_and_can_be_reached(client: Client, name: str):
    body = client.get(reverse("policies:pack", args=[name])).content.decode()

    ids = re.findall(r'\sid="([^"]*)"', body)
    wanted = re.findall(r'href="#([^"]*)"', body)

    assert len(ids) == len(set(ids))
    assert set(wanted) <= set(ids)
    assert not any(re.search(r"\s", each) for each in ids)


def with_two_dates() -> list[tuple[Pack, str]]:
    return [(p, q.name) for p in packs().values() for q in p.parameters.values() if len(q.history) > 1]


def test_a_value_with_two_dates_has_a_picture_that_says_the_same_in_words(client: Client):
    pack, name = with_two_dates()[0]

    body = client.get(reverse("policies:parameter", args=[pack.name, name])).content.decode()

    picture = body.partition("<main")[2].partition("<svg viewBox")[2].partition("</svg>")[0]
    title = picture.partition("<title")[2].partition("</title>")[0]
    assert picture.count("<rect") == len(pack.parameters[name].history)
    assert all(str(day.year) in title for day, _rows in pack.parameters[name].history)
    assert "style=" not in picture


def test_a_value_with_one_date_needs_no_picture(client: Client):
    body = client.get("/policies/uthm/parameters/minimum_grade/").content.decode()

    assert "<svg viewBox" not in body.partition("<main")[2]


def test_what_changed_between_versions_is_told(client: Client):
    page = text(client, "/policies/mqa/")

    assert "23 Mei 2016" in page
    assert "Sebelum" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "gred minimum c+"}, {"5(a)(i)"}),
        ({"q": "GRED   Minimum   C+ prasiswazah"}, {"5(a)(i)"}),
        ({"q": "5(a)(ii)"}, {"5(a)(ii)"}),
        ({"name": "currency"}, {c.id for c in packs()["uthm"].clauses.values() if "currency" in c.names}),
        ({"force": "should"}, {c.id for c in packs()["uthm"].clauses.values() if c.force == "should"}),
        ({"actor": "senate"}, {c.id for c in packs()["uthm"].clauses.values() if c.actor == "senate"}),
        ({"q": "tiada-perkataan-ini"}, set()),
    ],
)
def test_search_and_filters_find_clauses(client: Client, query: dict[str, str], expected: set[str]):
    body = client.get("/policies/uthm/", query).content.decode()

    found = re.findall(r'<a class="clause" href="[^"]*">([^<]*)</a>\s*<div>', body)
    assert expected <= set(found)
    assert len(found) <= max(len(expected), 3)


def test_a_search_while_typing_answers_with_the_clauses_alone(client: Client):
    headers = {"HX-Request": "true", "HX-Target": "clauses-found"}
    response = client.get("/policies/uthm/", {"q": "gred"}, headers=headers)

    assert b"<html" not in response.content
    assert b'hx-swap-oob="true"' in response.content
    assert "HX-Target" in response.headers["Vary"]


def test_what_is_searched_for_stays_in_the_form_and_is_never_markup(client: Client):
    body = client.get("/policies/uthm/", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in body
    assert 'value="&quot;&gt;&lt;script&gt;' in body


@pytest.mark.parametrize(
    "address",
    [
        "/policies/nowhere/",
        "/policies/uthm/clauses/99(z)/",
        "/policies/uthm/parameters/nothing/",
        "/policies/nowhere/clauses/1/",
        "/policies/nowhere/parameters/minimum_grade/",
        "/policies/uthm/clauses/" + quote("../../settings") + "/",
    ],
)
def test_an_unknown_address_is_a_page_of_the_portal(client: Client, address: str):
    response = client.get(address)

    assert response.status_code == 404
    assert b'class="brand"' in response.content


@pytest.mark.parametrize("address", ["/policies/", "/policies/uthm/", "/policies/uthm/clauses/1/"])
def test_pages_are_read_only(client: Client, address: str):
    assert Client().post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_a_clause_page_leads_to_its_neighbours(client: Client):
    listed = list(packs()["uthm"].clauses)
    position = listed.index("5(a)(i)")

    body = client.get("/policies/uthm/clauses/5(a)(i)/").content.decode()

    assert f'rel="prev" href="{reverse("policies:clause", args=["uthm", listed[position - 1]])}"' in body
    assert f'rel="next" href="{reverse("policies:clause", args=["uthm", listed[position + 1]])}"' in body
