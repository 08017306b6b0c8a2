"""What must be right of an offering before it is kept; each refusal names its field and the remedy."""

from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.offerings.models import Offering
from portal.offerings.schedule import days_of, pace_of
from portal.offerings.terms import known_platform
from portal.wording import day, figure

YEARS = range(2000, 2101)
MOST_LEARNERS = 1_000_000


def must_be_sound(offering: Offering) -> None:
    """Check an offering that is about to be kept, and take the days of a semester from the calendar.

    Raises ``Refused`` for the first thing that is wrong.
    """
    check_years(offering)
    check_numbers(offering)
    check_cohort(offering)
    check_mode(offering)
    check_days(offering)
    check_pace(offering)
    check_enrolment(offering)
    check_class(offering)
    check_certificate(offering)
    check_place(offering)


def check_years(offering: Offering) -> None:
    """A day whose year is a slip of the hand is no day of a course."""
    for name in ("starts_on", "ends_on", "final_due_on", "enrols_from", "enrols_until", "plan_declared_on"):
        given = getattr(offering, name)
        if given is not None and given.year not in YEARS:
            raise Refused(
                _("The year %(year)s cannot be right; give one from %(first)s to %(last)s.")
                % {"year": given.year, "first": YEARS[0], "last": YEARS[-1]},
                name,
            )


def check_numbers(offering: Offering) -> None:
    """A fee is not negative, and a class is no country."""
    for name in ("fee", "certificate_fee"):
        if (getattr(offering, name) or 0) < 0:
            raise Refused(_("An amount cannot be negative; enter 0 for nothing."), name)
    for name in ("least_learners", "most_learners"):
        if (getattr(offering, name) or 0) > MOST_LEARNERS:
            raise Refused(_("At most %(most)s.") % {"most": figure(MOST_LEARNERS)}, name)


def check_cohort(offering: Offering) -> None:
    """A course has one offering for each cohort."""
    others = Offering.objects.filter(proposal=offering.proposal, cohort__iexact=offering.cohort.strip())
    if others.exclude(pk=offering.pk).exists():
        raise Refused(
            _("“%(cohort)s” of this course is there already; name this one otherwise.")
            % {"cohort": offering.cohort},
            "cohort",
        )


def check_mode(offering: Offering) -> None:
    """An offering by semester takes its days from the calendar; others have none (UMPSA 8(I))."""
    if offering.mode != Offering.Mode.SEMESTER:
        offering.semester = None
        return
    if offering.semester is None:
        raise Refused(_("Choose the semester; the days are taken from the calendar."), "semester")
    days = days_of(offering.semester, offering.policy)
    if not days.fits:
        raise Refused(
            _(
                "Semester %(semester)s ends on %(day)s; %(weeks)s weeks of learning and an examination do not"
                " fit in. Choose another one, or offer the course for a fixed duration."
            )
            % {"semester": offering.semester.code, "day": day(days.ends_on), "weeks": days.weeks},
            "semester",
        )
    if offering.state not in ("announced", "running"):
        offering.starts_on, offering.ends_on = days.starts_on, days.ends_on


def check_days(offering: Offering) -> None:
    """The last day follows the first; the final assessment lies between them."""
    starts, ends, final = offering.starts_on, offering.ends_on, offering.final_due_on
    if offering.mode == Offering.Mode.FIXED and starts and not ends:
        raise Refused(_("An offering of fixed duration has a last day; give it."), "ends_on")
    if starts and ends and ends < starts:
        raise Refused(_("The last day comes before the first."), "ends_on")
    if final and starts and final < starts:
        raise Refused(_("The final assessment would be due before the first day."), "final_due_on")
    if final and ends and final > ends:
        raise Refused(_("The final assessment would be due after the last day."), "final_due_on")


def check_pace(offering: Offering) -> None:
    """A fixed duration holds the learning time of the course (UTM 3.3.1.4)."""
    if offering.mode != Offering.Mode.FIXED:
        return
    pace = pace_of(offering)
    if pace is not None and pace.is_too_short:
        raise Refused(
            _(
                "The learning time of %(hours)s hours does not fit in %(weeks)s weeks: that is %(each)s"
                " hours a week. Choose a later last day."
            )
            % {
                "hours": figure(pace.hours),
                "weeks": figure(pace.weeks),
                "each": figure(pace.hours_per_week),
            },
            "ends_on",
        )


def check_enrolment(offering: Offering) -> None:
    """Enrolment closes after it opens, and not after the course has ended."""
    opens, closes = offering.enrols_from, offering.enrols_until
    if opens and closes and closes < opens:
        raise Refused(_("Enrolment would close before it opens."), "enrols_until")
    if closes and offering.ends_on and closes > offering.ends_on:
        raise Refused(_("Enrolment would still be open after the last day."), "enrols_until")
    if opens and offering.ends_on and opens > offering.ends_on:
        raise Refused(_("Enrolment would open after the last day."), "enrols_from")


def check_class(offering: Offering) -> None:
    """There is room for the least number of learners."""
    least, most = offering.least_learners, offering.most_learners
    if most == 0:
        raise Refused(_("There must be room for somebody; leave it empty for no limit."), "most_learners")
    if least and most and most < least:
        raise Refused(_("There is less room than the class needs learners at least."), "most_learners")
    if offering.pk and most:
        there = offering.enrolments.filter(state__in=("unpaid", "active")).count()
        if most < there:
            raise Refused(
                _("%(count)s learners are enrolled already; there must be room for them.") % {"count": there},
                "most_learners",
            )


def check_certificate(offering: Offering) -> None:
    """A paid certificate has a price (UTM 5.2.7, Jadual 1)."""
    if offering.certificate != Offering.Certificate.PAID:
        return
    if not offering.certificate_fee or offering.certificate_fee <= 0:
        raise Refused(_("Give the price of the certificate, or make it free."), "certificate_fee")


def check_place(offering: Offering) -> None:
    """What is online has a platform, what is face to face a place, blended learning both (UNIMAS 3.1)."""
    delivery = offering.proposal.content.get("delivery")
    if delivery in ("conventional", "blended") and not offering.place.strip():
        raise Refused(_("The course is taught face to face, at least in part: give the place."), "place")
    if delivery in ("odl", "blended") and not offering.platform.strip():
        raise Refused(_("The course is taught online, at least in part: name its platform."), "platform")
    known = known_platform(offering.institution, offering.platform)
    if known is not None:
        offering.platform = known.name
        offering.platform_url = offering.platform_url or known.url
