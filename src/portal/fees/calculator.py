"""The fee calculator: what is paid, and who receives what."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.cases.answer import Answer, Json, answer_of
from portal.cases.bridge import Entry
from portal.cases.keys import ANSWER, NUMBER, TEXT, Key, Shape
from portal.cases.questions import Question
from portal.cases.tool import Part, Tool, paper_of
from portal.cases.writer import capital
from portal.fees.tables import Division, division
from portal.packs import packs
from portal.wording import in_language, ringgit
from tauliah.values.vocabulary import VOCABULARY

FEES: Shape = {
    "policy": TEXT,
    "item": Key("word", "fee_item"),
    "level": Key("word", "level"),
    "provider": Key("word", "provider"),
    "credits": NUMBER,
    "distribute": ANSWER,
    "roles": {"facilitator": ANSWER, "assessor": ANSWER},
}
ASKED = {
    "credit_transfer": ("level", "provider", "credits"),
    "appeal": (),
    "certificate": ("level", "credits"),
}
"""What each item asks for besides itself."""

QUESTIONS = {
    "policy": Question(_("Policy"), 12, required=True),
    "item": Question(_("What is paid for"), 6, required=True),
    "level": Question(_("Level"), 6),
    "provider": Question(_("Provider"), 6),
    "credits": Question(_("Credits"), 6),
    "distribute": Question(_("Show who receives what?"), 6),
    "roles.facilitator": Question(_("Is there a facilitator?"), 6),
    "roles.assessor": Question(_("Is there an assessor?"), 6),
}


def parts(entry: Entry) -> tuple[Part, ...]:
    """Ask for what the item depends on; for roles only where a certificate's price is divided."""
    keys = ASKED.get(entry["item"], ASKED["credit_transfer"])
    divided = ("distribute",) if entry["item"] != "appeal" else ()
    roles = ("roles.facilitator", "roles.assessor") if entry["item"] == "certificate" else ()
    return (Part("fee", _("Fee"), keys=("policy", "item", *keys, *divided, *roles)),)


def items(entry: Entry) -> list[tuple[str, str]]:
    """Return what can be paid for; the processing fee comes with a transfer."""
    words = VOCABULARY["fee_item"].items()
    return [(item, in_language(text)) for item, text in words if item in ASKED]


def levels(entry: Entry) -> list[tuple[str, str]]:
    """Return the levels that the policy covers."""
    pack = packs().get(entry["policy"])
    words = VOCABULARY["level"]
    covered = [(level, capital(in_language(words[level]))) for level in (pack.levels if pack else words)]
    return [("", gettext("Not known yet")), *covered]


def answer(case: Json, result: Json, entry: Entry) -> Answer:
    """Arrange the lines, the total and the tables of who receives what."""
    total = result["total"]
    headline = gettext("The amount is not known yet") if total is None else ringgit(total)
    return answer_of(result, headline, tone="wait" if total is None else "", details=details(result))


def details(result: Json) -> dict[str, Any]:
    """Return the lines and the tables."""
    tables: list[Division] = []
    lines = {line["item"]: line for line in result["lines"]}
    if first := result.get("distribution"):
        whole = lines[result["item"]]["amount"]
        tables.append(division(in_language(lines[result["item"]]["label"]), whole, first))
    if second := result.get("operating_distribution"):
        gross = next(part for part in first or () if part["to"] == "university_gross")
        tables.append(division(in_language(gross["label"]), gross["amount"], second))
    return {"lines": result["lines"], "total": result["total"], "tables": tables}


CALCULATOR = Tool(
    paper=paper_of("fees", FEES, parts),
    namespace="fees",
    name="calculator",
    title=_("Fee calculator"),
    line=_("What credit transfer, an appeal or a certificate costs, and who receives what, to the sen."),
    parts=parts,
    questions=QUESTIONS,
    answer=answer,
    template="fees/_fees.html",
    start={"item": "credit_transfer", "level": "bachelor", "provider": "malaysia_mooc", "distribute": True},
    resent=frozenset({"policy", "item"}),
    choices={"item": items, "level": levels},
    live=True,
)
