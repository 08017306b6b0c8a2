"""What the eligibility check asks for each key of a case."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from portal.cases.questions import Question

QUESTIONS: Mapping[str, Question] = {
    "policy": Question(_("Policy"), 9, required=True),
    "applied_on": Question(_("Date of application"), 3, required=True),
    "programme.institution": Question(_("Institution"), 4, required=True),
    "programme.level": Question(_("Level"), 4, required=True),
    "programme.mode": Question(_("Mode of study"), 4),
    "programme.field": Question(_("Field of study"), 4),
    "programme.graduating_credits": Question(_("Graduating credits"), 4, required=True),
    "programme.mqa_accredited": Question(_("Accredited by MQA?"), 4),
    "programme.duration_years": Question(_("Duration in years"), 4),
    "programme.coursework_credits": Question(_("Coursework credits"), 4, _("Of a mixed-mode programme")),
    "programme.minimum_grade": Question(
        _("Faculty's minimum grade"), 4, _("If stricter, with the Senate's consent")
    ),
    "programme.standard_limit_percent": Question(
        _("Programme standard's limit"), 4, _("For vertical transfer"), suffix="%"
    ),
    "programme.professional_limit_percent": Question(
        _("Professional body's limit"), 4, _("For all credits together"), suffix="%"
    ),
    "student.semester": Question(_("Semester no."), 2),
    "student.week": Question(_("Week no."), 2),
    "student.final_semester": Question(_("Final semester?"), 3),
    "student.standing": Question(_("Academic standing"), 3),
    "student.status": Question(_("Status"), 2),
    "prior_studies.institution": Question(_("Institution"), 5),
    "prior_studies.level": Question(_("Level"), 3),
    "prior_studies.outcome": Question(_("How it ended"), 4),
    "prior_studies.ended_on": Question(_("Ended on"), 4),
    "prior_studies.accredited": Question(_("Accredited or recognised?"), 4),
    "prior_studies.mode": Question(_("Mode of study"), 4),
    "prior_studies.field": Question(_("Field of study"), 6),
    "prior_studies.country": Question(_("Country (two letters)"), 6),
    "prior_studies.withdrawn_with_cause": Question(
        _("If withdrawn: for good cause?"), 6, _("Not academic: health, money and the like")
    ),
    "prior_studies.also_holds_diploma": Question(_("If an advanced diploma: also a diploma?"), 6),
    "granted.credits": Question(_("Credits granted"), 3),
    "granted.limits": Question(_("Counted under"), 9),
    "claims.target.code": Question(_("Course code"), 3, required=True),
    "claims.target.title": Question(_("Course title"), 7),
    "claims.target.credits": Question(_("Credits"), 2, required=True),
    "claims.target.subject": Question(_("Kind of course"), 3, empty=_("Ordinary course")),
    "claims.basis": Question(_("Based on"), 5, required=True),
    "claims.graded": Question(_("With grade?"), 2),
    "claims.content_overlap": Question(_("Overlap"), 2, suffix="%"),
    "claims.partner_agreement": Question(_("Agreement between the institutions?"), 6),
    "claims.approved_beforehand": Question(_("Approved by the faculty before it was taken?"), 6),
    "sources.study": Question(_("From which prior study"), 5, required=True, empty=_("Choose")),
    "sources.platform": Question(_("Platform"), 4),
    "sources.institution": Question(_("Institution"), 5),
    "sources.origin": Question(_("Kind of micro-credential"), 4),
    "sources.code": Question(_("Course code"), 3),
    "sources.title": Question(_("Course title"), 4),
    "sources.credits": Question(_("Credits"), 2),
    "sources.grade": Question(_("Grade"), 3),
    "sources.completed_on": Question(_("Completed on"), 3),
    "sources.transferred_before": Question(_("Itself given by transfer?"), 4),
    "sources.level": Question(_("Level"), 4),
    "sources.accredited": Question(_("Accredited?"), 4),
    "sources.malaysian": Question(_("Malaysian MOOC?"), 4),
    "sources.certificate": Question(_("Certificate"), 4),
    "sources.proctoring": Question(_("Proctored examination"), 4),
    "sources.onsite_grade": Question(_("Grade of the on-site assessment"), 4),
    "sources.claimed_before": Question(_("Claimed before?"), 4),
    "sources.quality_verified": Question(_("Quality verified (QVC)?"), 4),
    "sources.clo_percent": Question(
        _("Score in each learning outcome"),
        10,
        _("In percent, for example: CLO1 62, CLO2 55, CLO3 ?"),
    ),
}
