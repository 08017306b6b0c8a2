"""What each action of the register is called; the keys are what ``register.record`` is given."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "administration.appoint": _("Appointed"),
    "administration.change_institution": _("Institution changed"),
    "administration.end_appointment": _("Appointment ended"),
    "administration.invite": _("Invited"),
    "administration.keep_faculty": _("Faculty kept"),
    "administration.keep_semester": _("Semester kept"),
    "administration.keep_sign_on": _("University login kept"),
    "administration.keep_signatory": _("Signatory kept"),
    "administration.remove_semester": _("Semester removed"),
    "administration.remove_sign_on": _("University login removed"),
    "administration.start_institution": _("Institution started"),
    "applications.letter": _("Letter or form made"),
    "notices.send_again": _("Email sent again"),
    "payments.cancel": _("Order cancelled"),
    "payments.fail": _("Payment failed"),
    "payments.name_receiver": _("Receiver of a part named"),
    "payments.pay_out": _("Part paid out"),
    "payments.place": _("Order placed"),
    "payments.receive": _("Payment received"),
    "payments.refund": _("Order refunded"),
    "payments.return": _("Overpayment given back"),
    "payments.settle": _("Order settled"),
    "payments.start": _("Payment begun"),
    "applications.start": _("Application begun"),
    "applications.discard": _("Draft deleted"),
    "applications.save_study": _("Prior study kept"),
    "applications.remove_study": _("Prior study removed"),
    "applications.upload_evidence": _("Document uploaded"),
    "applications.discard_evidence": _("Document deleted"),
    "applications.ask_approval": _("Approval beforehand asked for"),
    "applications.withdraw_approval": _("Question for approval taken back"),
    "applications.ask_attendance": _("Asked to attend after all"),
    "people.accept_invitation": _("Invitation accepted"),
    "people.ask_for_erasure": _("Erasure asked for"),
    "people.change_own_data": _("Own data changed"),
    "people.delegate": _("Role delegated"),
    "people.end_delegation": _("Delegation ended"),
    "people.erase": _("Person erased"),
    "people.join": _("Joined"),
    "people.withdraw_erasure": _("Erasure no longer asked for"),
}
"""By app and verb; each app adds its own."""


def in_words(action: str) -> str:
    """Name an action in the person's language; one without words keeps its name."""
    return str(ACTIONS.get(action, action))
