"""The pages of an institution's administrator, one module per subject."""
