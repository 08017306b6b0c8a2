"""The eligibility check's form as the contract's case, and back."""

from copy import deepcopy

from portal.cases.bridge import Entry
from portal.cases.paper import Paper
from portal.transfer.keys import TRANSFER, asked, source_keys


def only_what_is_asked(entry: Entry) -> Entry:
    """Leave out answers to questions that the basis of their claim does not ask."""
    entry = deepcopy(entry)
    for claim in entry["claims"]:
        basis = claim["basis"]
        for key in ("partner_agreement", "approved_beforehand", "content_overlap"):
            if not asked(key, basis):
                claim[key] = ""
        keys = source_keys(basis).all
        claim["sources"] = [{k: v if k in keys else "" for k, v in s.items()} for s in claim["sources"]]
    return entry


PAPER = Paper("transfer", TRANSFER, frozenset({"programme", "target"}), only_what_is_asked)
