"""The courses of the demonstration, their offerings and learners, and institutions ready to certify."""

from datetime import date

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.credentials.models import IssuerProfile
from portal.demonstration.afterwards import aim, call_senate, look_back, neglect
from portal.demonstration.course_story import CourseStory, course_stories
from portal.demonstration.offering import Running
from portal.demonstration.people import Makers
from portal.demonstration.proposing import Proposing, Staff
from portal.institutions.models import Institution, Signatory

NAMES = (
    "Aiman bin Rosdi", "Betty anak Sylvester", "Chen Li Ying", "Dharmini a/p Selvam", "Elisha anak Bunsu",
    "Farah binti Nordin", "Gurdeep Singh", "Hafiz bin Latif", "Irene anak Michael", "Jamaliah binti Osman",
    "Kelvin Wong", "Lina binti Ramli", "Mohan a/l Perumal", "Nabila binti Ghazali", "Ooi Pei Shan",
    "Pengiran Azim", "Qistina binti Zulkarnain", "Ravi a/l Nathan",
)  # fmt: skip
"""Outside learners; all names are invented."""
SEATS = {
    "UNIMAS": ("Kota Samarahan", "94300", "Sarawak"),
    "UTM": ("Johor Bahru", "81310", "Johor"),
    "UMPSA": ("Pekan", "26600", "Pahang"),
}


def make_offered(makers: Makers, staff: dict[str, Staff]) -> int:
    """Walk every course story and its offerings; returns how many courses there are."""
    stories = course_stories()
    for code in dict.fromkeys(story.institution for story in stories):
        make_certifying(Institution.objects.get(code=code), makers.today)
    people = learners(makers)
    for story in stories:
        walk(story, staff[story.institution], people, makers.today)
    call_senate(staff["UNIMAS"][Role.COMMITTEE_SECRETARY][0], makers.today)
    return len(stories)


def walk(story: CourseStory, staff: Staff, people: list[Person], today: date) -> None:
    """Walk one course, its offerings, and what follows."""
    course = Proposing(story, staff, today).go()
    for offering in story.offerings:
        Running(offering, course, staff, people, today).go()
    if story.afterwards == "neglected":
        neglect(course, staff, today)
    elif story.afterwards == "reviewed":
        look_back(course, staff, today)
    elif story.afterwards == "aimed_at":
        aim(people[0], course, staff)


def learners(makers: Makers) -> list[Person]:
    """Make people from outside who learn."""
    found = []
    for number, name in enumerate(NAMES, start=1):
        person = makers.person(f"pelajar.luar{number}", "contoh", name, "en" if number % 5 == 0 else "ms")
        Appointment.objects.create(
            person=person, institution=None, role=Role.EXTERNAL_LEARNER, starts_on=makers.today
        )
        found.append(person)
    return found


def make_certifying(institution: Institution, today: date) -> None:
    """Give an institution what certificates say of it, a registrar who signs, and a scale with marks."""
    town, postcode, state = SEATS[institution.code]
    institution.email = institution.email or f"kelayakan@{institution.code.lower()}.example"
    institution.phone = institution.phone or "+60 80-000 0000"
    institution.website = institution.website or f"https://www.{institution.code.lower()}.example"
    institution.registered_as = institution.registered_as or f"PPT-{institution.pk:04}"
    institution.save()
    IssuerProfile.objects.get_or_create(
        institution=institution,
        defaults={
            "status_ms": "Universiti awam berstatus swaakreditasi",
            "status_en": "Self-accrediting public university",
            "street": institution.address.partition("\n")[0],
            "postal_code": postcode,
            "locality": town,
            "region": state,
        },
    )
    Signatory.objects.create(
        institution=institution,
        name_ms="Pendaftar",
        name_en="Registrar",
        person_name="Noraini binti Abu Bakar",
        starts_on=date(today.year - 3, 1, 1),
    )
