"""The columns of the catalogue's files."""

from django.utils.translation import gettext_lazy as _

from portal.catalogue.choices import words
from portal.catalogue.models import Course, CourseResult, GradingScale, Programme, ScaleGrade, Student
from portal.exports.listing import Column

PROGRAMME: tuple[Column[Programme], ...] = (
    Column(_("code"), lambda p: p.code),
    Column(_("faculty"), lambda p: p.faculty.code if p.faculty else ""),
    Column(_("name in Malay"), lambda p: p.name_ms),
    Column(_("name in English"), lambda p: p.name_en),
    Column(_("level"), lambda p: words("level", p.level)),
    Column(_("mode"), lambda p: words("mode", p.mode)),
    Column(_("field"), lambda p: p.field),
    Column(_("graduating credits"), lambda p: p.graduating_credits),
    Column(_("credits of the coursework part"), lambda p: p.coursework_credits),
    Column(_("duration in years"), lambda p: p.duration_years),
    Column(_("accredited by MQA, provisionally too"), lambda p: p.mqa_accredited),
    Column(_("code in the Malaysian Qualifications Register"), lambda p: p.mqr_code),
    Column(_("stricter minimum grade"), lambda p: p.minimum_grade),
    Column(_("Senate's reference"), lambda p: p.minimum_grade_reference),
    Column(_("in force from"), lambda p: p.minimum_grade_on),
    Column(_("programme standard"), lambda p: p.standard),
    Column(_("limit of vertical transfer by the standard, in percent"), lambda p: p.standard_limit_percent),
    Column(_("professional body"), lambda p: p.professional_body),
    Column(_("overall limit by the professional body, in percent"), lambda p: p.professional_limit_percent),
    Column(_("offered"), lambda p: p.active),
)
COURSE: tuple[Column[Course], ...] = (
    Column(_("code"), lambda c: c.code),
    Column(_("faculty"), lambda c: c.faculty.code if c.faculty else ""),
    Column(_("name in Malay"), lambda c: c.name_ms),
    Column(_("name in English"), lambda c: c.name_en),
    Column(_("credits"), lambda c: c.credits),
    Column(_("level"), lambda c: words("level", c.level)),
    Column(_("kind of subject"), lambda c: words("subject", c.subject)),
    Column(_("student learning time in hours"), lambda c: c.learning_hours),
    Column(_("synopsis"), lambda c: c.synopsis),
    Column(_("subject experts"), lambda c: ", ".join(person.name for person in c.experts.all())),
    Column(_("offered"), lambda c: c.active),
)
STUDENT: tuple[Column[Student], ...] = (
    Column(_("matric number"), lambda s: s.matric),
    Column(_("full name"), lambda s: s.person.name),
    Column(_("email"), lambda s: s.person.email),
    Column(_("programme"), lambda s: s.programme.code),
    Column(_("first semester"), lambda s: s.intake.code),
    Column(_("status"), lambda s: words("status", s.status)),
    Column(_("academic standing"), lambda s: words("standing", s.standing)),
    Column(_("CGPA"), lambda s: s.cgpa),
    Column(_("in the final semester"), lambda s: s.final_semester),
)
RESULT: tuple[Column[CourseResult], ...] = (
    Column(_("matric number"), lambda r: r.student.matric),
    Column(_("programme"), lambda r: r.student.programme.code),
    Column(_("course"), lambda r: r.course.code),
    Column(_("semester"), lambda r: r.semester.code),
    Column(_("grade"), lambda r: r.grade),
    Column(_("completed on"), lambda r: r.completed_on),
)
GRADE: tuple[Column[ScaleGrade], ...] = (
    Column(_("grade"), lambda g: g.label),
    Column(_("lowest mark"), lambda g: g.lowest_mark),
    Column(_("grade points"), lambda g: g.points),
    Column(_("equal to"), lambda g: g.equal_to),
)
SCALE: tuple[Column[GradingScale], ...] = (
    Column(_("name"), lambda s: s.name),
    Column(_("in force from"), lambda s: s.in_force_on),
    Column(_("grades"), lambda s: " ".join(grade.label for grade in s.grades.all())),
)
