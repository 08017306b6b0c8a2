"""The preview of a draft: what is chosen from, what differs, and that a draft decides nothing."""

import html
import re
import shutil
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.packs import packs
from portal.policies.preview import compared_cases
from tauliah.files.audit import folder_of
from tauliah.files.packs import INSTALLED, proposed_pack

ADDRESS = "/policies/preview/"
ENTRY = "packs:\n  {name}:\n    draft: true\n    names_of_institution: [Universiti Contoh]\n"


def text(body: str) -> str:
    """The page's visible words, on one line."""
    main = body.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def asked(client: Client, **fields: object) -> str:
    response = client.post(ADDRESS, fields)
    assert response.status_code == 200
    return text(response.content.decode())


@pytest.fixture
def draft(tmp_path: Path, settings) -> Path:
    """A draft of the example's next edition, in which grade B is asked for since 2022."""
    shutil.copytree(INSTALLED / "contoh", tmp_path / "contoh-baharu")
    (tmp_path / "registry.yaml").write_text(ENTRY.format(name="contoh-baharu"))
    settings.TAULIAH_PACKS = tmp_path
    return tmp_path / "contoh-baharu"


def with_grade_b(draft: Path) -> None:
    grade = draft / "parameters" / "minimum_grade.yaml"
    changed = (
        grade.read_text(encoding="utf-8").replace("value: C,", "value: B,").replace("value: C+", "value: B")
    )
    grade.write_text(changed, encoding="utf-8")


def test_without_a_draft_the_page_tells_how_to_make_one(clients: dict[str, Client]) -> None:
    for language, words in (("ms", "Belum ada draf"), ("en", "There is no draft yet")):
        response = clients[language].get(ADDRESS)

        assert response.status_code == 200
        assert words in text(response.content.decode())
        assert b"tauliah new-pack" in response.content
        assert b"<form" not in response.content.partition(b"<main")[2].partition(b"</main>")[0]


def test_a_draft_is_offered_for_preview_and_nowhere_else(english: Client, draft: Path) -> None:
    body = english.get(ADDRESS).content.decode()

    assert '<option value="contoh-baharu">' in body
    assert "contoh-baharu" not in packs()
    assert b"contoh-baharu" not in english.get("/transfer/check/").content
    assert english.get("/policies/contoh-baharu/").status_code == 404
    assert b"contoh-baharu" not in english.get("/api/v1/packs").content


def test_a_draft_that_changes_nothing_answers_every_case_alike(english: Client, draft: Path) -> None:
    page = asked(english, draft="contoh-baharu", installed="contoh")

    count = len(list((INSTALLED / "contoh" / "cases").glob("*.yaml")))
    assert f"0 of {count} cases of the policy in force differ." in page
    assert "Nothing is missing from the draft." in page


def test_each_case_that_differs_is_listed_with_both_outcomes_and_clauses(
    english: Client, draft: Path
) -> None:
    with_grade_b(draft)

    differing = compared_cases(packs()["contoh"], folder_of("contoh", None), proposed_pack(draft))
    page = asked(english, draft="contoh-baharu", installed="contoh")

    [case] = [c for c in differing if c.name == "minimum-grade-from-2024"]
    assert case.differences
    assert "minimum-grade-from-2024" in page
    assert "Not eligible (Minimum grade: not met) pindaan-1 4.1" in page
    assert "Eligible (Minimum grade: met) pindaan-1 4.1" in page


def test_what_the_draft_lacks_is_told(english: Client, malay: Client, draft: Path) -> None:
    (draft / "cases" / "minimum-grade-from-2024.yaml").unlink()

    assert "add a case with `applied_on: 2024-01-01`" in asked(
        english, draft="contoh-baharu", installed="contoh"
    )
    assert "tambah kes dengan `applied_on: 2024-01-01`" in asked(
        malay, draft="contoh-baharu", installed="contoh"
    )


def test_a_draft_that_cannot_answer_yet_shows_its_findings_alone(english: Client, draft: Path) -> None:
    rules = draft / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("from_own: false", "own: false"))

    page = asked(english, draft="contoh-baharu", installed="contoh")

    assert "There is no column called “own”." in page
    assert "The draft cannot answer cases yet" in page
    assert "differ." not in page


def test_a_draft_that_cannot_be_read_is_told_so_and_stops_nothing_else(english: Client, draft: Path) -> None:
    (draft / "clauses.yaml").write_text("clauses: [\n")

    page = asked(english, draft="contoh-baharu", installed="contoh")

    assert "The draft cannot be read" in page
    assert english.get("/policies/").status_code == 200


CASE = (INSTALLED / "contoh" / "cases" / "minimum-grade-from-2024.yaml").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("kes.yaml", CASE, "Your case kes.yaml"),
        ("kes.yaml", b"\xff\xfe", "This file is not UTF-8 text."),
        ("kes.yaml", b"- 1\n", "This file is not a case."),
        ("kes.yaml", b"a: [", "Not valid YAML"),
        ("kes.yaml", b"# " + b"x" * 400_000, "The file is too large"),
    ],
)
def test_a_case_of_ones_own_is_put_to_both(
    english: Client, draft: Path, name: str, content: bytes, words: str
) -> None:
    with_grade_b(draft)
    file = SimpleUploadedFile(name, content)

    assert words in asked(english, draft="contoh-baharu", installed="contoh", file=file)


def test_a_draft_of_another_university_is_asked_as_its_own(english: Client, draft: Path) -> None:
    registry = draft.parent / "registry.yaml"
    registry.write_text(registry.read_text().replace("Universiti Contoh", "Universiti Sendiri"))

    page = asked(english, draft="contoh-baharu", installed="contoh")

    assert " 0 of " in page


def test_a_choice_that_does_not_exist_shows_the_choice_again(english: Client, draft: Path) -> None:
    page = asked(english, draft="../uthm", installed="contoh")

    assert "Compare" in page
    assert "differ." not in page


def test_a_case_name_is_never_markup(english: Client, draft: Path) -> None:
    with_grade_b(draft)
    file = SimpleUploadedFile("<b>x</b>.yaml", CASE)
    body = english.post(ADDRESS, {"draft": "contoh-baharu", "installed": "contoh", "file": file}).content

    assert b"<b>x</b>" not in body


def test_a_clause_page_lists_what_realises_it(english: Client, malay: Client) -> None:
    realised = text(english.get("/policies/uthm/clauses/5(a)(i)/").content.decode())
    open_ = next(c.id for c in packs()["uthm"].clauses.values() if not c.realised_by)

    assert "Realised by" in realised
    assert "Value Minimum grade of the equivalent course" in realised
    assert "Direalisasikan oleh" in text(malay.get("/policies/uthm/clauses/5(a)(i)/").content.decode())
    nothing = text(english.get(f"/policies/uthm/clauses/{open_}/").content.decode())
    assert "Nothing in the system carries this clause out yet." in nothing


def test_a_clause_page_names_what_people_do_in_the_portal(english):
    text_of_page = text(english.get("/policies/utm/clauses/6.3.12/").content.decode())
    decided = text(english.get("/policies/utm/clauses/6.4(b)/").content.decode())

    assert "Page applications: arrange" in text_of_page
    assert "this page, which shows the clause" not in text_of_page
    assert "Notification Decision on application …" in decided


def test_a_policy_page_tells_its_coverage(english: Client) -> None:
    pack = packs()["uthm"]
    realised = sum(bool(clause.realised_by) for clause in pack.clauses.values())

    page = text(english.get("/policies/uthm/").content.decode())

    assert f"{realised} of {len(pack.clauses)} clauses are carried out by something in the system." in page
