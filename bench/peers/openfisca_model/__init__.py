"""The rules as an OpenFisca country package: entities, inputs, formulas, dated parameters."""
