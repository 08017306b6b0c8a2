"""Credit transfer from application to transcript."""
