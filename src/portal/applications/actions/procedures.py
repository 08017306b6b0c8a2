"""Writing a faculty's procedure of applying: the next version, never over another's."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.access import OWN_FACULTY
from portal.applications.models import Procedure
from portal.institutions.models import Faculty
from portal.records.register import record


def may_write(acting: Appointment | None, faculty: Faculty) -> bool:
    """Say whether somebody writes this procedure: who carries the faculty’s applications (UTM 3.3.2.5)."""
    return acting is not None and acting.role in OWN_FACULTY and acting.faculty_id == faculty.pk


def newest(faculty: Faculty) -> Procedure | None:
    """Return the procedure that is shown; None where the faculty has written none."""
    return faculty.procedures.order_by("-number").first()


@transaction.atomic
def write(acting: Appointment, faculty: Faculty, text_ms: str, text_en: str, *, seen: int) -> Procedure:
    """Write the next version of a faculty's procedure.

    ``seen`` is the number of the version that was changed, 0 for none. Raises ``NotAllowed``, or
    ``Refused`` where somebody else has written a version in the meantime.
    """
    if not may_write(acting, faculty):
        raise NotAllowed
    faculty = Faculty.objects.select_for_update(no_key=True).get(pk=faculty.pk)
    last = newest(faculty)
    number = last.number if last else 0
    if last is not None and (last.text_ms, last.text_en) == (text_ms, text_en):
        return last
    if number != seen:
        raise Refused(
            _("Somebody has written version %(n)s in the meantime. Copy your text, and read theirs first.")
            % {"n": number}
        )
    made = Procedure.objects.create(
        faculty=faculty, number=number + 1, text_ms=text_ms, text_en=text_en, by=acting
    )
    record(
        acting,
        "applications.write_procedure",
        made,
        institution=faculty.institution,
        after={"faculty": faculty.code, "version": made.number},
    )
    return made
