"""The eligibility check: the form, its rows, its mistakes and its result, without JavaScript and with htmx."""

import hashlib
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.portal.conftest import Fields

from portal.cases.link import LONGEST, link_of
from portal.transfer.bridge import PAPER
from portal.transfer.example import example_entry

CHECK = "/transfer/check/"
Example = Callable[..., Fields]


def names(page: str) -> set[str]:
    """The names of a page's fields."""
    return set(re.findall(r'name="([^"]+)"', page))


def value_of(page: str, name: str) -> str:
    """What stands in a text field."""
    tag = re.search(rf'<input [^>]*name="{re.escape(name)}"[^>]*>', page)
    assert tag, f"no field {name}"
    value = re.search(r'value="([^"]*)"', tag[0])
    return unescape(value[1]) if value else ""


def chosen(page: str, name: str) -> str:
    """What is chosen in a select."""
    select = re.search(rf'<select [^>]*name="{re.escape(name)}".*?</select>', page, re.DOTALL)
    assert select, f"no choice {name}"
    option = re.search(r'<option value="([^"]*)" selected>', select[0])
    return option[1] if option else ""


def press(client: Client, fields: Fields, action: str, status: int = 200) -> str:
    """Press a button of the form and read the page that comes."""
    response = client.post(CHECK, fields | {"action": action})

    assert response.status_code == status
    return response.content.decode()


class TestForm:
    @pytest.mark.parametrize("address", ["/", CHECK, f"{CHECK}?example"])
    def test_it_works(self, malay: Client, address: str) -> None:
        page = malay.get(address).content.decode()

        assert {"policy", "programme.level", "claims[0].target.code", "claims[0].sources[0].grade"} <= names(
            page
        )

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_it_refuses_other_methods(self, malay: Client, method: str) -> None:
        assert getattr(malay, method)(CHECK).status_code == 405
        assert getattr(malay, method)("/").status_code == 405

    def test_it_starts_with_a_policy_its_institution_and_today(self, malay: Client) -> None:
        page = malay.get(CHECK).content.decode()

        assert chosen(page, "policy") == "uthm"
        assert value_of(page, "programme.institution") == "UTHM"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", value_of(page, "applied_on"))

    def test_it_guesses_nothing_about_the_student(self, malay: Client) -> None:
        page = malay.get(CHECK).content.decode()

        assert value_of(page, "student.semester") == ""
        assert {chosen(page, n) for n in ("student.status", "student.standing", "programme.mode")} == {""}

    @pytest.mark.parametrize("address", [CHECK, "/policies/"])
    def test_a_policy_is_told_by_its_institutions_short_name_first(self, malay: Client, address: str) -> None:
        page = malay.get(address).content.decode()

        assert re.search(r">UTHM: Garis Panduan Pindah Kredit", page)
        assert re.search(r">MQA: Soalan-Soalan Lazim", page)
        assert re.search(r">UMPSA: Garis panduan pelaksanaan micro-credentials UMP<", page)

    def test_it_asks_only_for_bases_that_the_policy_covers(self, malay: Client) -> None:
        page = malay.get(CHECK).content.decode()
        options = re.search(r'name="claims\[0\]\.basis".*?</select>', page, re.DOTALL)

        assert options
        assert 'value="apel_c"' in options[0]
        assert 'value=""' not in options[0]

    def test_the_institution_follows_the_policy_unless_another_was_typed(
        self, malay: Client, example: Example
    ) -> None:
        own = press(malay, example({"policy": "mqa"}), "refresh")
        other = press(
            malay, example({"policy": "mqa", "programme.institution": "Universiti Lain"}), "refresh"
        )

        assert value_of(own, "programme.institution") == ""
        assert value_of(other, "programme.institution") == "Universiti Lain"

    def test_a_basis_brings_its_own_questions(self, malay: Client, example: Example) -> None:
        page = press(malay, example({"claims[0].basis": "micro_credential"}), "refresh:claims[0].basis")

        assert "claims[0].sources[0].origin" in names(page)
        assert "claims[0].approved_beforehand" in names(page)
        assert "claims[0].sources[0].study" not in names(page)
        assert value_of(page, "claims[0].sources[0].code") == "DCC20053"

    def test_it_continues_where_another_answer_was_chosen(self, malay: Client, example: Example) -> None:
        page = press(malay, example(), "refresh:claims[2].basis")

        assert re.search(r'name="claims\[2\]\.basis"[^>]* autofocus', page)
        assert page.count(" autofocus") == 1

    def test_every_field_has_a_label(self, malay: Client) -> None:
        page = malay.get(f"{CHECK}?example").content.decode()
        asked = re.findall(r'<(?:input|select|textarea) [^>]*id="([^"]+)"', page)

        assert len(asked) > 60
        assert [i for i in asked if f'for="{i}"' not in page] == []

    def test_no_id_stands_twice(self, malay: Client, example: Example) -> None:
        page = press(malay, example(), "check")
        ids = re.findall(r' id="([^"]+)"', page)

        assert sorted(set(ids)) == sorted(ids)


