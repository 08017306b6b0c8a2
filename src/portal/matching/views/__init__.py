"""Pages of comparisons, judgements and precedents."""
