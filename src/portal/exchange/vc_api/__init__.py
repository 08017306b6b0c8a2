"""The VC-API: credentials issued and verified over HTTP, apart from how the requests arrive."""
