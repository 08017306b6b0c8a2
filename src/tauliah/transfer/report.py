"""The result of a transfer case as the contract has it, with the reasons in Malay and English."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from tauliah.policy.expression import FAIL, UNCERTAIN
from tauliah.policy.pack import Pack
from tauliah.transfer import wording
from tauliah.transfer.award import award_of
from tauliah.transfer.case import TransferCase
from tauliah.transfer.decide import decide
from tauliah.transfer.decision import ClaimDecision, Decision, LimitUse
from tauliah.transfer.explain import ExplainedCheck, Explanation, explanations
from tauliah.values.case import unknown_keys
from tauliah.values.credit import to_number
from tauliah.values.day import to_number as to_day_number
from tauliah.values.text import Text, same
from tauliah.values.unit import UNITS
from tauliah.values.vocabulary import VOCABULARY, WORDS

Json = dict[str, Any]
T = TypeVar("T")


def transfer(case: TransferCase, pack: Pack) -> Json:
    """Evaluates a transfer case; raises `InvalidCase` where the case contradicts itself."""
    decision = decide(case, pack)
    return _Report(decision, explanations(decision)).result()


class _Report:
    """Puts one decision and its explanations into the contract's form."""

    def __init__(self, decision: Decision, reasons: Sequence[Explanation]) -> None:
        self.decision, self.reasons = decision, reasons
        self.case, self.pack = decision.case, decision.edition.pack
        self.outcomes = [self.outcome(i, claim) for i, claim in enumerate(decision.claims)]

    def outcome(self, i: int, claim: ClaimDecision) -> str:
        if claim.verdict == FAIL:
            return "ineligible"
        if claim.verdict == UNCERTAIN:
            return "needs_evidence"
        return "eligible" if self.decision.accepted[i] else "over_limit"

    def result(self) -> Json:
        decision = self.decision
        return {
            "kind": "transfer",
            "policy": self.pack.name,
            "policy_version": decision.edition.version.isoformat(),
            "claims": [self.claim(i) for i in range(len(decision.claims))],
            "limits": [self.limit(use) for use in decision.limits if use.ceilings],
            "conditions": self.conditions(),
            "credits_accepted": self.credits(decision.accepted),
            "credits_possible": self.credits(decision.possible),
            "fees": {"lines": [], "total": "0.00"},
            "next_steps": self.next_steps(),
            "notices": self.notices(),
        }

    def credits(self, taken: Sequence[bool]) -> int | float:
        pairs = zip(self.decision.claims, taken, strict=True)
        return to_number(sum(claim.credits for claim, yes in pairs if yes))

    def target(self, i: int) -> str:
        return self.case.claims[i].target.code

    def claim(self, i: int) -> Json:
        asked, claim, outcome = self.case.claims[i], self.decision.claims[i], self.outcomes[i]
        award = award_of(outcome, asked.graded is True and self.carries_grades, claim.exempting)
        direction = claim.direction if self.compares_levels(i) else None
        return {
            "target": asked.target.code,
            "title": asked.target.title,
            "basis": asked.basis,
            "sources": [source.code or source.title for source in asked.sources],
            "direction": None if direction is None else WORDS["direction"][direction],
            "outcome": outcome,
            "award": award,
            "credits": to_number(claim.credits) if outcome == "eligible" else 0,
            "checks": [_check_json(check) for check in self.reasons[i].checks],
            "message": self.claim_message(i, award).as_dict(),
        }

    @property
    def carries_grades(self) -> bool:
        """Whether a grade can be carried over at all: not where the policy only knows credit without it."""
        stated = self.pack.parameters.get("award")
        rows = stated.at(self.decision.edition.version) if stated else ()
        return all(row.value != "credit_without_grade" for row in rows)

    def compares_levels(self, i: int) -> bool:
        """A level is compared where the policy looks at the path, or exempts along it."""
        looked = any(check.rule == "direction" for check in self.reasons[i].checks)
        return looked or self.decision.claims[i].exempting

    def claim_message(self, i: int, award: str) -> Text:
        claim, outcome = self.decision.claims[i], self.outcomes[i]
        if outcome == "eligible" and claim.exempting:
            return wording.EXEMPTED
        if outcome == "eligible":
            credits = UNITS["credits"].say(claim.credits)
            return wording.ELIGIBLE.fill(award=VOCABULARY["award"][award], credits=credits)
        if outcome == "over_limit":
            return wording.OVER_LIMIT.fill(limits=self.blocking(i))
        wanted = "fail" if outcome == "ineligible" else "unknown"
        pattern = wording.INELIGIBLE if wanted == "fail" else wording.NEEDS_EVIDENCE
        reasons = [check.message for check in self.reasons[i].checks if check.outcome == wanted]
        return pattern.fill(reasons=_joined(reasons, " "))

    def blocking(self, i: int) -> Text:
        """The limits that a claim left out would break, by name."""
        credits = self.decision.claims[i].credits
        names = [
            VOCABULARY["limit"][use.name]
            for use in self.decision.limits
            if i in use.ceilings and any(self.room(use, top) < credits for top in self.tiers(use, i))
        ]
        return _joined(names, ", ") if names else wording.ANOTHER_CLAIM

    def tiers(self, use: LimitUse, i: int) -> list[int]:
        """The ceilings a claim has to stay within together with others."""
        own = use.ceilings[i]
        heights = {top for j, top in use.ceilings.items() if top is not None and self.decision.accepted[j]}
        return [] if own is None else sorted({top for top in heights if top >= own} | {own})

    def room(self, use: LimitUse, top: int) -> int:
        return top - use.granted - self.used(use, top)

    def used(self, use: LimitUse, top: int | None) -> int:
        """The accepted credits that stay within a ceiling; all of them for none."""
        return sum(
            self.decision.claims[i].credits
            for i, height in use.ceilings.items()
            if self.decision.accepted[i] and (top is None or height is None or height <= top)
        )

    def limit(self, use: LimitUse) -> Json:
        heights = sorted({top for top in use.ceilings.values() if top is not None})
        top = use.shown if use.shown is not None else heights[-1] if heights else None
        label = VOCABULARY["limit"][use.name]
        used = self.used(use, None)
        entry: Json = {
            "rule": use.name,
            "label": label.as_dict(),
            "clauses": self.limit_clauses(use),
            "limit_credits": None if top is None else to_number(top),
            "granted_credits": to_number(use.granted),
            "accepted_credits": to_number(used),
            "claims": self.members(use, None),
            "left_out": [self.target(i) for i in use.ceilings if self.outcomes[i] == "over_limit"],
            "message": _limit_message(top, use.granted, used).as_dict(),
        }
        bands = [self.band(use, label, height) for height in heights if top is not None and height < top]
        return entry | ({"bands": bands} if bands else {})

    def band(self, use: LimitUse, label: Text, height: int) -> Json:
        credits = UNITS["credits"].say(height)
        return {
            "label": wording.BAND.fill(label=label, limit=credits).as_dict(),
            "limit_credits": to_number(height),
            "granted_credits": to_number(min(use.granted, height)),
            "accepted_credits": to_number(self.used(use, height)),
            "clauses": self.limit_clauses(use),
            "claims": self.members(use, height),
        }

    def members(self, use: LimitUse, top: int | None) -> list[Json]:
        return [
            {"target": self.target(i), "credits": to_number(self.decision.claims[i].credits)}
            for i, height in use.ceilings.items()
            if self.decision.accepted[i] and (top is None or height is None or height <= top)
        ]

    def limit_clauses(self, use: LimitUse) -> list[str]:
        cited = [c for i in use.ceilings for c in self.reasons[i].limit_clauses[use.name]]
        return list(dict.fromkeys(cited))

    def conditions(self) -> list[Json]:
        """Conditions of claims that are accepted or may yet be, each once for one amount."""
        found: dict[tuple[str, str], Json] = {}
        for i, reason in enumerate(self.reasons):
            if self.outcomes[i] not in ("eligible", "needs_evidence"):
                continue
            for condition in reason.conditions:
                key = condition.name, repr(condition.amount)
                entry = found.setdefault(
                    key,
                    {
                        "rule": condition.name,
                        "label": VOCABULARY["condition"][condition.name].as_dict(),
                        "clauses": list(condition.clauses),
                        **condition.amount,
                        "claims": [],
                        "message": condition.message.as_dict(),
                    },
                )
                entry["claims"].append(self.target(i))
        return list(found.values())

    def next_steps(self) -> list[Json]:
        """What is missing and what to do: open evidence, limits, conditions."""
        steps = []
        for i, reason in enumerate(self.reasons):
            steps += [
                (self.target(i), check.message)
                for check in reason.checks
                if check.outcome == "unknown" and self.outcomes[i] == "needs_evidence"
            ]
            if self.outcomes[i] == "over_limit":
                steps.append((self.target(i), wording.MAKE_ROOM.fill(limits=self.blocking(i))))
        listed = [{"claim": target, "message": text.as_dict()} for target, text in steps]
        return listed + [{"claim": None, "message": c["message"]} for c in self.conditions()]

    def notices(self) -> list[Json]:
        found = [*self.notices_of_case(), *self.notices_of_claims(), *self.repeated()]
        found += [(problem.where, problem.message) for problem in unknown_keys(self.case)]
        return [{"where": where, "message": text.as_dict()} for where, text in dict.fromkeys(found)]

    def notice_of_version(self) -> Iterable[tuple[str, Text]]:
        version = UNITS["day"].say(to_day_number(self.decision.edition.version))
        if self.case.applied_on < self.decision.edition.version:
            yield "applied_on", wording.EARLIER_THAN_PACK.fill(version=version)
        if self.pack.first_day_assumed and self.decision.edition.version == self.pack.versions[0]:
            yield "policy", wording.ASSUMED_DATE.fill(version=version)

    def notices_of_case(self) -> Iterable[tuple[str, Text]]:
        yield from self.notice_of_version()
        names = self.pack.names_of_institution
        if names and not self.decision.facts["own_programme"]:
            yield "programme.institution", wording.ANOTHER_UNIVERSITY.fill(institution=same(names[0]))
        for i, granted in enumerate(self.case.granted or ()):
            if any(limit not in self.pack.limits for limit in granted.limits):
                yield f"granted[{i}].limits", wording.NO_SUCH_LIMIT

    def notices_of_claims(self) -> Iterable[tuple[str, Text]]:
        for i, reason in enumerate(self.reasons):
            for where, text in reason.notices:
                yield where.format(claim=i), text

    def repeated(self) -> Iterable[tuple[str, Text]]:
        for code in _repeated(claim.target.code for claim in self.case.claims):
            yield "claims", wording.TWO_CLAIMS.fill(target=same(code))
        used = ((s.study, s.code) for claim in self.case.claims for s in claim.sources if s.code)
        for _, code in _repeated(used):
            yield "claims", wording.SOURCE_TWICE.fill(code=same(str(code)))


def _repeated(items: Iterable[T]) -> list[T]:
    """The items that stand more than once, each once, in order."""
    return [item for item, times in Counter(items).items() if times > 1]


def _limit_message(top: int | None, granted: int, used: int) -> Text:
    say = UNITS["credits"].say
    if top is None:
        return wording.NO_LIMIT.fill(used=say(used))
    room = max(top - granted - used, 0)
    return wording.LIMIT_STATUS.fill(used=say(granted + used), limit=say(top), room=say(room))


def _check_json(check: ExplainedCheck) -> Json:
    return {
        "rule": check.rule,
        "outcome": check.outcome,
        "clauses": list(check.clauses),
        "found": check.found,
        "required": check.required,
        "message": check.message.as_dict(),
    }


def _joined(texts: Iterable[Text], between: str) -> Text:
    texts = list(texts)
    return Text(between.join(t.ms for t in texts), between.join(t.en for t in texts))
