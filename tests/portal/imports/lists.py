"""Lists as people upload them: written here as XLSX and CSV."""

import io
from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile

from tauliah.files.spreadsheets import Page, csv_lines, write_workbook

PROGRAMMES = ("kod", "fakulti", "nama dalam bahasa Melayu", "peringkat", "kredit bergraduat")
COURSES = ("code", "faculty", "name in Malay", "credits")
OUTCOMES = ("course", "code", "outcome in Malay")
TOPICS = ("course", "place", "topic in Malay", "hours")
STUDENTS = ("matric number", "full name", "email", "programme", "first semester", "CGPA")
RESULTS = ("matric number", "course", "semester", "grade", "completed on")


def csv_file(
    headings: Sequence[str], *rows: Sequence[object], name: str = "senarai.csv"
) -> SimpleUploadedFile:
    """A CSV file."""
    return SimpleUploadedFile(name, "".join(csv_lines(headings, rows)).encode())


def xlsx_file(*pages: Page, name: str = "senarai.xlsx") -> SimpleUploadedFile:
    """An XLSX file."""
    target = io.BytesIO()
    write_workbook(pages, target)
    return SimpleUploadedFile(name, target.getvalue())
