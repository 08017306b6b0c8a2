"""Evaluating an application anew whenever something was judged, and keeping what the engine says."""

from portal.applications.bridge import case_of, claims_of
from portal.applications.models import Application
from portal.packs import packs
from tauliah.evaluate import evaluate


def judge(application: Application) -> None:
    """Evaluate the application as it stands and keep case, result and the recommendation on each claim.

    ``application`` must be held; raises ``InvalidCase`` where a field is wrong.
    """
    case = case_of(application)
    result = evaluate(case, packs())
    application.case = case
    application.result = result
    application.policy_version = result["policy_version"]
    application.save(update_fields=["case", "result", "policy_version", "updated_at"])
    for claim, answer in zip(claims_of(application), result["claims"], strict=True):
        claim.recommended_outcome = answer["outcome"]
        claim.recommended_award = answer["award"]
        claim.save(update_fields=["recommended_outcome", "recommended_award"])
