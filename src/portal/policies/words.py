"""Words for people: who acts in a clause, how binding it is, what became of it, and what a condition asks."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

FORCES: Words = {
    "must": _("must"),
    "must_not": _("must not"),
    "should": _("should"),
    "may": _("may"),
    "informs": _("for information"),
}

ACTORS: Words = {
    "administrator": _("administrator"),
    "assessor": _("assessor"),
    "auditor": _("auditor"),
    "bursar": _("bursar"),
    "centre": _("responsible centre"),
    "committee": _("committee"),
    "coordinator": _("coordinator"),
    "dean": _("dean"),
    "developer": _("course developer"),
    "faculty": _("faculty"),
    "instructor": _("instructor"),
    "provider": _("provider"),
    "ptj_head": _("head of department"),
    "qa_unit": _("quality assurance unit"),
    "senate": _("Senate"),
    "sme": _("subject expert"),
    "student": _("student"),
    "system": _("system"),
}

REALISATIONS: Words = {
    "calculation": _("calculation"),
    "data": _("data"),
    "document": _("document"),
    "limit": _("limit"),
    "none": _("nothing in the system"),
    "notification": _("notification"),
    "page": _("page"),
    "permission": _("permission"),
    "record": _("record"),
    "report": _("report"),
    "rule": _("rule"),
    "workflow": _("workflow"),
}

SORTS: Words = {
    "rule": _("Rule"),
    "limit": _("Limit"),
    "condition": _("Condition"),
    "parameter": _("Value"),
}

REALISING: Words = {
    "rule": _("Rule"),
    "limit": _("Limit"),
    "condition": _("Condition"),
    "parameter": _("Value"),
    "case": _("Case"),
    "test": _("Test"),
    "page": _("Page"),
    "kind": _("Kind of case"),
}

DOCUMENT_LANGUAGES: Words = {"ms": _("Malay"), "en": _("English")}

COLUMNS: Words = {
    "accredited": _("source programme accredited"),
    "all_verified": _("quality verified for every source"),
    "also_holds_diploma": _("holder also has a diploma"),
    "applied_on": _("date of application"),
    "approved_beforehand": _("approved beforehand"),
    "basis": _("basis"),
    "certificate": _("kind of certificate"),
    "claimed_before": _("claimed before"),
    "claimed_in_case": _("claimed earlier in the same application"),
    "clo_complete": _("all learning outcomes given"),
    "clo_lowest": _("lowest learning outcome"),
    "compares_level": _("levels are compared"),
    "completed_on": _("date of completion"),
    "content_overlap": _("content overlap"),
    "coursework_credits": _("credits of coursework"),
    "coursework_known": _("credits of coursework given"),
    "credits": _("credits of the source"),
    "direction": _("transfer path"),
    "duration_hundredths": _("duration of the programme"),
    "duration_known": _("duration of the programme known"),
    "ended_on": _("end of the prior study"),
    "exempted": _("path gives exemption"),
    "exempting": _("path gives exemption"),
    "faculty_minimum_known": _("minimum grade set by the faculty known"),
    "final_semester": _("final semester"),
    "from_level": _("level of the source"),
    "from_own": _("from the own institution"),
    "from_stand_alone": _("stand-alone course"),
    "grade": _("grade"),
    "graded": _("with grade"),
    "graduating_credits": _("graduating credits"),
    "holds_diploma_too": _("holder also has a diploma"),
    "institution_known": _("institution known"),
    "level": _("level of the source"),
    "level_compared": _("levels are compared"),
    "lowest_grade": _("lowest grade"),
    "mode_known": _("mode of study known"),
    "mqa_accredited": _("programme accredited by MQA"),
    "needs_onsite_test": _("on-site assessment needed"),
    "onsite_grade": _("grade of the on-site assessment"),
    "origin": _("origin"),
    "outcome_of_study": _("outcome of the prior study"),
    "own_institution": _("from the own institution"),
    "own_programme": _("programme of the policy's own institution"),
    "partner_agreement": _("agreement between the institutions"),
    "path_open": _("path is open"),
    "platform": _("platform"),
    "prior_outcome": _("outcome of the prior study"),
    "proctoring": _("proctoring"),
    "professional_limit_percent": _("limit of the professional body"),
    "programme_level": _("level of the programme"),
    "programme_minimum_grade": _("minimum grade set by the faculty"),
    "programme_mode": _("mode of the programme"),
    "quality_verified": _("quality verified"),
    "semester": _("semester"),
    "source_direction": _("transfer path"),
    "standard_known": _("limit of the programme standard known"),
    "standard_limit_percent": _("limit of the programme standard"),
    "standing": _("academic standing"),
    "status": _("student status"),
    "study_level": _("group of levels"),
    "study_mode": _("mode of the prior study"),
    "subject": _("kind of subject"),
    "target_credits": _("credits of the course applied for"),
    "transferred_before": _("transferred before"),
    "week": _("week"),
    "withdrawn_with_cause": _("withdrawn for good cause"),
}
