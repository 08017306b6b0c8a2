"""The papers of an offering as PDF: letter of approval, agreements, teaching plan; in one language each."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.institutions.models import Institution
from portal.institutions.numbering import next_number
from portal.institutions.paper import paper_of
from portal.institutions.signing import signatories_on
from portal.offerings.models import Offering, Paper, Teacher
from portal.offerings.planning import weeks_of
from portal.offerings.schedule import learning_hours
from portal.packs import packs
from portal.records.register import entries_about
from portal.wording import day, figure, ringgit
from portal.wording import in_language as worded
from tauliah.files.letter import Facts, Heading, Items, Letter, Notice, Paragraph, Part, Table, letter_pdf
from tauliah.files.paper import Signatory
from tauliah.policy.answer import values_on
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY


def make_approval(offering: Offering, acting: Appointment | None) -> Paper:
    """Write the letter by which the centre approves an offering, number it and keep it (UTM 5.3.3)."""
    language = offering.proposal.developer.language
    reference = next_reference(offering.institution)
    paper = Paper(offering=offering, kind=Paper.Kind.APPROVAL, reference=reference, made_by=acting)
    with override(language):
        pdf = approval(offering, reference, acting, language)
    paper.file.save(f"{reference.replace('/', '-')}.pdf", ContentFile(pdf), save=False)
    paper.save()
    return paper


def next_reference(institution: Institution) -> str:
    """Return the next number of a letter of approval: UTM/T/2026/000007."""
    year = timezone.localdate().year
    return f"{institution.code.upper()}/T/{year}/{next_number(institution, 'offering', year):06}"


def approval(offering: Offering, reference: str, acting: Appointment | None, language: str) -> bytes:
    """Print the letter of approval."""
    course = offering.proposal
    parts: list[Part] = [
        Paragraph(_("We refer to the matter above.")),
        Paragraph(
            _(
                "The offering of the course below is approved. Readiness was confirmed by %(faculty)s and"
                " the SME."
            )
            % {"faculty": offering.faculty.name}
        ),
        Facts(facts_of(offering)),
        Heading(_("Until the offering ends")),
        Items(
            [
                _("Learners meet you in the course at least once a week."),
                _("In an offering of fixed duration all learners are told at least one week before it ends."),
                _("The course is not closed early unless the e-learning centre was told first."),
                _("Facilitators and assessors come from active staff and work under a written agreement."),
            ]
        ),
    ]
    return letter_pdf(
        Letter(
            paper_of(offering.institution),
            language,
            timezone.localdate(),
            _("Approval to offer %(course)s") % {"course": f"{course.code} {course.name}"},
            parts,
            reference=reference,
            recipient=(course.developer.name, offering.faculty.name),
            signatories=(office_of(acting),) if acting else (),
            copies=(_("Dean, %(faculty)s") % {"faculty": offering.faculty.name},),
        )
    )


def facts_of(offering: Offering) -> list[tuple[str, str]]:
    """Return what every paper states of an offering."""
    course = offering.proposal
    rows = [
        (_("Course"), f"{course.code} {course.name}"),
        (_("Cohort"), offering.cohort),
        (_("Mode of the offering"), str(offering.get_mode_display())),
        (_("Period"), period(offering)),
        (_("Platform"), offering.platform),
        (_("Certificate"), str(offering.get_certificate_display())),
    ]
    hours = learning_hours(course)
    if hours is not None:
        rows.insert(4, (_("Student learning time"), _("%(hours)s hours") % {"hours": figure(hours)}))
    return [(label, value) for label, value in rows if value]


def period(offering: Offering) -> str:
    """Write from when to when; an open end is left open."""
    if offering.starts_on is None:
        return ""
    first = day(offering.starts_on)
    return f"{first} – {day(offering.ends_on)}" if offering.ends_on else _("from %(day)s") % {"day": first}


def office_of(acting: Appointment) -> Signatory:
    """Return who signs: the name, and the office in both languages."""
    titles = {}
    for language in ("ms", "en"):
        with override(language):
            place = acting.faculty or acting.institution
            role = str(acting.get_role_display())
            titles[language] = f"{role}, {place.name}" if place else role
    return Signatory(acting.person.name, Text(titles["ms"], titles["en"]))


def agreement(teacher: Teacher) -> bytes:
    """Print the written agreement between the SME and a facilitator or assessor (UTM 5.2.4)."""
    offering = teacher.offering
    expert = offering.proposal.developer.name
    part = str(teacher.get_part_display())
    duties = [
        f"{duty.text} ({_('due %(day)s') % {'day': day(duty.due_on)}})" if duty.due_on else duty.text
        for duty in teacher.duties.all()
    ]
    parts: list[Part] = [
        Paragraph(
            _(
                "%(expert)s, the subject expert of the course, and %(name)s, of the active staff of"
                " %(institution)s, agree that %(name)s takes part in the offering below as %(part)s."
            )
            % {
                "expert": expert,
                "name": teacher.person.name,
                "institution": offering.institution.name,
                "part": part.lower(),
            }
        ),
        Facts(facts_of(offering)),
        Heading(_("What is taken on")),
        Items(duties or [_("To help supervise and maintain the course for the time it is offered.")]),
        Heading(_("Terms")),
        Items(
            [
                _("The agreement holds for the time of the offering and ends with it."),
                _("It holds as long as both are active staff of the university."),
                _("Marks and data of learners are treated as confidential."),
                _("The copyright in all material of the course stays with the university."),
                _("Payment, if there is any, follows the university’s division of certificate payments."),
            ],
            numbered=True,
        ),
        Heading(_("Signatures")),
        Facts(
            (
                (_("Subject expert"), signed(expert, teacher.offered_at)),
                (part, signed(teacher.person.name, teacher.agreed_at)),
            )
        ),
    ]
    return form(offering, _("Agreement of a %(part)s") % {"part": part.lower()}, parts)


def signed(name: str, when: object) -> list[str]:
    """Write who signed and when; before that, room for the ink."""
    if when is None:
        return [name, _("Signature: ______________________   Date: ______________")]
    told = timezone.localtime(when).date()  # type: ignore[arg-type]
    return [name, _("signed in the portal on %(day)s") % {"day": day(told)}]


def form(offering: Offering, title: str, parts: Sequence[Part]) -> bytes:
    """Print a paper with a title instead of a letter's head and ending."""
    return letter_pdf(
        Letter(
            paper_of(offering.institution, offering.faculty),
            get_language() or "ms",
            timezone.localdate(),
            title,
            parts,
            salutation="",
            closing=(),
            valediction="",
        )
    )


