"""A person's browser between the LMS and Tauliah."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.test import Client
from tests.portal.lti.lms import Lms

LAUNCH = "/lti/unimas/tool/launch/"
LAILA = {"sub": "u-laila", "name": "Laila binti Bujang", "email": "laila@unimas.example"}
DAYANG = {
    "sub": "u-dayang",
    "name": "Dayang Nurul",
    "email": "dayang@unimas.example",
    "role": "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner",
}


def begun(client: Client, moodle: Lms) -> dict[str, str]:
    """What Tauliah asks the LMS for after the LMS began a login."""
    there = urlsplit(moodle.login_url())
    answer = client.get(f"{there.path}?{there.query}")
    assert answer.status_code == 302, answer.content.decode()
    onwards = urlsplit(answer["Location"])
    assert f"{onwards.scheme}://{onwards.netloc}{onwards.path}" == f"{moodle.site}/auth"
    return dict(parse_qsl(onwards.query))


def launched(client: Client, moodle: Lms, who: dict[str, Any], **changes: Any) -> Any:
    """What Tauliah answers to a launch."""
    posted = moodle.launch(begun(client, moodle), who, **changes)
    return client.post(LAUNCH, {"id_token": posted["id_token"], "state": posted["state"]})


def arrived(client: Client, moodle: Lms, who: dict[str, Any], **changes: Any) -> Any:
    """The page to which a launch leads."""
    answer = launched(client, moodle, who, **changes)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"])
