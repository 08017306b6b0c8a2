"""Tools, and people, who ask Tauliah as a platform for what is not theirs: refused, each for its reason."""

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.portal import cast
from tests.portal.lti import made
from tests.portal.lti.lms import key
from tests.portal.lti.software import Software

from portal.lti import claims as lti
from portal.lti.models import AccessToken, LineItem, Score, Ticket, Tool, ToolUser
from portal.lti.opening import user_of
from portal.lti.secret import digest
from portal.offerings.models import Mark

pytestmark = pytest.mark.django_db
AUTHORIZE, TOKEN = "/lti/unimas/platform/authorize/", "/lti/unimas/platform/token/"
ALL = f"{lti.MEMBERS_SCOPE} {lti.ITEMS_SCOPE} {lti.RESULTS_SCOPE} {lti.SCORE_SCOPE}"


@pytest.fixture
def software(laila):
    """A tool whose key set is known already."""
    kept = Software(made.tool())
    kept.tool.keys, kept.tool.keys_at = kept.jwks(), timezone.now()
    kept.tool.save()
    return kept


@pytest.fixture
def placed(software):
    offering = made.offering()
    return made.placement(offering, software.tool, made.assessment(offering))


@pytest.fixture
def phone(placed, dayang):
    """Dayang's browser; she is enrolled."""
    made.enrolled(placed.offering, dayang)
    return cast.client_of(dayang, "en")


@pytest.fixture
def asked(software, placed, phone):
    """What the tool asks for after Dayang opened it."""
    return software.asks(phone.get(reverse("lti:open", args=[placed.pk]))["Location"])


# --- Opening a tool ------------------------------------------------------------------------------


def refused(answer, words, status=400):
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert 'name="id_token"' not in answer.content.decode()


@pytest.mark.parametrize("state", ["waiting", "unpaid", "deferred", "withdrawn"])
def test_who_does_not_learn_in_it_opens_nothing(placed, joseph, state):
    made.enrolled(placed.offering, joseph, state)

    assert cast.client_of(joseph).get(reverse("lti:open", args=[placed.pk])).status_code == 404
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("who", ["joseph", "salleh", "zarina", "priya"])
def test_who_is_not_enrolled_opens_nothing(placed, who):
    """Also the centre that runs the offering: it neither learns nor teaches in it."""
    answer = cast.client_of(cast.appear(who)).get(reverse("lti:open", args=[placed.pk]))

    assert answer.status_code in {403, 404}
    assert not Ticket.objects.exists()


def test_a_visitor_is_sent_to_log_in(placed, client):
    answer = client.get(reverse("lti:open", args=[placed.pk]))

    assert answer["Location"].startswith("/accounts/login/")


ASKED = {
    "client": ({"client_id": "another"}, "client ID that is not its own"),
    "address": ({"redirect_uri": "https://thief.example/launch"}, "not registered"),
    "an address that only begins so": ({"redirect_uri": "http://127.0.0.1:9/launch/../x"}, "not registered"),
    "no address": ({"redirect_uri": ""}, "not registered"),
    "scope": ({"scope": "profile"}, "scope"),
    "response type": ({"response_type": "code"}, "response_type"),
    "response mode": ({"response_mode": "query"}, "response_mode"),
    "prompt": ({"prompt": "login"}, "prompt"),
    "nonce": ({"nonce": ""}, "state or nonce"),
    "state": ({"state": ""}, "state or nonce"),
    "ticket": ({"lti_message_hint": "made-up"}, "has ended"),
    "person": ({"login_hint": "somebody"}, "somebody else"),
    "person of another alphabet": ({"login_hint": "ñ"}, "somebody else"),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_request_of_a_tool_that_is_wrong(phone, asked, name):
    changes, words = ASKED[name]

    refused(phone.get(AUTHORIZE, {**asked, **changes}), words)


def test_the_message_is_given_once(phone, asked):
    assert phone.get(AUTHORIZE, asked).status_code == 200

    refused(phone.get(AUTHORIZE, asked), "has ended")


def test_a_ticket_ends_after_minutes(phone, asked):
    Ticket.objects.update(expires_at=timezone.now())

    refused(phone.get(AUTHORIZE, asked), "has ended")


def test_the_ticket_of_somebody_else(asked, placed, joseph):
    made.enrolled(placed.offering, joseph)

    refused(cast.client_of(joseph, "en").get(AUTHORIZE, asked), "has ended")


def test_who_left_the_offering_on_the_way(phone, asked, placed):
    placed.offering.enrolments.update(state="withdrawn")

    refused(phone.get(AUTHORIZE, asked), "enrolled")


def test_a_tool_that_ended_on_the_way(phone, asked):
    Tool.objects.update(ended_at=timezone.now())

    refused(phone.get(AUTHORIZE, asked), "has ended")


def test_the_platform_of_another_institution(phone, asked):
    cast.institution("UTM")

    refused(phone.get("/lti/utm/platform/authorize/", asked), "has ended")


def test_without_a_login_there_is_no_message(asked, client):
    assert client.get(AUTHORIZE, asked)["Location"].startswith("/accounts/login/")


def test_the_answer_goes_to_the_tool_and_nowhere_else(phone, asked):
    answer = phone.get(AUTHORIZE, asked)

    assert 'action="http://127.0.0.1:9/launch"' in answer.content.decode()
    assert "form-action 'self' http://127.0.0.1:9;" in answer["Content-Security-Policy"] + ";"
    assert answer["Cache-Control"] == "no-store"


# --- Access tokens -------------------------------------------------------------------------------


def assertion(tool, name="tool", header=None, **changes):
    now = int(time.time())
    told = {
        "iss": tool.client_id,
        "sub": tool.client_id,
        "aud": f"http://127.0.0.1:8000{TOKEN}",
        "iat": now,
        "exp": now + 60,
        "jti": f"jti-{time.monotonic_ns()}",
        **changes,
    }
    told = {claim: value for claim, value in told.items() if value is not None}
    kid = header or {"kid": tool.keys["keys"][0]["kid"]}
    return jwt.encode(told, key(name)[0], algorithm="RS256", headers=kid)


def ask(client, signed, address=TOKEN, scope=ALL, **changes):
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": lti.CLIENT_ASSERTION,
        "client_assertion": signed,
        "scope": scope,
        **changes,
    }
    return client.post(address, form)