class TestRows:
    """All of it without JavaScript: each press sends the whole form and gets the whole page."""

    def test_a_course_is_added_and_nothing_typed_is_lost(self, malay: Client, example: Example) -> None:
        page = press(malay, example({"claims[5].target.title": "<b>Ö</b>"}), "add_claim")

        assert value_of(page, "claims[6].target.code") == ""
        assert value_of(page, "claims[5].target.title") == "<b>Ö</b>"
        assert value_of(page, "claims[0].sources[1].title") == "Mekanik Struktur"

    def test_it_continues_at_what_was_added(self, malay: Client, example: Example) -> None:
        page = press(malay, example(), "add_claim")

        assert re.search(r'name="claims\[6\]\.target\.code"[^>]* autofocus', page)
        assert page.count(" autofocus") == 1

    @pytest.mark.parametrize(
        ("action", "gone", "stays"),
        [
            ("drop_claim:5", "claims[5].basis", "claims[4].basis"),
            ("drop_source:0:1", "claims[0].sources[1].code", "claims[0].sources[0].code"),
            ("drop_study:0", "prior_studies[0].level", "claims[5].basis"),
            ("drop_granted:0", "granted[0].credits", "claims[5].basis"),
        ],
    )
    def test_a_row_is_removed(
        self, malay: Client, example: Example, action: str, gone: str, stays: str
    ) -> None:
        page = press(malay, example(), action)

        assert gone not in names(page)
        assert stays in names(page)

    @pytest.mark.parametrize("action", ["drop_claim:5", "drop_source:0:1", "drop_study:0", "drop_granted:0"])
    def test_it_continues_near_what_was_removed(self, malay: Client, example: Example, action: str) -> None:
        assert press(malay, example(), action).count(" autofocus") == 1

    @pytest.mark.parametrize("action", ["add_study", "add_source:0", "add_granted"])
    def test_a_row_is_added(self, malay: Client, example: Example, action: str) -> None:
        before = names(malay.get(f"{CHECK}?example").content.decode())

        assert names(press(malay, example(), action)) > before

    @pytest.mark.parametrize("action", ["drop_claim:99", "drop_claim:x", "nonsense", "add_source:-1", ""])
    def test_a_press_that_makes_no_sense_changes_nothing(
        self, malay: Client, example: Example, action: str
    ) -> None:
        page = press(malay, example(), action)

        assert value_of(page, "claims[5].target.code") == "BFC32403"

    def test_starting_over_asks_first(self, malay: Client) -> None:
        page = malay.get(CHECK).content.decode()

        assert "Semua yang telah diisi akan hilang." in page
        assert f'href="{CHECK}">Ya, kosongkan borang' in page


