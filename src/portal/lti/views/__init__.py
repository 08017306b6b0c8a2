"""Pages of staff and learners, and the addresses that LMSs and tools call."""
