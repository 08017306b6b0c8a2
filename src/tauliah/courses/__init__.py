"""The life of MOOCs and micro-credentials: proposal, development, learning time, quality, load, upkeep."""
