"""The only readers and writers of the core: packs, cases, documents."""
