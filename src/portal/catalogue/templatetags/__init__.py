"""Words of the contract in templates."""
