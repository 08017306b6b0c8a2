"""The accepted set is the best there is, by an oracle that reads the guidelines anew and tries every set."""

from fractions import Fraction
from itertools import product
from math import floor
from typing import Any

import pytest
from hypothesis import event, given
from tests.tauliah.strategies import MQA, UTHM, cases

from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs
from tauliah.values.vocabulary import WORDS

PACKS = installed_packs()
UTHM_NAMES = ("uthm", "universiti tun hussein onn malaysia")
LEVELS, GRADES = WORDS["level"], WORDS["grade"]
Bound = tuple[int | Fraction, set[int]]


class Oracle:
    """A case and its result, asked for what each limit allows and which passing claims it counts."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document, self.result = document, evaluate(document, PACKS)
        self.claims = self.result["claims"]
        self.passing = [i for i, c in enumerate(self.claims) if c["outcome"] in ("eligible", "over_limit")]
        self.programme = document["programme"]
        self.total = Fraction(str(self.programme["graduating_credits"]))

    def share(self, percent: Any) -> int:
        return floor(self.total * Fraction(str(percent)) / 100)

    def granted(self, limit: str) -> Fraction:
        return sum(Fraction(str(g["credits"])) for g in self.document["granted"] if limit in g["limits"])

    def credits(self, i: int) -> Fraction:
        exempted = self.exempted(i)
        return Fraction(0) if exempted else Fraction(str(self.document["claims"][i]["target"]["credits"]))

    def exempted(self, i: int) -> bool:
        return any(
            check["message"]["en"].endswith("need not be taken again.") for check in self.claims[i]["checks"]
        )

    def asked(self, i: int, name: str) -> Any:
        return self.document["claims"][i][name]

    def of_sources(self, i: int, name: str) -> list[Any]:
        """What each source says, or its study where it says nothing."""
        by_id = {study["id"]: study for study in self.document["prior_studies"]}
        studies = [by_id.get(source.get("study"), {}) for source in self.asked(i, "sources")]
        return [
            s.get(name) or study.get(name) for s, study in zip(self.asked(i, "sources"), studies, strict=True)
        ]

    def own(self, i: int) -> bool:
        names = self.of_sources(i, "institution")
        if self.asked(i, "basis") == "same_institution":
            names = [name or "UTHM" for name in names]
        return all((name or "").lower() in UTHM_NAMES for name in names)

    def from_level(self, i: int) -> str:
        known = [level for level in self.of_sources(i, "level") if level]
        return min(known, key=LEVELS.index) if known else ""

    def direction(self, i: int) -> str:
        return self.claims[i]["direction"]

    def pick(self, holds: Any) -> set[int]:
        return {i for i in self.passing if holds(i)}

    def bound(self, limit: str, credits: int, members: set[int]) -> Bound:
        return max(credits - self.granted(limit), 0), members

    def bounds(self) -> list[Bound]:
        return self.uthm() if self.document["policy"] == "uthm" else self.mqa()

    def uthm(self) -> list[Bound]:
        vertical = self.pick(
            lambda i: (
                self.asked(i, "basis") == "prior_study"
                and self.direction(i) == "vertical"
                and self.programme["level"] == "bachelor"
            )
        )
        external = self.pick(
            lambda i: (
                self.asked(i, "graded")
                and self.asked(i, "basis") in ("same_institution", "mobility", "dual_award")
                and not self.own(i)
            )
        )
        learned = self.pick(
            lambda i: self.asked(i, "basis") in ("mooc", "micro_credential") and not self.own(i)
        )
        apel = self.pick(lambda i: self.asked(i, "basis") == "apel_c")
        integrated = self.pick(lambda i: self.asked(i, "basis") == "integrated")
        overall = self.pick(
            lambda i: (
                (self.asked(i, "basis") == "prior_study" and self.direction(i) == "vertical")
                or self.asked(i, "basis") in ("mooc", "micro_credential", "apel_c", "integrated")
                or (self.asked(i, "basis") == "mobility" and not self.asked(i, "graded"))
            )
        )
        professional = self.programme.get("professional_limit_percent")
        return [
            *self.uthm_vertical(vertical),
            self.bound("external_graded_limit", self.share(50), external),
            self.bound("open_learning_limit", self.share(30), learned | apel),
            self.bound("apel_c_limit", self.share(30), apel),
            self.bound("integrated_limit", self.share(30), integrated),
            self.bound("overall_limit", self.share(60 if professional is None else professional), overall),
        ]

    def uthm_vertical(self, vertical: set[int]) -> list[Bound]:
        standard = self.programme.get("standard_limit_percent")
        if standard is not None:
            return [self.bound("vertical_limit", self.share(standard), vertical)]
        if self.programme["mqa_accredited"] is not True:
            return [self.bound("vertical_limit", self.share(30), vertical)]
        below_b = {
            i
            for i in vertical
            if any(GRADES.index(g) > GRADES.index("B") for g in self.of_sources(i, "grade"))
        }
        return [
            self.bound("vertical_limit", self.share(50), vertical),
            self.bound("vertical_limit", self.share(30), below_b),
        ]

    def mqa(self) -> list[Bound]:
        vertical = self.pick(lambda i: self.direction(i) == "vertical" and not self.exempted(i))
        heights = {i: self.mqa_vertical(i) for i in vertical}
        mobility = self.pick(lambda i: self.asked(i, "basis") in ("mobility", "dual_award"))
        return [
            *(
                self.bound("vertical_limit", top, {i for i, height in heights.items() if height <= top})
                for top in set(heights.values())
            ),
            self.bound("mobility_limit", floor(self.total / 3), mobility),
        ]

    def mqa_vertical(self, i: int) -> int:
        ordinary, standard = self.share(30), self.programme.get("standard_limit_percent")
        narrowed = ordinary if standard is None else min(ordinary, self.share(standard))
        years = self.programme.get("duration_years")
        held = all(self.of_sources(i, "also_holds_diploma"))
        if self.from_level(i) != "advanced_diploma" or not held or not years or narrowed < ordinary:
            return narrowed
        return floor(self.total * 2 / Fraction(str(years)))

    def best(self) -> set[int]:
        """The best set by trying all: most credits, and of two such the one with the first claim."""
        bounds = self.bounds()

        def fits(chosen: set[int]) -> bool:
            once = len({self.claims[i]["target"] for i in chosen}) == len(chosen)
            return once and all(
                sum(self.credits(i) for i in chosen & members) <= top for top, members in bounds
            )

        sets = (
            {i for i, taken in zip(self.passing, choice, strict=True) if taken}
            for choice in product((True, False), repeat=len(self.passing))
        )
        # The choices come in the order of preference, and max keeps the first of equals.
        return max(filter(fits, sets), key=lambda chosen: sum(self.credits(i) for i in chosen))


@pytest.mark.parametrize("policy", [UTHM, MQA], ids=lambda policy: policy.name)
def test_no_better_set_of_claims_exists(policy):
    @given(cases(policy, most_claims=8))
    def holds(document):
        oracle = Oracle(document)
        accepted = {i for i, claim in enumerate(oracle.claims) if claim["outcome"] == "eligible"}
        event("something is left out" if set(oracle.passing) - accepted else "everything fits")

        assert accepted == oracle.best()
        assert oracle.result["credits_accepted"] == sum(oracle.credits(i) for i in accepted)

    holds()


@pytest.mark.parametrize("policy", [UTHM, MQA], ids=lambda policy: policy.name)
def test_no_limit_is_exceeded_beyond_what_was_granted_earlier(policy):
    @given(cases(policy, most_claims=8))
    def holds(document):
        for limit in evaluate(document, PACKS)["limits"]:
            for part in (limit, *limit.get("bands", ())):
                if part["limit_credits"] is not None and part["accepted_credits"]:
                    assert part["accepted_credits"] + part["granted_credits"] <= part["limit_credits"], limit
            assert limit["accepted_credits"] == sum(claim["credits"] for claim in limit["claims"])

    holds()
