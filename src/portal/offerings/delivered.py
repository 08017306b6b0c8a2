"""What offerings tell of their course: whether it was delivered, and whether its learners were asked."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from portal.offerings.models import Offering, SurveyAnswer
from portal.proposals.delivered import delivered_by
from portal.proposals.models import Proposal
from portal.proposals.quality import Row, further

ENDED = "ended"


@delivered_by
def was_delivered(proposal: Proposal) -> bool:
    """Whether an offering of the course ran to its end (UNIMAS 1.5(k))."""
    return Offering.objects.filter(proposal=proposal, state=ENDED).exists()


@further
def of_delivery(proposal: Proposal) -> Iterable[Row]:
    """Return what belongs to the delivery of a registered course."""
    if proposal.state != "registered":
        return []
    ended = Offering.objects.filter(proposal=proposal, state=ENDED).count()
    answers = SurveyAnswer.objects.filter(survey__offering__proposal=proposal).count()
    asked = answers > 0 if ended else None
    unimas = proposal.policy == "unimas"
    return [
        Row(_("Delivered to its end"), ended > 0, str(ended), clauses=("1.5(k)",) if unimas else ()),
        Row(_("Learners asked of their experience"), asked, str(answers), clauses=("5.6",) if unimas else ()),
    ]
