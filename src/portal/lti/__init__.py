"""Learning in an LMS by LTI 1.3 Advantage: Tauliah as a tool of an LMS, and as a platform of tools."""
