"""Describing the university's login: checked before it is kept."""

import pytest
from allauth.socialaccount.models import SocialAccount
from tests.portal.cast import client_of
from tests.portal.people.login_servers import METADATA, openid_server

from portal.accounts.models import Appointment
from portal.people.models import SingleSignOn
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
OPENID, SAML = "/administration/sign-on/openid/new/", "/administration/sign-on/saml/new/"
SIGN_ON = {"name": "UTHM", "domains": "uthm.example, student.uthm.example"}


def test_a_server_that_does_not_answer_is_not_kept(osman: Appointment) -> None:
    sent = SIGN_ON | {"server_url": "http://127.0.0.1:9", "client_id": "x", "secret": "y"}
    answer = client_of(osman).post(OPENID, sent)

    assert answer.status_code == 422
    assert "Tiada pelayan OpenID Connect menjawab" in answer.content.decode()


@pytest.mark.parametrize("metadata", ["", "<x/>", "not xml", METADATA.replace("SingleSignOnService", "X")])
def test_metadata_without_a_server_are_not_kept(osman: Appointment, metadata: str) -> None:
    assert client_of(osman).post(SAML, SIGN_ON | {"metadata": metadata}).status_code == 422
    assert not SingleSignOn.objects.exists()


def test_the_page_names_what_the_server_must_know(osman: Appointment) -> None:
    client = client_of(osman)
    client.post(SAML, SIGN_ON | {"metadata": METADATA})

    page = client.get("/administration/sign-on/").content.decode()

    assert "http://testserver/accounts/saml/uthm/acs/" in page
    assert "uthm.example, student.uthm.example" in page


def test_a_domain_belongs_to_one_institution(osman: Appointment, yap: Appointment) -> None:
    client_of(osman).post(SAML, SIGN_ON | {"metadata": METADATA})
    answer = client_of(yap).post(SAML, SIGN_ON | {"domains": "uthm.example", "metadata": METADATA})

    assert answer.status_code == 422
    assert "uthm.example milik UTHM" in answer.content.decode()


def test_what_is_left_empty_is_kept(osman: Appointment) -> None:
    client = client_of(osman)
    with openid_server() as (server, _):
        said = SIGN_ON | {"server_url": server, "client_id": "x"}
        client.post(OPENID, said | {"secret": "rahsia"})
        one = SingleSignOn.objects.get()
        client.post(f"/administration/sign-on/openid/{one.pk}/", said | {"name": "Lain", "secret": ""})

    one = SingleSignOn.objects.get()
    assert (one.app.name, one.secret) == ("Lain", "rahsia")


def test_removing_it_takes_the_connections_along(osman: Appointment, aminah: Appointment) -> None:
    client = client_of(osman)
    client.post(SAML, SIGN_ON | {"metadata": METADATA})
    one = SingleSignOn.objects.get()
    SocialAccount.objects.create(user=aminah.person, provider=one.app.provider_id, uid="p-1")

    client.post(f"/administration/sign-on/{one.pk}/remove/")

    assert not SingleSignOn.objects.exists()
    assert not SocialAccount.objects.exists()
    assert Entry.objects.filter(action="administration.remove_sign_on").count() == 1
