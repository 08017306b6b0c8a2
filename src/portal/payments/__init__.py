"""Orders, payments, receipts, and the distribution of what was paid."""
