"""Verifiable credentials: what is signed, by which key, and whether it still says what was signed.

    strict_json  one way to read a credential's JSON, and what is refused
    contexts     the published contexts, as values with pinned digests
    canonical/   the canonical form of a document, in tiers that check one another
    jcs          the canonical form of JSON itself (RFC 8785)
    eddsa        Ed25519, strictly
    multibase, multikey, did, timestamp   how keys, controllers and moments are written
    proof        Data Integrity proofs: sign and verify, alone, in sets and in chains
    issuing      one credential for many learners
    refusal      every reason why a document is refused, in Malay and English

No file, network, clock or chance: keys, contexts, resolvers and the moment are arguments.
"""
