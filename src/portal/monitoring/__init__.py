"""What happens to a course once it runs: upkeep, teaching load, certificate income, reports, reviews."""