def not_granted(answer, code, status=401):
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert not AccessToken.objects.exists()


def test_a_token_is_given_for_a_good_assertion(client, software):
    told = ask(client, assertion(software.tool), scope=f"{lti.SCORE_SCOPE} https://other.example/scope")

    assert told.json()["scope"] == lti.SCORE_SCOPE
    assert AccessToken.objects.get().digest == digest(told.json()["access_token"])


NOW = int(time.time())
ASSERTED = {
    "audience": {"aud": "https://elsewhere.example/token"},
    "subject": {"sub": "another"},
    "no subject": {"sub": None},
    "issuer": {"iss": "another"},
    "no issuer": {"iss": None},
    "expired": {"iat": NOW - 600, "exp": NOW - 300},
    "no end": {"exp": None},
    "dated in the future": {"iat": NOW + 3600, "exp": NOW + 7200},
    "signed long ago": {"iat": NOW - 7200},
    "no name of its own": {"jti": None},
    "a name that is no text": {"jti": ["a"]},
    "an end beyond all days": {"exp": 10**18},
}


@pytest.mark.parametrize("name", ASSERTED)
def test_an_assertion_that_is_wrong(client, software, name):
    not_granted(ask(client, assertion(software.tool, **ASSERTED[name])), "invalid_client")


def test_an_assertion_is_good_once(client, software):
    signed = assertion(software.tool)
    assert ask(client, signed).status_code == 200
    AccessToken.objects.all().delete()

    not_granted(ask(client, signed), "invalid_client")


def test_an_assertion_signed_by_another_key(client, software):
    not_granted(ask(client, assertion(software.tool, "thief")), "invalid_client")
    not_granted(ask(client, assertion(software.tool, "thief", {"kid": "thief"})), "invalid_client")


