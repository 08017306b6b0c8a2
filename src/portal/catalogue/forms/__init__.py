"""What people type into the catalogue, checked field by field."""