class TestMistakes:
    @pytest.mark.parametrize(
        ("place", "typed", "said"),
        [
            ("programme.graduating_credits", "banyak", ("Hendaklah nombor.", "Must be a number.")),
            ("programme.graduating_credits", "", ("Maklumat ini wajib diisi.", "This is required.")),
            ("programme.level", "", ("Maklumat ini wajib diisi.", "This is required.")),
            ("claims[0].target.credits", "-3", ("Tidak boleh negatif.", "Must not be negative.")),
            ("claims[0].content_overlap", "120", ("Hendaklah nombor dari 0 hingga 100.", "from 0 to 100")),
            (
                "claims[0].content_overlap",
                "0.85",
                ("dimaksudkan 85 %? Masukkan peratus", "mean 85 %? Enter a"),
            ),
            ("claims[0].content_overlap", "0,9", ("dimaksudkan 90 %?", "Do you mean 90 %?")),
            ("claims[0].content_overlap", "1", ("dimaksudkan 100 %?", "Do you mean 100 %?")),
            (
                "prior_studies[0].level",
                "diplma",
                ("daripada: Asasi, Sijil", "one of: Foundation, Cert"),
            ),
            (
                "claims[0].graded",
                "true",
                ("Pilih Ya, Tidak atau Belum pasti.", "Choose Yes, No or Not known yet."),
            ),
            (
                "claims[0].sources[1].completed_on",
                "2027-01-01",
                ("tarikh permohonan", "after the application date"),
            ),
            ("claims[2].sources[0].study", "", ("Nyatakan pengajian terdahulu", "Name the prior study")),
            ("applied_on", "2025-02-30", ("tidak wujud", "no such day")),
            ("student.week", "dua", ("Hendaklah nombor", "Must be a number")),
        ],
    )
    def test_they_name_the_field_in_both_languages(
        self, clients: dict[str, Client], example: Example, place: str, typed: str, said: tuple[str, str]
    ) -> None:
        anchor = re.sub(r"[^a-z0-9_]+", "-", place)
        for client, words in zip(clients.values(), said, strict=True):
            page = press(client, example({place: typed}), "check", status=422)

            assert f'href="#{anchor}"' in page
            assert words in page
            assert re.search(rf'name="{re.escape(place)}"[^>]* aria-invalid="true"', page)
            assert f'id="{anchor}-error"' in page

    @pytest.mark.parametrize("typed", ["0", "0.85 %", "0.85%", "1.5"])
    def test_a_small_percentage_that_is_meant_is_taken(
        self, malay: Client, example: Example, typed: str
    ) -> None:
        assert "kredit diterima" in press(malay, example({"claims[0].content_overlap": typed}), "check")

    def test_nothing_typed_is_lost(self, malay: Client, example: Example) -> None:
        page = press(malay, example({"programme.graduating_credits": 'banyak "&<'}), "check", status=422)

        assert value_of(page, "programme.graduating_credits") == 'banyak "&<'
        assert value_of(page, "claims[3].sources[0].title") == "Hidraulik"

    def test_a_day_that_is_none_is_still_shown(self, malay: Client, example: Example) -> None:
        page = press(malay, example({"applied_on": "2025-02-30"}), "check", status=422)

        assert value_of(page, "applied_on") == "2025-02-30"

    def test_they_tell_which_course(self, malay: Client, example: Example) -> None:
        page = press(malay, example({"claims[2].target.credits": "x"}), "check", status=422)

        assert "<strong>Kursus 3: Kredit</strong>" in page

    def test_an_empty_form_tells_what_is_needed(self, malay: Client) -> None:
        page = press(malay, {}, "check", status=422)

        assert "perkara perlu dibetulkan" in page

    def test_each_leads_to_a_place_on_the_page(self, malay: Client, example: Example) -> None:
        wrong = {
            "granted[0].limits": ["nonsense"],
            "claims[1].basis": "sleep",
            "claims[2].sources[0].grade": "Z",
        }
        page = press(malay, example(wrong), "check", status=422)
        section = re.search(r'<section class="mistakes".*?</section>', page, re.DOTALL)

        assert section
        anchors = re.findall(r'href="#([^"]+)"', section[0])
        assert len(anchors) == 3
        assert [a for a in anchors if f' id="{a}"' not in page] == []