def test_an_assertion_without_signature_or_by_a_shared_secret(client, software):
    _head, body, _signature = assertion(software.tool).split(".")
    for algorithm in ("none", "HS256"):
        header = json.dumps({"alg": algorithm, "kid": software.tool.keys["keys"][0]["kid"]}).encode()
        head = base64.urlsafe_b64encode(header).decode().rstrip("=")
        mac = hmac.new(key("tool")[1].encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
        signature = base64.urlsafe_b64encode(mac).decode().rstrip("=") if algorithm == "HS256" else ""
        not_granted(ask(client, f"{head}.{body}.{signature}"), "invalid_client")


@pytest.mark.parametrize("signed", ["", "a.b.c", "a" * 70_000, "[]"])
def test_no_assertion(client, software, signed):
    not_granted(ask(client, signed), "invalid_client")


def test_the_assertion_of_a_tool_that_ended(client, software):
    signed = assertion(software.tool)
    Tool.objects.update(ended_at=timezone.now())

    not_granted(ask(client, signed), "invalid_client")


def test_the_tool_of_another_institution_gets_no_token(client, software):
    cast.institution("UTM")

    not_granted(ask(client, assertion(software.tool), "/lti/utm/platform/token/"), "invalid_client")


def test_requests_that_are_not_for_client_credentials(client, software):
    signed = assertion(software.tool)
    not_granted(ask(client, signed, grant_type="password"), "unsupported_grant_type", 400)
    not_granted(ask(client, signed, client_assertion_type="x"), "invalid_request", 400)
    not_granted(ask(client, signed, scope="everything"), "invalid_scope", 400)


# --- Services ------------------------------------------------------------------------------------


class Service:
    """A tool that has a token."""

    def __init__(self, tool, scope=ALL):
        self.secret = f"secret-{tool.pk}-{hash(scope)}"
        AccessToken.objects.create(
            tool=tool,
            digest=digest(self.secret),
            scopes=scope.split(),
            expires_at=timezone.now() + timedelta(hours=1),
        )

    def send(self, method, address, told=None):
        body = told if isinstance(told, bytes) else json.dumps(told or {}).encode()
        return Client().generic(
            method, address, body, "application/json", headers={"Authorization": f"Bearer {self.secret}"}
        )


def members_at(placed, code="unimas"):
    return f"/lti/{code}/offerings/{placed.offering_id}/members"


def items_at(placed, code="unimas"):
    return f"/lti/{code}/offerings/{placed.offering_id}/items"


def scores_at(placed):
    return f"{items_at(placed)}/{LineItem.objects.get(placement=placed).pk}/scores"


def error(answer, status, code):
    assert (answer.status_code, answer.json()["error"]) == (status, code)


def test_nothing_is_told_without_a_token(client, placed):
    error(client.get(members_at(placed)), 401, "invalid_token")
    error(client.get(items_at(placed)), 401, "invalid_token")
    error(client.post(scores_at(placed)), 401, "invalid_token")
    error(client.get(members_at(placed), headers={"Authorization": "Bearer x"}), 401, "invalid_token")
    error(client.get(members_at(placed), headers={"Authorization": "Basic x"}), 401, "invalid_token")


def test_a_token_ends(placed, software):
    service = Service(software.tool)
    AccessToken.objects.update(expires_at=timezone.now())

    error(service.send("GET", members_at(placed)), 401, "invalid_token")


def test_the_token_of_a_tool_that_ended_opens_nothing(placed, software):
    service = Service(software.tool)
    Tool.objects.update(ended_at=timezone.now())

    error(service.send("GET", members_at(placed)), 401, "invalid_token")


def test_a_scope_that_was_not_given(placed, software):
    grades = Service(software.tool, f"{lti.ITEMS_READ_SCOPE} {lti.SCORE_SCOPE}")
    names = Service(software.tool, lti.MEMBERS_SCOPE)

    error(grades.send("GET", members_at(placed)), 403, "insufficient_scope")
    assert grades.send("GET", items_at(placed)).status_code == 200
    error(grades.send("POST", items_at(placed)), 403, "insufficient_scope")
    error(grades.send("DELETE", scores_at(placed).removesuffix("/scores")), 403, "insufficient_scope")
    error(names.send("GET", items_at(placed)), 403, "insufficient_scope")
    error(names.send("POST", scores_at(placed)), 403, "insufficient_scope")
    error(names.send("GET", scores_at(placed).replace("scores", "results")), 403, "insufficient_scope")


def test_the_token_of_another_institution(placed, yap):
    theirs = Service(made.tool(yap.institution))

    error(theirs.send("GET", members_at(placed)), 401, "invalid_token")
    error(theirs.send("GET", members_at(placed, "utm")), 404, "not_found")
    error(theirs.send("GET", items_at(placed, "utm")), 404, "not_found")
    error(theirs.send("POST", scores_at(placed)), 401, "invalid_token")


def test_an_offering_in_which_the_tool_has_no_place(placed, software):
    other = Tool.objects.create(institution=software.tool.institution, name="Other", launch_urls=["x"])

    service = Service(other)

    error(service.send("GET", members_at(placed)), 404, "not_found")
    error(service.send("GET", items_at(placed)), 404, "not_found")


def test_a_tool_taken_out_of_the_offering_reads_no_more(placed, software):
    placed.ended_at = timezone.now()
    placed.save()

    error(Service(software.tool).send("GET", members_at(placed)), 404, "not_found")


def test_the_line_item_of_another_tool_in_the_same_offering(placed, software):
    other = Tool.objects.create(institution=software.tool.institution, name="Other", launch_urls=["x"])
    made.placement(placed.offering, other)
    service = Service(other)

    assert service.send("GET", items_at(placed)).json() == []
    for method, address in (
        ("GET", scores_at(placed).removesuffix("/scores")),
        ("PUT", scores_at(placed).removesuffix("/scores")),
        ("DELETE", scores_at(placed).removesuffix("/scores")),
        ("POST", scores_at(placed)),
        ("GET", scores_at(placed).replace("scores", "results")),
    ):
        error(service.send(method, address), 404, "not_found")


def test_the_resource_link_of_another_tool(placed, software):
    other = Tool.objects.create(institution=software.tool.institution, name="Other", launch_urls=["x"])
    theirs = made.placement(placed.offering, other)
    service = Service(software.tool)

    error(service.send("GET", f"{members_at(placed)}?rlid={theirs.code}"), 403, "access_denied")
    told = {"label": "L", "scoreMaximum": 1, "resourceLinkId": theirs.code}
    error(service.send("POST", items_at(placed), told), 404, "not_found")


def score(tool, who, **changes):
    return {
        "userId": user_of(tool, who.person).subject,
        "scoreGiven": 10,
        "scoreMaximum": 20,
        "timestamp": timezone.now().isoformat(),
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        **changes,
    }


SCORES = {
    "below nothing": ({"scoreGiven": -1}, 400),
    "out of nothing": ({"scoreGiven": 0, "scoreMaximum": 0}, 400),
    "text": ({"scoreGiven": "10"}, 400),
    "yes": ({"scoreGiven": True}, 400),
    "no highest": ({"scoreMaximum": None}, 400),
    "out of less than nothing": ({"scoreGiven": 1, "scoreMaximum": -1}, 400),
    "huge": ({"scoreGiven": 10**30, "scoreMaximum": 10**31}, 400),
    "nobody": ({"userId": "somebody"}, 404),
    "no time": ({"timestamp": None}, 400),
    "no time zone": ({"timestamp": "2026-11-22T10:00:00"}, 400),
    "a day that is none": ({"timestamp": "2026-13-45T10:00:00Z"}, 400),
    "the future": ({"timestamp": "2199-01-01T00:00:00Z"}, 400),
    "progress": ({"gradingProgress": "Done"}, 400),
    "activity": ({"activityProgress": ["Completed"]}, 400),
}


@pytest.mark.parametrize("name", SCORES)
def test_a_score_that_is_wrong(placed, phone, software, dayang, name):
    changes, status = SCORES[name]

    answer = Service(software.tool).send("POST", scores_at(placed), score(software.tool, dayang, **changes))

    assert answer.status_code == status
    assert answer.json()["error_description"]
    assert not Score.objects.exists()
    assert not Mark.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"scoreGiven": NaN}', b"\xff", b"[" * 5000])
