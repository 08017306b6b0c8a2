"""OpenID for Verifiable Credential Issuance 1.0: a learner's credential goes into a wallet of theirs."""
