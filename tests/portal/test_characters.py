"""The character that no database keeps reaches no page, from an address or from a form."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from tests.portal import cast
from tests.portal.proposals import made

from portal.accounts.models import Appointment
from portal.characters import WithoutNulMiddleware

pytestmark = pytest.mark.django_db


def echoed(request: HttpRequest) -> HttpResponse:
    said = request.POST if request.method == "POST" else request.GET
    return HttpResponse("|".join(f"{name}={','.join(values)}" for name, values in said.lists()))


def body_of(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.body)


def answer_to(request: HttpRequest, view: Callable[[HttpRequest], HttpResponse]) -> str:
    """What a view answers behind the middleware, called as Django calls it."""

    def called(asked: HttpRequest) -> HttpResponse:
        middleware.process_view(asked, view, (), {})
        return view(asked)

    middleware = WithoutNulMiddleware(called)
    return middleware(request).content.decode()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("a=%00x%00&a=y&b%00=z", "a=x,y|b=z"), ("a=x&a=y", "a=x,y"), ("a=%2500", "a=%00"), ("", "")],
)
def test_it_is_left_out_of_addresses_and_forms_and_all_else_stays(sent: str, kept: str) -> None:
    factory, form = RequestFactory(), "application/x-www-form-urlencoded"

    assert answer_to(factory.get(f"/?{sent}"), echoed) == kept
    assert answer_to(factory.post("/", sent, content_type=form), echoed) == kept


def test_what_is_no_form_is_left_to_who_reads_it() -> None:
    request = RequestFactory().post("/", b'{"a": "\\u0000"}', content_type="application/json")

    assert answer_to(request, body_of) == '{"a": "\\u0000"}'


def test_what_a_machine_signed_reaches_it_as_it_was_sent() -> None:
    request = RequestFactory().post("/", {"a": "x\x00"})

    assert "x\x00" in answer_to(request, csrf_exempt(body_of))


@pytest.mark.parametrize("page", ["proposals:list", "approvals:items", "approvals:meetings"])
def test_no_list_fails_for_it(abu: Appointment, page: str) -> None:
    odd = dict.fromkeys(("words", "state", "kind", "faculty", "committee", "decision", "page"), "a\x00b")

    assert cast.client_of(abu).get(reverse(page), odd | {"show": "all"}).status_code == 200


def test_a_comment_and_a_draft_keep_the_rest(laila: Appointment) -> None:
    proposal, client = made.draft(laila), cast.client_of(laila)

    client.post(reverse("proposals:remark", args=[proposal.pk]), {"field": "", "text": "Se\x00mak"})
    answer = client.post(reverse("proposals:team", args=[proposal.pk]), {"email": "a\x00b@unimas.example"})

    assert proposal.remarks.get().text == "Semak"
    assert answer.status_code == 422
