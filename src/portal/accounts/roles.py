"""The roles of the guidelines (UTM 6.2, Jadual 5; UTHM glosari.fakulti; UNIMAS 2 to 4)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person may be appointed as; each is bound to an institution, some to a faculty."""

    STUDENT = "student", _("Student")
    EXTERNAL_LEARNER = "external_learner", _("External learner")
    LECTURER = "lecturer", _("Lecturer")
    SUBJECT_EXPERT = "subject_expert", _("Subject expert")
    PROGRAMME_COORDINATOR = "programme_coordinator", _("Programme coordinator")
    DEPUTY_DEAN = "deputy_dean", _("Deputy dean")
    DEPUTY_DEAN_INDUSTRY = "deputy_dean_industry", _("Deputy dean (industry and community)")
    DEAN = "dean", _("Dean")
    FACULTY_OFFICE = "faculty_office", _("Faculty office")
    ASSESSOR = "assessor", _("Assessor")
    ELEARNING_CENTRE = "elearning_centre", _("E-learning centre")
    CENTRE_DIRECTOR = "centre_director", _("Director of the e-learning centre")
    QUALITY_UNIT = "quality_unit", _("Academic quality unit")
    COMMITTEE_SECRETARY = "committee_secretary", _("Committee secretary")
    BURSAR = "bursar", _("Bursar")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Institution administrator")


LEARNERS = frozenset({Role.STUDENT, Role.EXTERNAL_LEARNER})
FACULTY_ROLES = frozenset(
    {
        Role.LECTURER,
        Role.SUBJECT_EXPERT,
        Role.PROGRAMME_COORDINATOR,
        Role.DEPUTY_DEAN,
        Role.DEPUTY_DEAN_INDUSTRY,
        Role.DEAN,
        Role.FACULTY_OFFICE,
        Role.ASSESSOR,
    }
)
"""Roles that may be bound to one faculty and then see only its work."""
STAFF = frozenset(Role) - LEARNERS
