"""Marks from a spreadsheet: a row for each learner, a column for each assessment; all kept or none."""

from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.imports.mistake import Wrong
from portal.offerings.actions.class_list import SAME_EMAIL, email, name, once
from portal.offerings.actions.listing import Counts, content_of, done, keep_reading, ready, sheets_in
from portal.offerings.actions.marking import MARKED, Entry, enter_marks, mark_in, must_mark
from portal.offerings.graded import counting_marks
from portal.offerings.lists import Heading, Reading, reading_of, unpacked
from portal.offerings.models import Assessment, ListUpload, Offering
from portal.offerings.sheets import must_be_open

NOT_IN_CLASS = gettext_noop("Nobody who takes part in this offering has this email address.")


def mark(cell: str) -> str:
    """Read a mark; it is kept as text."""
    return str(mark_in(cell))


def headings_of(offering: Offering) -> list[Heading]:
    """Return the columns of an offering’s list of marks: who, and each assessment by its name."""
    parts = [Heading(f"a{each.pk}", each.name, mark) for each in offering.assessments.all()]
    return [
        Heading("email", gettext_lazy("Email"), email, required=True),
        Heading("name", gettext_lazy("Full name"), name),
        *parts,
    ]


@transaction.atomic
def read_marks(acting: Appointment, offering: Offering, file: "UploadedFile[Any]") -> ListUpload:
    """Read a list of marks and keep what it would do; no mark is entered yet."""
    must_mark(acting, offering)
    must_be_open(offering)
    source = content_of(file)
    found = reading_of(sheets_in(*source), headings_of(offering))
    if found.places and not any(name.startswith("a") for name in found.places):
        raise Refused(
            _("No column is called as an assessment of the offering: %(names)s. Begin with the template.")
            % {"names": ", ".join(each.name for each in offering.assessments.all())},
            "file",
        )
    upload = ListUpload(offering=offering, acting=acting, kind=ListUpload.Kind.MARKS)
    return keep_reading(upload, source, found, checked(offering, found))


def checked(offering: Offering, found: Reading) -> Counts:
    """Name learners who are not in the class or stand twice, and count the marks that would change."""
    once(found, "email", lambda _row, first: Wrong(SAME_EMAIL, row=first))
    there = {
        e.person.email.lower(): e.pk
        for e in offering.enrolments.filter(state__in=MARKED).select_related("person")
    }
    marks = counting_marks(there.values())
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    for number, row in list(found.rows.items()):
        if row["email"] not in there:
            found.say(number, "email", row["email"], Wrong(NOT_IN_CLASS))
            continue
        row["enrolment"] = there[row["email"]]
        for key, value in marks_in(row):
            before = marks.get(row["enrolment"], {}).get(key)
            what = "new" if before is None else "unchanged" if before == Decimal(value) else "changed"
            counts[what] += 1
    return Counts(**counts)


def marks_in(row: dict[str, Any]) -> list[tuple[int, str]]:
    """Return the marks of a row, by assessment; an empty cell leaves the mark as it is."""
    return [
        (int(key[1:]), value) for key, value in row.items() if key[:1] == "a" and key[1:].isdigit() and value
    ]


@transaction.atomic
def import_marks(acting: Appointment, upload: ListUpload) -> ListUpload:
    """Enter the marks of a list that was looked at; where one cannot be, none is."""
    upload = ready(acting, upload)
    rows = [
        Entry(int(row["enrolment"]), assessment, value)
        for _number, row in unpacked(upload.rows)
        for assessment, value in marks_in(row)
    ]
    kept = enter_marks(acting, upload.offering, rows, source="imported")
    if kept.wrong:
        (_enrolment, key), message = next(iter(kept.wrong.items()))
        called = Assessment.objects.filter(pk=key).values_list("name", flat=True).first() or ""
        raise Refused(
            _("Nothing was saved: %(assessment)s: %(message)s Upload the list again.")
            % {"assessment": called, "message": message}
        )
    return done(acting, upload, {"marks": kept.number})
