"""Rules about the studies behind a claim: their level, outcome, mode and agreements."""

from tauliah.policy.expression import Choice, Constant, Node, YearsBefore, every, least, most, settled, some
from tauliah.policy.rule import Check, Values, rule
from tauliah.transfer.columns import DERIVED, column


@rule("paths")
def direction(p: Values) -> Check:
    """The policy opens a path from the level of every source to the level of the programme."""
    return Check(
        holds=every(p["paths"]),
        found=least(column("level")),
        required=column("programme_level"),
        facts={"direction": DERIVED["direction"]},
    )


def _accepted(p: Values) -> Node:
    """Whether a source's study ended as the policy asks, by cause and time where it asks for them."""
    acceptance, cause = p["prior_outcomes"], column("withdrawn_with_cause")
    by_cause = acceptance.one_of("with_cause") & cause
    holds = acceptance.one_of("accepted") | by_cause
    if p.has("resume_within_years"):
        first_day = YearsBefore(column("applied_on"), p.optional("resume_within_years", Constant(0, "count")))
        in_time = column("ended_on") >= first_day
        holds = holds | (acceptance.one_of("with_cause_in_time") & cause & in_time)
    return holds


@rule("prior_outcomes", may_read=("resume_within_years",))
def prior_outcome(p: Values) -> Check:
    """The prior study ended in a way from which the policy transfers."""
    acceptance = p["prior_outcomes"]
    cause_asked = acceptance.one_of("with_cause", "with_cause_in_time")
    return Check(
        holds=every(_accepted(p)),
        found=most(column("prior_outcome")),
        required=Choice(
            some(settled(cause_asked)),
            Constant(3, "prior_outcome"),
            Constant(0, "prior_outcome"),
        ),
        facts={
            "cause_asked": some(settled(cause_asked)),
            "cause_given": every(column("withdrawn_with_cause")),
            "ended_on": least(column("ended_on")),
        },
    )


@rule("programme_modes", "study_modes")
def study_mode(p: Values) -> Check:
    """Both the programme and the studies behind the claim run in a mode that is open to transfer."""
    own, other = p["programme_modes"], every(p["study_modes"])
    return Check(
        holds=own & other,
        found=Choice(settled(own), most(column("study_mode")), column("programme_mode")),
        required=Constant(0, "mode"),
        facts={"programme_mode_fits": own},
    )


@rule()
def partner_agreement(p: Values) -> Check:
    """The two institutions have an agreement."""
    return Check(
        holds=column("partner_agreement"), found=column("partner_agreement"), required=Constant(True)
    )
