"""Letter grades, best first, and the pass without a letter."""

from tauliah.values.vocabulary import CODES

PASS_WITHOUT_LETTER = CODES["grade"]["P"]
FIRST_FAILING = CODES["grade"]["E"]
"""E and F fail; every letter before E passes (UTHM 19(d) as read)."""
