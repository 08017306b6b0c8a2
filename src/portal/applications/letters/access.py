"""Who may read which letter: the applicant, and staff who see the application; who may have which made."""

from django.db.models import QuerySet
from django.http import Http404

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.applications.access import applications_for, is_own, works_for
from portal.applications.actions.concluding import DECIDED, is_granted
from portal.applications.decided import final_decisions
from portal.applications.letters.kinds import FORMS
from portal.applications.models import Application, Letter
from portal.applications.process import process_of

OFFICE_ONLY = frozenset({"faculty_checklist"})
"""What the faculty keeps for itself: the applicant has the letters and the own forms."""
MAKERS = frozenset({Role.FACULTY_OFFICE, Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN})


def letters_for(acting: Appointment | None) -> QuerySet[Letter]:
    """Return the letters of the applications that somebody may see; a learner does not see office papers."""
    letters = Letter.objects.filter(application__in=applications_for(acting))
    if acting is not None and acting.is_learner:
        return letters.exclude(kind__in=OFFICE_ONLY)
    return letters


def letter_for(acting: Appointment | None, pk: int) -> Letter:
    """Return one letter; raises ``Http404`` for strangers and other institutions."""
    found = letters_for(acting).select_related("application__institution").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def makeable(acting: Appointment | None, application: Application) -> list[str]:
    """Return the forms and letters that somebody may have made now, besides those made by themselves."""
    checklists = process_of(application).checklists
    submitted = application.submitted_at is not None
    kinds = ["exemption_form"] if submitted else []
    if submitted and checklists.get("applicant"):
        kinds.append("applicant_checklist")
    if is_own(acting, application):
        return kinds
    if acting is None or acting.role not in MAKERS or not works_for(acting, application):
        return []
    if submitted and checklists.get("faculty"):
        kinds.append("faculty_checklist")
    if application.state in DECIDED:
        decisions = final_decisions(application).values()
        granted = any(is_granted(decision) for decision in decisions)
        kinds += ["approval_certificate"] if granted else []
        kinds += ["decision"] if decisions and application.state == "decided" else []
    return kinds


def must_be_makeable(acting: Appointment | None, application: Application, kind: str) -> None:
    """Raise ``NotAllowed`` where somebody may not have this letter or form made now."""
    if kind not in makeable(acting, application):
        raise NotAllowed


def is_form(kind: str) -> bool:
    """Say whether this is a form, which is printed and not sent."""
    return kind in FORMS
