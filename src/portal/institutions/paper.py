"""How an institution appears on its letters, receipts and agendas."""

import dataclasses
from collections.abc import Iterable

from portal.institutions.models import Faculty, Institution
from tauliah.files import paper
from tauliah.files.pictures import BadPicture
from tauliah.values.text import Text


def paper_of(institution: Institution, faculty: Faculty | None = None) -> paper.Institution:
    """Return an institution as its paper shows it; a crest that cannot be printed is left out."""
    plain = paper.Institution(
        name=text_of(institution.name_ms, institution.name_en),
        short_name=institution.code.upper(),
        unit=text_of(faculty.name_ms, faculty.name_en) if faculty else None,
        address=tuple(lines(institution.address)),
        contact=tuple(filter(None, (institution.phone, institution.email, bare(institution.website)))),
        colour=institution.colour,
    )
    try:
        return dataclasses.replace(plain, crest=crest_of(institution))
    except BadPicture:
        return plain


def text_of(ms: str, en: str) -> Text:
    """Return a name in both languages; either stands for both."""
    return Text(ms or en, en or ms)


def lines(text: str) -> Iterable[str]:
    """Return the lines of an address."""
    return (line.strip() for line in text.splitlines() if line.strip())


def bare(address: str) -> str:
    """Return a web address as paper shows it."""
    return address.partition("://")[2].rstrip("/") if "://" in address else address


def crest_of(institution: Institution) -> bytes | None:
    """Return the crest's file; none where there is none or it is gone."""
    if not institution.crest:
        return None
    try:
        with institution.crest.open() as file:
            return bytes(file.read())
    except OSError:
        return None
