"""Two entities: a claim line is the person, an application the group."""

from openfisca_core.entities import build_entity

Claim = build_entity(key="claim", plural="claims", label="A claim line", is_person=True)
Application = build_entity(
    key="application",
    plural="applications",
    label="An application for credit transfer",
    roles=[{"key": "line", "plural": "lines", "label": "Claim lines"}],
)
