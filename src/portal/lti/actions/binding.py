"""Connecting a person and a course of an LMS with Tauliah, and taking what the LMS tells."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.lti import claims as lti
from portal.lti import offered, results, roster
from portal.lti.access import must_register
from portal.lti.models import Column, CourseLink, LmsAccount, Message, Pull
from portal.offerings.models import Assessment, Offering
from portal.records.register import record


def told_name(message: Message) -> str:
    """Return the name under which the LMS knows who comes."""
    return lti.words_of(message.claims.get("name"), 255)


@transaction.atomic
def connect_account(person: Person, message: Message) -> LmsAccount:
    """Keep that an account of an LMS is this person's; raises ``Refused`` where it is another's."""
    lms, subject = message.lms, str(message.claims["sub"])[:255]
    made, new = LmsAccount.objects.get_or_create(
        lms=lms, subject=subject, defaults={"person": person, "name": told_name(message)}
    )
    if made.person_id != person.pk:
        raise Refused(
            _(
                "This account of %(lms)s is connected with another account of Tauliah. Log in with that one, "
                "or ask the e-learning centre to untie them."
            )
            % {"lms": lms.name}
        )
    if new:
        record(None, "lti.connect_account", made, institution=lms.institution, after={"lms": lms.name})
    return made


@transaction.atomic
def disconnect_account(acting: Appointment | None, account: LmsAccount) -> None:
    """Untie an account of an LMS from a person, who connected the wrong one."""
    if must_register(acting) != account.lms.institution:
        raise NotAllowed
    before = {"lms": account.lms.name, "person": account.person_id}
    record(acting, "lti.disconnect_account", account, before=before)
    account.delete()


def course_of(message: Message) -> CourseLink | None:
    """Return the offering that a launch leads to: that of its link, otherwise that of its whole course."""
    links = _links(message)
    code = lti.object_of(message.claims.get(lti.CUSTOM)).get("tauliah_course")
    chosen = next((link for link in links if code and str(link.code) == str(code)), None)
    resource = lti.words_of(lti.object_of(message.claims.get(lti.RESOURCE_LINK)).get("id"), 255)
    own = next((link for link in links if link.resource_link_id and link.resource_link_id == resource), None)
    general = [link for link in links if not link.resource_link_id]
    return chosen or own or (general[0] if len(general) == 1 else None)


def _links(message: Message) -> list[CourseLink]:
    found = CourseLink.objects.filter(
        lms=message.lms,
        deployment_id=message.claims[lti.DEPLOYMENT],
        context_id=context_of(message)[0],
    )
    return list(found.select_related("offering__proposal", "offering__institution", "lms"))


def context_of(message: Message) -> tuple[str, str]:
    """Return id and name of the course that a launch comes from; an LMS may leave it out."""
    context = lti.object_of(message.claims.get(lti.CONTEXT))
    title = lti.words_of(context.get("title"), 255) or lti.words_of(context.get("label"), 255)
    return lti.words_of(context.get("id"), 255), title


@transaction.atomic
def bind(acting: Appointment | None, message: Message, offering: Offering) -> CourseLink:
    """Connect the course, or the link, that a launch comes from with an offering; raises ``Refused``."""
    acting = offered.must_connect(acting, offering)
    if offering.institution_id != message.lms.institution_id:
        raise NotAllowed
    if not lti.teaches(message.claims.get(lti.ROLES)):
        raise Refused(_("The LMS says that you learn in this course. Who teaches it there connects it."))
    context, title = context_of(message)
    if not context:
        raise Refused(_("The LMS does not say from which course it comes (context)."))
    deep = message.claims[lti.MESSAGE_TYPE] == lti.DEEP_LINKING_LAUNCH
    resource = "" if deep else str(lti.object_of(message.claims.get(lti.RESOURCE_LINK)).get("id", ""))
    before = course_of(message) if not deep else None
    if before is not None and before.offering_id == offering.pk:
        return before
    made: CourseLink = CourseLink.objects.create(
        lms=message.lms,
        deployment_id=message.claims[lti.DEPLOYMENT],
        context_id=context,
        resource_link_id=resource[:255],
        title=title,
        offering=offering,
        made_by=acting,
    )
    keep_services(made, message)
    after = {"lms": message.lms.name, "course": title, "offering": offering.pk}
    record(acting, "lti.bind", made, after=after)
    return made


def keep_services(course: CourseLink, message: Message) -> None:
    """Keep where the LMS offers roster and gradebook of a course, as its newest launch says."""
    names = lti.object_of(message.claims.get(lti.NAMES_AND_ROLES))
    grades = lti.object_of(message.claims.get(lti.GRADES))
    scopes = grades.get("scope")
    told: dict[str, Any] = {
        "memberships_url": lti.words_of(names.get("context_memberships_url"), 1000),
        "items_url": lti.words_of(grades.get("lineitems"), 1000),
        "scopes": [str(scope)[:200] for scope in scopes[:20]] if isinstance(scopes, list) else [],
    }
    changed = [name for name, value in told.items() if value and getattr(course, name) != value]
    for name in changed:
        setattr(course, name, told[name])
    if changed:
        course.save(update_fields=changed)


@transaction.atomic
def unbind(acting: Appointment | None, course: CourseLink) -> None:
    """End the connection of a course; enrolments and marks that came of it stay."""
    acting = offered.must_connect(acting, course.offering)
    before = {"lms": course.lms.name, "course": course.title, "offering": course.offering_id}
    record(acting, "lti.unbind", course, before=before)
    course.delete()


@transaction.atomic
def keep_column(
    acting: Appointment | None, course: CourseLink, assessment: Assessment, found: lti.Claims
) -> Column:
    """Keep that a column of the LMS is an assessment of the offering; the one before is replaced."""
    acting = offered.must_connect(acting, course.offering)
    if assessment.offering_id != course.offering_id:
        raise NotAllowed
    kept, _new = Column.objects.update_or_create(
        course=course,
        assessment=assessment,
        defaults={"address": found["address"], "label": found["label"], "maximum": found["maximum"]},
    )
    after = {"assessment": assessment.name, "column": kept.label}
    record(acting, "lti.keep_column", kept, after=after)
    return kept


def read_roster(acting: Appointment | None, course: CourseLink) -> Pull:
    """Keep the roster as the LMS tells it now, to be looked at; nothing changes in the offering."""
    acting = offered.must_connect(acting, course.offering)
    return _read(acting, course, None, roster.previewed(course))


def read_results(acting: Appointment | None, column: Column) -> Pull:
    """Keep the results of a column as the LMS tells them now, to be looked at; no mark changes."""
    acting = offered.must_connect(acting, column.course.offering)
    return _read(acting, column.course, column, results.previewed(column))


@transaction.atomic
def _read(acting: Appointment, course: CourseLink, column: Column | None, rows: list[roster.Row]) -> Pull:
    made: Pull = Pull.objects.create(course=course, column=column, rows=rows, made_by=acting)
    record(acting, "lti.read", made, after={"offering": course.offering_id, "rows": len(rows)})
    return made


@transaction.atomic
def take(acting: Appointment | None, pull: Pull) -> tuple[int, list[str]]:
    """Take what was looked at, once; return how many were taken, and why others could not be.

    Each row is done by itself: what has changed since it was looked at leaves the others alone.
    """
    held = Pull.objects.select_for_update(of=("self",), no_key=True).get(pk=pull.pk)
    acting = offered.must_connect(acting, held.course.offering)
    if held.taken_at is not None:
        raise Refused(_("This list was taken already. Read it again to take what is new."))
    taken, refusals = 0, list[str]()
    people = Person.objects.in_bulk([row["person"] for row in held.rows if row["person"]])
    for row in held.rows:
        if row["state"] not in (roster.NEW, results.CHANGED) or row["person"] not in people:
            continue
        try:
            with transaction.atomic():
                _take_row(acting, held, row, people[row["person"]])
            taken += 1
        except Refused as refused:
            refusals.append(str(refused.message))
    held.taken_at = timezone.now()
    held.save(update_fields=["taken_at"])
    record(acting, "lti.take", held, after={"taken": taken, "refused": len(refusals)})
    return taken, list(dict.fromkeys(refusals))


def _take_row(acting: Appointment, pull: Pull, row: roster.Row, person: Person) -> None:
    if pull.column is None:
        offered.enrol(acting, pull.course.offering, person)
        return
    offered.mark(pull.column.assessment, person, Decimal(row["share"]))
