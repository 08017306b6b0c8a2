"""The code and title of a micro-credential, formed from the original course or a running number."""

from string import ascii_uppercase
from typing import Annotated, Any, Literal

from tauliah.policy.answer import result, values_on
from tauliah.policy.in_force import ValuesInForce
from tauliah.policy.pack import Pack
from tauliah.values.case import REQUIRED, InvalidCase, Problem, invalid
from tauliah.values.fields import CaseModel, Name, Ordinal, RequiredName, Word, YesNo
from tauliah.values.text import Text

Json = dict[str, Any]

VERIFICATION_MISSING = Text(
    "Nyatakan sama ada kualiti kursus ini telah disahkan; kodnya bergantung padanya.",
    "State whether the quality of this course is verified; its code depends on it.",
)


class CourseCodeCase(CaseModel):
    """A micro-credential in want of a code."""

    kind: Literal["course_code"]
    policy: RequiredName
    origin: Annotated[str, Word("course_origin")]
    code: Name | None = None
    title: RequiredName
    part: Ordinal | None = None
    parts: Ordinal | None = None
    number: Ordinal | None = None
    quality_verified: YesNo | None = None

    @property
    def divided(self) -> bool:
        """Whether the micro-credential is a part of a course."""
        return self.part is not None or (self.parts or 1) > 1


def course_code(case: CourseCodeCase, pack: Pack) -> Json:
    """The code and title; raises `InvalidCase` where what they are formed from is missing."""
    title = case.title.strip()
    if not title:
        raise InvalidCase([Problem("title", REQUIRED)])
    values = values_on(pack)
    code = (_code_of_course if case.origin == "accredited_course" else _running_code)(case, values)
    body = {"code": code, "title": _title(title, values), "clauses": values.clauses}
    notices = (Problem("quality_verified", VERIFICATION_MISSING),)
    return result("course_code", case, values, body, notices if code is None else ())


def _code_of_course(case: CourseCodeCase, values: ValuesInForce) -> str | None:
    original = (case.code or "").strip()
    if not original:
        raise InvalidCase([Problem("code", REQUIRED)])
    form = values.word("course_code_form", origin=case.origin, divided=case.divided)
    return form.format(code=original, letter=_letter(case) if case.divided else "")


def _letter(case: CourseCodeCase) -> str:
    """A for the first part, B for the second; raises `InvalidCase` for a part that there is not."""
    if case.part is None:
        raise InvalidCase([Problem("part", REQUIRED)])
    most = len(ascii_uppercase)
    if max(case.part, case.parts or 0) > most:
        raise invalid(
            "part", f"Paling banyak {most} bahagian (A hingga Z).", f"{most} parts at most (A to Z)."
        )
    if case.parts is not None and case.part > case.parts:
        raise invalid(
            "part",
            f"Kursus ini mempunyai {case.parts} bahagian sahaja.",
            f"This course has only {case.parts} parts.",
        )
    return ascii_uppercase[case.part - 1]


def _running_code(case: CourseCodeCase, values: ValuesInForce) -> str | None:
    if case.number is None:
        raise InvalidCase([Problem("number", REQUIRED)])
    if case.quality_verified is None:
        return None
    form = values.word("course_code_form", origin=case.origin, quality_verified=case.quality_verified)
    return form.format(number=case.number)


def _title(title: str, values: ValuesInForce) -> str:
    """The title in the prescribed form; one that has a form already is left as it is."""
    forms = [str(row.value).casefold() for row in values.rows("title_forms")]
    form = values.word("course_title")
    has_form = any(title.casefold().startswith(f"{start} ") for start in forms)
    return title if has_form else f"{form} {title}"
