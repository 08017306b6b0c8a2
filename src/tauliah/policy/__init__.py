"""What a policy is: parameters through time, expressions over a case's columns, rules, packs."""