def test_a_body_that_is_no_object(placed, phone, software, body):
    error(Service(software.tool).send("POST", scores_at(placed), body), 400, "invalid_request")


def test_a_score_of_somebody_who_teaches(placed, software, laila):
    answer = Service(software.tool).send("POST", scores_at(placed), score(software.tool, laila))

    error(answer, 404, "not_found")


def test_a_score_of_somebody_whom_another_tool_knows(placed, phone, software, dayang):
    other = Tool.objects.create(institution=software.tool.institution, name="Other", launch_urls=["x"])

    answer = Service(software.tool).send("POST", scores_at(placed), score(other, dayang))

    error(answer, 404, "not_found")


def test_the_highest_score_of_an_assessment_stays(placed, software):
    service, address = Service(software.tool), scores_at(placed).removesuffix("/scores")

    error(service.send("PUT", address, {"label": "x", "scoreMaximum": 10}), 403, "access_denied")
    error(service.send("DELETE", address), 403, "access_denied")
    assert service.send("PUT", address, {"label": "x", "scoreMaximum": 100, "tag": "t"}).json()["tag"] == "t"
    assert LineItem.objects.get().maximum == Decimal(100)


@pytest.mark.parametrize(
    "told", [{}, {"label": "x"}, {"label": "", "scoreMaximum": 1}, {"label": "x", "scoreMaximum": 0}]
)
def test_line_items_without_what_they_need(placed, software, told):
    error(Service(software.tool).send("POST", items_at(placed), told), 400, "invalid_request")


def test_a_tool_makes_no_columns_without_end(placed, software, monkeypatch):
    monkeypatch.setattr("portal.lti.line_items.MOST", 2)
    service, told = Service(software.tool), {"label": "x", "scoreMaximum": 1}
    assert service.send("POST", items_at(placed), told).status_code == 201

    error(service.send("POST", items_at(placed), told), 403, "access_denied")


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "page=-1", "limit=²"])
def test_pages_that_are_no_numbers(placed, software, query):
    error(Service(software.tool).send("GET", f"{members_at(placed)}?{query}"), 400, "invalid_request")


def test_a_person_has_another_name_in_each_tool(placed, software, dayang):
    other = Tool.objects.create(institution=software.tool.institution, name="Other", launch_urls=["x"])

    assert user_of(software.tool, dayang.person).subject != user_of(other, dayang.person).subject
    assert ToolUser.objects.count() == 2


def test_the_login_hint_says_nothing_of_the_person(phone, placed, dayang):
    begun = phone.get(reverse("lti:open", args=[placed.pk]))["Location"]

    given = dict(parse_qsl(urlsplit(begun).query))
    assert dayang.person.email not in begun
    assert given["login_hint"] != str(dayang.person.pk)
