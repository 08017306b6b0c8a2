"""The letters and forms of an application: written from what was recorded, kept, sent once."""

from portal.applications.letters.making import make_letter, pdf_of

__all__ = ["make_letter", "pdf_of"]