class TestResult:
    def test_it_says_what_is_accepted_and_why_not(self, malay: Client, example: Example) -> None:
        page = press(malay, example(), "check")

        assert "9 daripada 18 kredit diterima" in page
        assert "Sehingga 12 kredit" in page
        assert all(words in page for words in ("Layak", "Tidak layak", "Perlu bukti", "Melebihi had"))
        assert "Gred C; sekurang-kurangnya C+." in page
        assert "5(a)(i)" in page

    def test_it_is_in_english_for_who_chose_english(self, english: Client, example: Example) -> None:
        page = press(english, example(), "check")

        assert "9 of 18 credits accepted" in page
        assert "Grade C; at least C+" in page
        assert "Layak" not in page

    @pytest.mark.parametrize(
        ("basis", "said"), [("prior_study", "Kursus tanpa kod"), ("apel_c", "Pengalaman")]
    )
    def test_a_nameless_source_is_experience_for_apel_c_only(
        self, malay: Client, example: Example, basis: str, said: str
    ) -> None:
        nameless = {f"claims[1].sources[0].{key}": "" for key in ("code", "title", "institution")}
        page = press(malay, example({"claims[1].basis": basis, **nameless}), "check")

        assert re.search(rf'class="from">.*{said}', page)

    def test_a_bound_does_not_read_as_an_exact_value(
        self, clients: dict[str, Client], example: Example
    ) -> None:
        required = re.compile(r"<dt>(?:Diperlukan|Required)</dt><dd>([^<]+)</dd>")
        words = {
            "ms": ("tidak lebih awal daripada ", "sekurang-kurangnya "),
            "en": ("not earlier than ", "at least "),
        }
        for language, client in clients.items():
            said = required.findall(press(client, example(), "check"))

            assert [start for start in words[language] if not any(s.startswith(start) for s in said)] == []
            assert [s for s in said if re.match(r"\d", s)] == []

    def test_it_draws_the_limits_and_tabulates_them(self, malay: Client, example: Example) -> None:
        page = press(malay, example(), "check")

        assert page.count('class="bar"') == 4
        assert "<title>BFC10103: 3</title>" in page
        assert re.search(
            r'Had pindah kredit menegak</th><td class="number">62</td><td class="number">33</td>', page
        )

    def test_it_leads_from_a_check_to_its_clause(self, malay: Client, example: Example) -> None:
        page = press(malay, example(), "check")

        assert 'href="/policies/uthm/clauses/5(a)(i)/"' in page

    def test_unfilled_rows_do_not_disturb(self, malay: Client, example: Example) -> None:
        empty = {
            "claims[6].basis": "prior_study",
            "claims[6].graded": "no",
            "claims[6].sources[0].study": "s1",
        }

        assert "9 daripada 18" in press(malay, example(empty), "check")

    def test_htmx_gets_only_what_changes(self, malay: Client, example: Example) -> None:
        response = malay.post(CHECK, example(action="check"), headers={"HX-Request": "true"})
        page = response.content.decode()

        assert "<html" not in page
        assert page.lstrip().startswith('<div id="check"')
        assert 'hx-swap-oob="innerHTML">Semakan selesai: 9 kredit diterima.' in page
        assert "?c=" in response.headers["HX-Push-Url"]

    def test_what_is_typed_is_shown_as_text(self, malay: Client, example: Example) -> None:
        page = press(malay, example({"claims[0].target.title": "<script>alert(1)</script>"}), "check")

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


class TestSwitches:
    def test_the_language_changes_and_the_form_stays(self, malay: Client, example: Example) -> None:
        fields = {k: v for k, v in example({"claims[0].target.title": "Typed"}).items() if k != "action"}
        response = malay.post(CHECK, fields | {"language": "en"})
        page = response.content.decode()

        assert '<html lang="en"' in page
        assert "Check eligibility" in page
        assert value_of(page, "claims[0].target.title") == "Typed"
        assert response.cookies["language"].value == "en"

    def test_the_colours_change_and_the_result_stays(self, malay: Client, example: Example) -> None:
        response = malay.post(CHECK, example({"shown": "yes", "theme": "dark"}))

        assert 'data-theme="dark"' in response.content.decode()
        assert "9 daripada 18" in response.content.decode()
        assert response.cookies["theme"].value == "dark"

    def test_the_front_page_stays_the_front_page(self, malay: Client) -> None:
        page = malay.post("/", {"language": "en"}).content.decode()

        assert "Which of your credits transfer?" in page

    @pytest.mark.parametrize("pressed", [{"language": "xx"}, {"theme": "pink"}, {"language": "en\r\nX: y"}])
    def test_nonsense_is_left_aside(self, malay: Client, pressed: Fields) -> None:
        assert '<html lang="ms"' in malay.post(CHECK, pressed).content.decode()


