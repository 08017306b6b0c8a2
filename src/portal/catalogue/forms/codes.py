"""Codes as people write them: the same one with and without spaces, in capitals or not."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace, Upper
from django.utils.translation import gettext as _

from portal.catalogue.models import Course, Programme

CODE = re.compile(r"[A-Z0-9][A-Z0-9 ./-]{0,19}")


def tidy_code(code: str) -> str:
    """Return a code in capitals with single spaces; raises ``ValidationError`` for other signs."""
    tidy = " ".join(code.upper().split())
    if not CODE.fullmatch(tidy):
        raise ValidationError(
            _("%(code)s is no code: use at most 20 letters, digits, spaces, dots, dashes or strokes."),
            params={"code": code},
        )
    return tidy


def bare(code: str) -> str:
    """Return a code without what only makes it pleasant to read: BIT 10303 and BIT-10303 are one."""
    return code.upper().replace(" ", "").replace("-", "")


def same_code(
    rows: QuerySet[Course] | QuerySet[Programme], code: str
) -> QuerySet[Course] | QuerySet[Programme]:
    """Keep the rows that have this code, however it is spaced."""
    spaced = Replace(Replace(Upper("code"), Value(" "), Value("")), Value("-"), Value(""))
    return rows.alias(bare_code=spaced).filter(bare_code=bare(code))


def same_name(
    rows: QuerySet[Course] | QuerySet[Programme], name_ms: str, name_en: str
) -> QuerySet[Course] | QuerySet[Programme]:
    """Keep the rows that are called the same in either language."""
    asked = Q(name_ms__iexact=name_ms.strip())
    return rows.filter(asked | Q(name_en__iexact=name_en.strip()) if name_en.strip() else asked)