def payment_agreement(offering: Offering) -> bytes:
    """Print how payments for certificates are divided, for the centre and the SME (UTM 5.2.3, 5.3.1)."""
    price = offering.certificate_fee or Decimal(0)
    outer = shares(offering, "share_certificate", price)
    kept = next((amount for _label, _percent, amount, to in outer if to == "university_gross"), price)
    inner = shares(offering, "share_operating", kept)
    header = (_("Party"), _("Share"), _("of one certificate (RM)"))
    parts: list[Part] = [
        Paragraph(
            _("The e-learning centre and the subject expert agree how each payment for a certificate of the"
              " offering below is divided.")
        ),
        Facts([*facts_of(offering), (_("Price of a certificate"), ringgit(price))]),
    ]  # fmt: skip
    if outer:
        parts += [
            Heading(_("Between platform and university")),
            Table(header, cells(outer), (3, 0, 0), (1, 2)),
        ]
    if inner:
        parts += [Heading(_("The university’s part")), Table(header, cells(inner), (3, 0, 0), (1, 2))]
    if not outer:
        parts.append(Notice(_("The policy states no division; write the one agreed on below.")))
    centre = next(iter(signatories_on(offering.institution, timezone.localdate())), None)
    parts += [
        Heading(_("Signatures")),
        Facts(
            (
                (_("For the e-learning centre"), signed(str(centre or ""), None)),
                (
                    _("Subject expert"),
                    signed(signatory_of(offering), offering.payment_agreed_at),
                ),
            )
        ),
    ]
    return form(offering, _("Agreement on certificate payments"), parts)


Share = tuple[str, Decimal, Decimal, str]


def shares(offering: Offering, name: str, amount: Decimal) -> list[Share]:
    """Return label, percent, ringgit and party of each share that the policy states, in its order."""
    pack = packs().get(offering.policy)
    values = values_on(pack, timezone.localdate()) if pack else None
    if values is None or not values.has(name):
        return []
    found = []
    for row in values.rows(name):
        to, percent = str(row.when["to"][0]), Decimal(str(row.value))
        part = (amount * percent / 100).quantize(Decimal("0.01"))
        found.append((worded(VOCABULARY["recipient"][to]), percent, part, to))
    return found


def cells(rows: Sequence[Share]) -> list[tuple[str, str, str]]:
    """Return shares as they are printed."""
    return [(label, f"{figure(percent)} %", f"{part:,.2f}") for label, percent, part, _to in rows]


def teaching_plan(offering: Offering) -> bytes:
    """Print the course's learning plan: weeks of learning, then the examination (UMPSA 8(I))."""
    rows = [
        (week.label, week.days, "; ".join(week.topics), ", ".join(week.due)) for week in weeks_of(offering)
    ]
    names = [
        f"{teacher.person.name} ({teacher.get_part_display()})"
        for teacher in offering.teachers.select_related("person")
    ]
    declared = offering.plan_declared_on
    parts: list[Part] = [
        Facts([*facts_of(offering), *((_("Taught by"), name) for name in names[:1])]),
        Table((_("Week"), _("Days"), _("Topics"), _("Assessment")), rows, (0, 0, 3, 2)),
    ]
    if declared:
        parts.append(Paragraph(_("Declared in the learning plan on %(day)s.") % {"day": day(declared)}))
    return form(offering, _("Learning plan"), parts)


def signatory_of(offering: Offering) -> str:
    """Return the name of who signed the agreement on payments; before that, of the course's developer."""
    deeds = entries_about(offering).filter(action="offerings.sign_payment").select_related("person")
    last = deeds.last() if offering.payment_agreed_at else None
    return last.person.name if last is not None and last.person else offering.proposal.developer.name
