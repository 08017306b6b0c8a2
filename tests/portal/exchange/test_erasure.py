"""Whoever is erased leaves nothing behind that their own software brought, and no way in for it."""

import pytest
from allauth.idp.oidc.models import Token
from tests.portal import cast
from tests.portal.credentials import made
from tests.portal.exchange.backpacks import backpack

from portal.credentials.models import Credential
from portal.exchange.actions.offering import offer
from portal.exchange.models import BroughtCredential, BroughtProfile, Offer
from portal.people.erasure import erase
from portal.people.models import ErasureRequest

pytestmark = pytest.mark.django_db
HER_OWN = "Kuasa Digital Aminah"


def bring_for(person) -> None:
    BroughtCredential.objects.create(
        person=person,
        document_id=f"urn:x:{person.pk}",
        document={"credentialSubject": {"name": person.name}},
        brought_by=HER_OWN,
    )
    BroughtProfile.objects.create(person=person, document={"url": "https://aminah.example"})


def test_what_software_brought_and_its_access_go_with_the_person(aminah):
    zain = cast.appear("zain")
    for each in (aminah, zain):
        backpack(cast.client_of(each))
        bring_for(each.person)
    made.issued(cast.appear("kumar"))
    offer(aminah.person, Credential.objects.get(person=aminah.person).pk)
    assert Token.objects.filter(user=aminah.person).exists()

    ErasureRequest.objects.create(person=aminah.person)
    aminah.delete()
    erase(aminah.person, None)

    assert [kept.person for kept in BroughtCredential.objects.all()] == [zain.person]
    assert [kept.person for kept in BroughtProfile.objects.all()] == [zain.person]
    assert not Offer.objects.exists()
    assert set(Token.objects.values_list("user", flat=True)) == {zain.person_id}


def test_what_the_institution_issued_stays_its_record(aminah):
    made.issued(cast.appear("kumar"))
    before = Credential.objects.filter(person=aminah.person).count()

    ErasureRequest.objects.create(person=aminah.person)
    aminah.delete()
    erase(aminah.person, None)

    assert before
    assert Credential.objects.filter(person=aminah.person).count() == before
