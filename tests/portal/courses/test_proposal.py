"""Whether a proposal is complete, by the checks of the chosen policy."""

from django.test import Client
from tests.portal.conftest import Fields, fields_of

from portal.courses.proposal import PROPOSAL_TOOL, parts

PAGE = "/courses/proposal/"
COMPLETE = {
    "kind": "proposal", "policy": "unimas", "origin": "accredited_course", "delivery": "blended",
    "online_share": 0.5, "conventional_origin": True, "mpu": False, "level": "bachelor",
    "title": "Micro-Credential in IoT Fundamentals",
    "sections": [
        "original_course", "justification", "entry_requirement", "synopsis", "lecturers",
        "learning_outcomes", "study_session", "curriculum_structure", "offer_period", "course_level",
        "learner_commitment", "assessment_method", "promotion", "continuous_improvement", "fee",
    ],
    "learning_outcomes": ["CLO1", "CLO2"],
    "assessments": [
        {"name": "Kuiz", "type": "continuous", "percent": 50, "outcomes": ["CLO1"]},
        {"name": "Projek", "type": "final", "percent": 50, "outcomes": ["CLO2"]},
    ],
    "units": 5, "units_with_assessment": 5,
}  # fmt: skip


def sent(**changes: str | list[str]) -> Fields:
    """The complete proposal as a browser sends it, with some fields changed; ``__`` stands for the dot."""
    changed = {name.replace("__", "."): value for name, value in changes.items()}
    return fields_of(PROPOSAL_TOOL.paper.entry_of_case(COMPLETE)) | {"action": "check"} | changed


def test_a_complete_proposal_is_complete(malay: Client) -> None:
    assert "Cadangan ini lengkap" in malay.post(PAGE, sent()).content.decode()


def test_a_missing_section_is_named(malay: Client) -> None:
    page = malay.post(PAGE, sent(sections=COMPLETE["sections"][:-1])).content.decode()

    assert "Cadangan ini belum lengkap" in page
    assert "Bahagian yang belum diisi: Yuran." in page


def test_what_is_empty_is_not_known_and_never_complete(english: Client) -> None:
    page = english.post(PAGE, sent(units="", online_share="")).content.decode()

    assert "The proposal is not complete yet" in page
    assert 'class="card verdict wait"' in page


def test_a_share_is_asked_in_percent(malay: Client) -> None:
    response = malay.post(PAGE, sent(online_share="180"))

    assert response.status_code == 422
    assert "Hendaklah nombor dari 0 hingga 100." in response.content.decode()


def test_a_wrong_assessment_is_told_by_its_row(malay: Client) -> None:
    response = malay.post(PAGE, sent() | {"assessments[1].percent": "-5"})

    assert response.status_code == 422
    assert "<strong>Pentaksiran 2: Pemberat</strong>" in response.content.decode()


def test_each_origin_has_its_own_sections(malay: Client) -> None:
    page = malay.post(PAGE, sent(origin="stand_alone", sections=[], action="refresh:origin")).content.decode()

    assert 'value="market_survey"' in page
    assert 'value="curriculum_structure"' not in page
    assert 'name="market_survey_respondents"' in page


def test_a_ticked_section_is_not_lost_with_the_origin(malay: Client) -> None:
    page = malay.post(PAGE, sent(origin="stand_alone", action="refresh:origin")).content.decode()

    assert 'value="curriculum_structure" checked' in page


def test_only_what_the_policy_checks_is_asked() -> None:
    entry = PROPOSAL_TOOL.paper.entry_of_case(COMPLETE | {"policy": "umpsa"})

    assert [part.name for part in parts(entry)] == ["course", "outcomes", "module"]


def test_modules_are_checked_for_the_policy_that_asks_for_them(malay: Client) -> None:
    modules = {f"modules[{n}].outcomes": f"CLO{n + 1}" for n in range(2)}
    fields = sent(policy="umpsa", course_type="micro_credential") | modules
    page = malay.post(PAGE, fields).content.decode()

    assert "2 modul, setiap satu dengan satu hasil pembelajaran kursus." in page


def test_a_module_with_no_outcome_is_no_module_left_out(malay: Client) -> None:
    fields = sent(policy="umpsa", course_type="micro_credential") | {"modules[0].outcomes": "–"}
    page = malay.post(PAGE, fields).content.decode()

    assert "Modul 1: setiap modul hendaklah menyatakan tepat satu" in page
