"""Who signs on a day: the faculty's own, otherwise the institution's."""

from datetime import date

import pytest
from tests.portal.cast import faculty

from portal.institutions.models import Faculty, Institution, Signatory
from portal.institutions.signing import signatories_on

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def signs(at: Institution, name: str, in_faculty: Faculty | None = None, **fields: object) -> Signatory:
    return Signatory.objects.create(
        institution=at,
        faculty=in_faculty,
        person_name=name,
        name_ms="Pendaftar",
        **{"starts_on": date(2026, 1, 1)} | fields,
    )


def test_the_facultys_own_goes_first(uthm: Institution) -> None:
    registrar, dean = signs(uthm, "Pendaftar"), signs(uthm, "Dekan", faculty("FSKTM"))

    assert list(signatories_on(uthm, DAY, faculty=faculty("FSKTM"))) == [dean]
    assert list(signatories_on(uthm, DAY, faculty=faculty("FKAAB"))) == [registrar]
    assert list(signatories_on(uthm, DAY)) == [registrar]


def test_it_counts_who_holds_the_office_on_the_day(uthm: Institution) -> None:
    before = signs(uthm, "Dahulu", ends_on=date(2026, 11, 21))
    now = signs(uthm, "Kini", starts_on=date(2026, 11, 22))

    assert list(signatories_on(uthm, date(2026, 11, 21))) == [before]
    assert list(signatories_on(uthm, DAY)) == [now]


def test_letters_and_certificates_may_differ(uthm: Institution) -> None:
    letters = signs(uthm, "A", certificates=False)
    certificates = signs(uthm, "B", letters=False)

    assert list(signatories_on(uthm, DAY)) == [letters]
    assert list(signatories_on(uthm, DAY, certificates=True)) == [certificates]
