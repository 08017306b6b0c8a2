"""The kinds of list, each with its sheets in the order in which they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.imports.kinds.courses import COURSES, OUTCOMES, TOPICS
from portal.imports.kinds.programmes import PLAN, PROGRAMMES
from portal.imports.kinds.results import RESULTS
from portal.imports.kinds.sheet import SheetKind
from portal.imports.kinds.students import STUDENTS


@dataclass(frozen=True)
class ListKind:
    """A kind of list: its name, what it is for, and its sheets."""

    key: str
    name: str | Promise
    about: str | Promise
    sheets: tuple[SheetKind, ...]


KINDS: Mapping[str, ListKind] = {
    kind.key: kind
    for kind in (
        ListKind(
            "programmes",
            _("Programmes"),
            _("Programmes, and on a second sheet the courses of their plans."),
            (PROGRAMMES, PLAN),
        ),
        ListKind(
            "courses",
            _("Courses"),
            _("Courses, with learning outcomes and topics on sheets of their own."),
            (COURSES, OUTCOMES, TOPICS),
        ),
        ListKind(
            "students",
            _("Students"),
            _("Students with their programme; accounts are made for those who have none."),
            (STUDENTS,),
        ),
        ListKind(
            "results", _("Results"), _("Courses that students took, with semester and grade."), (RESULTS,)
        ),
    )
}
