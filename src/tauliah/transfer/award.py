"""What an accepted claim is given: credit with or without the grade, or an exemption without credit."""


def award_of(outcome: str, graded: bool, exempting: bool) -> str:
    """The contract's award for a claim's outcome."""
    if outcome != "eligible":
        return "none"
    if exempting:
        return "exemption"
    return "credit_with_grade" if graded else "credit_without_grade"
