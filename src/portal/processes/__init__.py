"""Walking a process that a policy declares: steps asked for, taken, recorded, in one transaction."""
