"""The command line: one file per command; `tauliah` starts here."""

from tauliah.cli.program import main

__all__ = ["main"]
