"""Keys for LTI: encrypted at rest, published, rotated by command, and the two sides apart."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from tests.portal import cast

from portal.lti.keys import published_keys, rotate, signed, signing_key
from portal.lti.models import Side, SigningKey
from portal.lti.tokens import BadToken, believed

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def names(keys):
    return [key["kid"] for key in keys["keys"]]


def claims():
    return {"iss": "us", "aud": "them"}


def test_the_private_half_is_not_readable_in_the_database(unimas):
    key = signing_key(unimas, Side.TOOL)

    with connection.cursor() as cursor:
        cursor.execute("SELECT private FROM lti_signingkey")
        [(kept,)] = cursor.fetchall()

    assert "PRIVATE KEY" in key.private
    assert "PRIVATE" not in kept
    assert not {"d", "p", "q"} & set(key.public)


def test_what_was_signed_before_a_rotation_is_believed_after_it(unimas):
    token = signed(unimas, Side.PLATFORM, claims(), MINUTE)
    old = signing_key(unimas, Side.PLATFORM)

    new = rotate(unimas, Side.PLATFORM)

    keys = published_keys(unimas, Side.PLATFORM)
    assert names(keys) == [new.kid, old.kid]
    assert believed(token, lambda kid: keys, issuer="us", audience=["them"])["iss"] == "us"
    assert signing_key(unimas, Side.PLATFORM) == new


def test_a_retired_key_is_published_for_thirty_days(unimas):
    old = signing_key(unimas, Side.TOOL)
    rotate(unimas, Side.TOOL)
    SigningKey.objects.filter(pk=old.pk).update(retired_at=timezone.now() - timedelta(days=31))

    assert old.kid not in names(published_keys(unimas, Side.TOOL))


def test_what_we_sign_as_a_tool_is_not_believed_of_the_platform(unimas):
    signing_key(unimas, Side.PLATFORM)
    token = signed(unimas, Side.TOOL, claims(), MINUTE)

    with pytest.raises(BadToken):
        believed(token, lambda kid: published_keys(unimas, Side.PLATFORM), issuer="us", audience=["them"])


def test_each_institution_has_its_own(unimas, utm):
    assert signing_key(unimas, Side.TOOL) != signing_key(utm, Side.TOOL)
    assert len(names(published_keys(unimas, Side.TOOL))) == 1


def test_asking_for_keys_makes_none(client, unimas):
    assert client.get("/lti/unimas/platform/keys/").json() == {"keys": []}
    assert client.get("/lti/nowhere/platform/keys/").status_code == 404
    assert not SigningKey.objects.exists()


def test_the_command_rotates_what_is_used_and_deletes_what_is_old(unimas, utm):
    old = signing_key(unimas, Side.TOOL)
    other = signing_key(utm, Side.PLATFORM)
    ancient = signing_key(unimas, Side.PLATFORM)
    SigningKey.objects.filter(pk=ancient.pk).update(retired_at=timezone.now() - timedelta(days=31))
    said = StringIO()

    call_command("rotate_lti_keys", institution="unimas", stdout=said)

    assert "1 old keys deleted" in said.getvalue()
    assert signing_key(unimas, Side.TOOL) != old
    assert signing_key(utm, Side.PLATFORM) == other
    assert not SigningKey.objects.filter(pk=ancient.pk).exists()


def test_the_command_says_that_there_is_no_such_institution(db):
    cast.institution("UTM")

    with pytest.raises(CommandError, match="no institution xyz"):
        call_command("rotate_lti_keys", institution="xyz")
