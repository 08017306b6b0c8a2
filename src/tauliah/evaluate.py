"""One case in, one result out: the table of kinds."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from tauliah.courses.course_code import CourseCodeCase, course_code
from tauliah.courses.learning_time import LearningTimeCase, learning_time
from tauliah.courses.milestones import MilestonesCase, milestones
from tauliah.courses.mooc_quality import MoocQualityCase, mooc_quality
from tauliah.courses.mooc_upkeep import MoocUpkeepCase, mooc_upkeep
from tauliah.courses.proposal import ProposalCase, proposal
from tauliah.courses.teaching_load import TeachingLoadCase, teaching_load
from tauliah.fees.case import FeesCase, fees
from tauliah.fees.schedule import Charge, fees_of_transfer, provider_of
from tauliah.pathways.qualification import QualificationCase, qualification
from tauliah.policy.in_force import ValuesInForce
from tauliah.policy.pack import Pack, Packs
from tauliah.transfer.case import Claim, TransferCase
from tauliah.transfer.report import transfer
from tauliah.values.case import REQUIRED, InvalidCase, Problem, invalid, parse, word_error
from tauliah.values.vocabulary import VOCABULARY


def _transfer_with_fees(case: TransferCase, pack: Pack) -> dict[str, Any]:
    """A transfer result with what the application costs: each claim that is granted pays by its credits."""
    result = transfer(case, pack)
    values = ValuesInForce(pack, pack.version_on(case.applied_on))
    granted = zip(case.claims, result["claims"], strict=True)
    charges = [
        Charge(claim.target.code, _provider(claim, values), claim.target.credits)
        for claim, decided in granted
        if decided["outcome"] == "eligible"
    ]
    return {**result, "fees": fees_of_transfer(case.programme.level, charges, values)}


def _provider(claim: Claim, values: ValuesInForce) -> str | None:
    """Whose rate a claim pays; not known where its sources are of different providers."""
    malaysian = {source.malaysian for source in claim.sources}
    if len(malaysian) > 1 or not values.has("fee_provider"):
        return None
    return provider_of(malaysian.pop(), values)


KINDS: Mapping[str, tuple[type[BaseModel], Callable[[Any, Pack], dict[str, Any]]]] = {
    "transfer": (TransferCase, _transfer_with_fees),
    "fees": (FeesCase, fees),
    "learning_time": (LearningTimeCase, learning_time),
    "course_code": (CourseCodeCase, course_code),
    "qualification": (QualificationCase, qualification),
    "proposal": (ProposalCase, proposal),
    "milestones": (MilestonesCase, milestones),
    "mooc_quality": (MoocQualityCase, mooc_quality),
    "teaching_load": (TeachingLoadCase, teaching_load),
    "mooc_upkeep": (MoocUpkeepCase, mooc_upkeep),
}


def evaluate(document: Mapping[str, Any], packs: Packs) -> dict[str, Any]:
    """The result of a case; raises `InvalidCase` with the place and remedy of everything wrong."""
    if not isinstance(document, Mapping):
        raise invalid("", "Kes hendaklah kumpulan medan (kunci: nilai).", "A case must be a group of fields.")
    kind = _word_in(document, "kind", tuple(KINDS))
    model, answer = KINDS[kind]
    pack = packs[_word_in(document, "policy", tuple(packs))]
    if not pack.covers(kind):
        raise _not_covered(kind, pack, packs)
    case = parse(model, {key: value for key, value in document.items() if key != "expect"})
    return answer(case, pack)


def _not_covered(kind: str, pack: Pack, packs: Packs) -> InvalidCase:
    label, others = VOCABULARY["kind"][kind], ", ".join(p.name for p in packs.values() if p.covers(kind))
    return invalid(
        "policy",
        f"Dasar {pack.name} tidak meliputi “{label.ms}”; dasar yang meliputinya: {others or 'tiada'}.",
        f"The policy {pack.name} does not cover “{label.en}”; policies that do: {others or 'none'}.",
    )


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a case of that kind; raises `KeyError` for a kind that is none."""
    return KINDS[kind][0].model_json_schema()


def _word_in(document: Mapping[str, Any], key: str, words: tuple[str, ...]) -> str:
    value = document.get(key)
    if value is None:
        raise InvalidCase([Problem(key, REQUIRED)])
    if not isinstance(value, str) or value not in words:
        raise InvalidCase([Problem(key, word_error(value, words).text)])
    return value
