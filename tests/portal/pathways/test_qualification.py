"""Whether micro-credentials add up to a qualification."""

import re
from typing import Any

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.portal.conftest import Fields, fields_of

from portal.cases.link import case_of_link
from portal.pathways.composition import WIDTH, composition
from portal.pathways.qualification import CREDITS, QUALIFICATION_TOOL

PAGE = "/pathways/qualification/"
LEARNER = {
    "kind": "qualification", "policy": "unimas", "on": "2026-01-10", "born": "2000-05-01", "route": "standard",
    "programme": {
        "institution": "UNIMAS", "level": "bachelor", "graduating_credits": 120, "mpu_credits": 8,
        "accreditation": "full",
    },
    "meets_entry_requirement": True, "exceptional_learner": False, "months_with_awarding_institution": 14,
    "credits": {
        "own_micro_credentials": 60, "other_micro_credentials": 0, "stand_alone": 0,
        "stand_alone_verified": 0, "conventional": 60, "mpu": 8,
    },
}  # fmt: skip


def sent(**changes: str) -> Fields:
    """A learner as a browser sends it, with some fields changed; ``__`` stands for the dot."""
    changed = {name.replace("__", "."): value for name, value in changes.items()}
    return fields_of(QUALIFICATION_TOOL.paper.entry_of_case(LEARNER)) | {"action": "check"} | changed


def test_half_and_half_is_awarded(malay: Client) -> None:
    page = malay.post(PAGE, sent()).content.decode()

    assert "Kelayakan ini boleh dianugerahkan" in page
    assert "120 daripada 120 kredit diperoleh" in page


def test_stand_alone_credits_beyond_the_limit_do_not_count(malay: Client) -> None:
    changes = {
        "credits__own_micro_credentials": "0",
        "credits__stand_alone": "37",
        "credits__conventional": "83",
    }
    page = malay.post(PAGE, sent(**changes)).content.decode()

    assert "Kelayakan ini belum boleh dianugerahkan" in page
    assert "36 / 36" in page
    assert "melebihi had · 1" in page


def test_what_is_not_known_stays_open(english: Client) -> None:
    page = english.post(PAGE, sent(born="", programme__accreditation="")).content.decode()

    assert "Some things are not known yet" in page


def test_advice_is_given_with_its_clauses(malay: Client) -> None:
    page = malay.post(PAGE, sent(meets_entry_requirement="no")).content.decode()

    assert 'class="notice wait"' in page
    assert "APEL.A" in page
    assert 'href="/policies/unimas/clauses/1.5(m)-advise/"' in page


def test_a_birth_after_the_award_is_named(malay: Client) -> None:
    response = malay.post(PAGE, sent(born="2030-01-01"))

    assert response.status_code == 422
    assert 'href="#born"' in response.content.decode()


def test_the_address_holds_the_year_of_birth_only_and_gives_the_same_answer(malay: Client) -> None:
    page = malay.post(PAGE, sent(born="2004-12-31")).content.decode()
    link = re.search(r"qualification/\?c=([\w-]+)", page)
    assert link
    case = case_of_link(QUALIFICATION_TOOL.paper, link[1])

    assert case["born"] == "2004-01-01"
    assert "Umur 22 tahun" in page
    assert "Umur 22 tahun" in malay.get(PAGE, {"c": link[1]}).content.decode()


def test_the_saved_case_keeps_the_whole_birthday(malay: Client) -> None:
    page = malay.post(PAGE, sent()).content.decode()
    link = re.search(r'<input type="hidden" name="c" value="([\w-]+)">', page)

    assert link
    assert "2000-05-01" in malay.post(f"{PAGE}case.yaml", {"c": link[1]}).content.decode()


AMOUNTS = st.none() | st.integers(0, 200) | st.sampled_from([0.5, 2.5])


@given(st.fixed_dictionaries(dict.fromkeys(CREDITS, AMOUNTS)), st.integers(0, 200))
def test_the_picture_stays_within_its_frame(credits: dict[str, Any], needed: int) -> None:
    drawn = composition({"credits": credits, "programme": {"graduating_credits": needed}})

    assert all(o.x >= 0 and o.width >= 0 and o.x + o.width <= WIDTH for o in drawn.origins)
    assert drawn.needed_x <= WIDTH
