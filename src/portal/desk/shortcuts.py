"""The pages that a role works with, by role."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.accounts.roles import Role

Shortcut = tuple[str | Promise, str, str]
"""Words, route, icon."""

APPLICATIONS: Shortcut = (_("Applications"), "applications:queue", "file")
MANY: Shortcut = (_("Decide many"), "applications:deciding", "tick")
COURSES: Shortcut = (_("Courses"), "catalogue:courses", "list")
PROGRAMMES: Shortcut = (_("Programmes"), "catalogue:programmes", "list")
STUDENTS: Shortcut = (_("Students"), "catalogue:students", "people")
SCALES: Shortcut = (_("Grading scales"), "catalogue:scales", "list")
IMPORTS: Shortcut = (_("Import from a spreadsheet"), "imports:list", "upload")
PRECEDENTS: Shortcut = (_("Precedents"), "matching:precedents", "swap")
ORDERS: Shortcut = (_("Orders and payments"), "payments:queue", "money")
STATEMENT: Shortcut = (_("Statement of distributions"), "payments:statement", "money")
REGISTER: Shortcut = (_("Register of transfers"), "applications:register", "list")
AGREEMENTS: Shortcut = (_("Agreements"), "applications:agreements", "swap")
CONDITIONS: Shortcut = (_("Open conditions"), "applications:conditions", "alert")
APPROVALS: Shortcut = (_("Approvals beforehand"), "applications:approval_queue", "tick")
COMPLIANCE: Shortcut = (_("Compliance"), "applications:compliance", "alert")
AUDIT: Shortcut = (_("Audit of decisions"), "applications:audit", "search")
PEOPLE: Shortcut = (_("People and roles"), "administration:people", "people")
INSTITUTION: Shortcut = (_("Institution"), "administration:institution", "list")
CALENDAR: Shortcut = (_("Calendar"), "administration:calendar", "calendar")
EMAILS: Shortcut = (_("Emails sent"), "notices:outbox", "bell")
CREDENTIALS: Shortcut = (_("Credentials"), "credentials:runs", "badge")
OWN_CREDENTIALS: Shortcut = (_("My credentials"), "credentials:mine", "badge")
OWN_COURSES: Shortcut = (_("My courses"), "offerings:mine", "list")
OFFERINGS: Shortcut = (_("Offerings"), "offerings:list", "list")
RESULTS: Shortcut = (_("Sheets of results"), "offerings:sheets", "tick")
MEETINGS: Shortcut = (_("Meetings"), "approvals:meetings", "calendar")
COMMITTEES: Shortcut = (_("Committees"), "approvals:committees", "people")
PROPOSALS: Shortcut = (_("Course proposals"), "proposals:list", "file")
MONITORING: Shortcut = (_("Monitoring"), "monitoring:offerings", "search")
OWN_GOALS: Shortcut = (_("My qualifications"), "stacking:mine", "badge")

FACULTY = (
    APPLICATIONS,
    MANY,
    APPROVALS,
    PRECEDENTS,
    AGREEMENTS,
    CONDITIONS,
    COURSES,
    STUDENTS,
    REGISTER,
)
SHORTCUTS: Mapping[str, tuple[Shortcut, ...]] = {
    Role.STUDENT: (
        (_("New application"), "applications:start", "plus"),
        (_("My applications"), "applications:list", "file"),
        (_("My documents"), "applications:files", "upload"),
        (_("My transferred credits"), "applications:transcript", "list"),
        (_("Approval beforehand"), "applications:approvals", "tick"),
        OWN_COURSES,
        (_("My payments"), "payments:mine", "money"),
        OWN_CREDENTIALS,
        OWN_GOALS,
    ),
    Role.EXTERNAL_LEARNER: (
        OWN_COURSES,
        (_("My payments"), "payments:mine", "money"),
        OWN_CREDENTIALS,
        OWN_GOALS,
    ),
    Role.PROGRAMME_COORDINATOR: FACULTY,
    Role.DEPUTY_DEAN: FACULTY,
    Role.DEAN: FACULTY,
    Role.FACULTY_OFFICE: (APPLICATIONS, ORDERS, COURSES, PROGRAMMES, STUDENTS, IMPORTS, REGISTER),
    Role.DEPUTY_DEAN_INDUSTRY: (PROPOSALS, OFFERINGS, MONITORING, COURSES),
    Role.LECTURER: (PROPOSALS, OFFERINGS, RESULTS, COURSES),
    Role.SUBJECT_EXPERT: (APPLICATIONS, PRECEDENTS, COURSES, OFFERINGS, RESULTS),
    Role.ASSESSOR: (APPLICATIONS,),
    Role.ELEARNING_CENTRE: (
        PROPOSALS,
        OFFERINGS,
        RESULTS,
        MONITORING,
        CREDENTIALS,
        APPLICATIONS,
        REGISTER,
        COURSES,
    ),
    Role.CENTRE_DIRECTOR: (PROPOSALS, OFFERINGS, RESULTS, MONITORING, COURSES),
    Role.QUALITY_UNIT: (PROPOSALS, MONITORING, OFFERINGS, COURSES),
    Role.COMMITTEE_SECRETARY: (MEETINGS, COMMITTEES, APPLICATIONS),
    Role.BURSAR: (ORDERS, STATEMENT, APPLICATIONS),
    Role.AUDITOR: (AUDIT, COMPLIANCE, REGISTER, APPLICATIONS, ORDERS, CREDENTIALS),
    Role.ADMINISTRATOR: (
        PEOPLE,
        INSTITUTION,
        CALENDAR,
        PROGRAMMES,
        COURSES,
        STUDENTS,
        SCALES,
        IMPORTS,
        CREDENTIALS,
        EMAILS,
        APPLICATIONS,
    ),
}


def shortcuts_of(acting: Appointment) -> list[tuple[str, str, str]]:
    """Return the role's pages as words, address and icon."""
    return [(str(words), reverse(route), icon) for words, route, icon in SHORTCUTS.get(acting.role, ())]