class TestLink:
    def test_it_opens_the_case_with_its_result(self, malay: Client, example: Example) -> None:
        page = press(malay, example(), "check")
        found = re.search(r'value="(http://testserver[^"]+)"', page)

        assert found
        opened = malay.get(unescape(found[1]).removeprefix("http://testserver")).content.decode()
        assert "9 daripada 18" in opened
        assert value_of(opened, "claims[3].sources[0].title") == "Hidraulik"

    def test_it_holds_nothing_but_the_case(self, malay: Client, example: Example) -> None:
        named = press(malay, example({"student.name": "Aminah", "name": "Aminah"}), "check")
        plain = press(malay, example(), "check")
        link = re.compile(r"\?c=[^\"&]+")

        assert link.findall(named) == link.findall(plain)

    @pytest.mark.parametrize("link", ["", "zzz", "A" * (LONGEST + 1), "eJwDAAAAAAE", "<script>"])
    def test_a_damaged_one_is_refused_in_words(self, malay: Client, english: Client, link: str) -> None:
        for client, words in ((malay, "Pautan ini rosak"), (english, "This link is damaged")):
            response = client.get(CHECK, {"c": link})

            assert response.status_code == 400
            assert words in response.content.decode()

    def test_one_with_an_invalid_case_opens_the_form_with_the_mistakes(self, malay: Client) -> None:
        entry = example_entry()
        entry["claims"][0]["target"]["credits"] = "x"
        response = malay.get(CHECK, {"c": link_of(PAPER, PAPER.case_of(entry))})

        assert response.status_code == 422
        assert 'href="#claims-0-target-credits"' in response.content.decode()

    def test_a_case_too_long_for_one_says_so(self, malay: Client, example: Example) -> None:
        many: Fields = {}
        for n in range(6, 60):
            title = hashlib.sha256(str(n).encode()).hexdigest() * 2
            many |= {f"claims[{n}].target.code": f"K{n}", f"claims[{n}].target.credits": "3"}
            many |= {f"claims[{n}].basis": "prior_study", f"claims[{n}].target.title": title}
            many |= {f"claims[{n}].sources[0].study": "s1", f"claims[{n}].sources[0].title": title[::-1]}
        page = press(malay, example(many), "check")

        assert "terlalu panjang untuk dijadikan pautan" in page
        assert 'name="c"' in page


class TestGarbage:
    """Whatever is sent, the answer is a page, never a traceback."""

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(
        st.dictionaries(
            st.one_of(
                st.sampled_from(
                    ["action", "policy", "applied_on", "programme.level", "claims[0].basis", "claims[0].sources[0].study",
                     "claims[0].sources[0].clo_percent", "granted[0].limits", "student.week", "prior_studies[0].id",
                     "claims[0].target.credits", "theme", "language", "shown", "continue"]
                ),
                st.text(max_size=30),
            ),
            st.one_of(st.text(max_size=40), st.sampled_from(["check", "refresh", "add_claim", "uthm", "mooc", "1e9"])),
            max_size=12,
        )
    )  # fmt: skip
    def test_any_fields(self, malay: Client, fields: dict[str, str]) -> None:
        assert malay.post(CHECK, fields).status_code in {200, 400, 422}

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(st.data())
    def test_the_example_with_anything_in_its_fields(
        self, malay: Client, example: Example, data: st.DataObject
    ) -> None:
        fields = example()
        for name in data.draw(st.lists(st.sampled_from(sorted(fields)), max_size=6)):
            fields[name] = data.draw(st.text(max_size=40))

        assert malay.post(CHECK, fields).status_code in {200, 422}

    def test_too_many_fields(self, malay: Client) -> None:
        malay.raise_request_exception = False
        response = malay.post(CHECK, {f"f{n}": "" for n in range(13_000)})

        assert response.status_code == 400
        assert "Permintaan tidak dapat dibaca" in response.content.decode()

    def test_a_huge_body(self, malay: Client) -> None:
        body = "programme.field=" + "x" * 2_000_000
        malay.raise_request_exception = False
        response = malay.post(CHECK, body, content_type="application/x-www-form-urlencoded")

        assert response.status_code == 400

    def test_a_broken_multipart_body(self, malay: Client) -> None:
        response = malay.post(CHECK, b"\x00\xff", content_type="multipart/form-data; boundary=x")

        assert response.status_code in {400, 422}

    @pytest.mark.parametrize("kind", ["application/json", "text/plain", "image/png"])
    def test_another_kind_of_body(self, malay: Client, kind: str) -> None:
        assert malay.post(CHECK, b"{}", content_type=kind).status_code == 422


def test_pages_travel_packed_to_phones(malay: Client) -> None:
    packed = malay.get(f"{CHECK}?example", headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < 15_000
