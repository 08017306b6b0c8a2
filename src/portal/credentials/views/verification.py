"""Verifying for anybody, without an account: by address, by short code, or by handing in a file."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.credentials.access import open_credential
from portal.credentials.addresses import page_of
from portal.credentials.codes import code_in
from portal.credentials.editions import core_course, course_of
from portal.credentials.forms import CodeForm, CredentialFileForm
from portal.credentials.links import credential_behind
from portal.credentials.models import Achievement, Credential
from portal.credentials.pace import OPENED, paced
from portal.credentials.telling_public import history_of, readable, state_words, stated
from portal.credentials.verifying import Verified, read_file, verified, verified_own
from portal.credentials.views.published import published
from portal.wording import in_language
from tauliah.credentials.verification import QUESTIONS
from tauliah.files.credential_file import LARGEST_BYTES, UnreadableCredential

FOR_MACHINES = ("application/vc+ld+json", "application/vc", "application/ld+json", "application/json")
UNPROCESSABLE, GONE = 422, 410


def is_machine(request: HttpRequest) -> bool:
    """Say whether the asker prefers the signed document to a page."""
    if request.GET.get("format") == "json":
        return True
    preferred = request.get_preferred_type(["text/html", *FOR_MACHINES])
    return preferred in FOR_MACHINES


def outcome_of(told: Verified) -> dict[str, Any]:
    """Return the answers about a credential as a page shows them."""
    found = told.verification
    return {
        "outcome": found.outcome.value,
        "summary": found.summary,
        "answers": [(QUESTIONS[name], answer) for name, answer in found.answers.items()],
        "facts": readable(fact for fact in told.facts if fact.name not in LEADING),
        "lead": {fact.name: fact.lines for fact in told.facts if fact.name in LEADING},
    }


LEADING = frozenset({"title", "holder", "issuer"})
"""What stands at the head of the page, larger than the rest."""


@require_safe
@paced("opened", OPENED)
def credential(request: HttpRequest, public_id: object) -> HttpResponse:
    """Show a credential to people; give the signed document to software."""
    found = open_credential(public_id)
    answer = _document(request, found) if is_machine(request) else _page(request, found)
    patch_vary_headers(answer, ["Accept"])
    return answer


def _document(request: HttpRequest, found: Credential) -> HttpResponse:
    if not found.shown:
        return HttpResponse(status=403, headers={"Access-Control-Allow-Origin": "*"})
    answer = published(request, found.document, "application/vc+ld+json", 0)
    answer["Cache-Control"] = "no-cache"
    return answer


def _page(request: HttpRequest, found: Credential, *, shared: bool = False) -> HttpResponse:
    if not found.shown and not shared:
        return _unlisted(request, render(request, "credentials/hidden.html"))
    told = verified_own(found)
    context = outcome_of(told) | {
        "credential": found,
        "address": page_of(found),
        "facts": stated(found) or readable(told.facts),
        "state": state_words(found),
        "history": history_of(found),
        "shared": shared,
        "has_badge": found.kind == Credential.Kind.AWARD and found.shown,
    }
    return _unlisted(request, render(request, "credentials/verified.html", context))


def _unlisted(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Keep a page out of search engines and caches: it names a person."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
@paced("opened", OPENED)
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show a credential by a link that its learner made for a time."""
    found = credential_behind(token)
    if found is None:
        return _unlisted(request, render(request, "credentials/ended.html", status=GONE))
    return _page(request, found, shared=True)


@require_safe
def entry(request: HttpRequest) -> HttpResponse:
    """Offer both ways to verify: the code on paper, and a file."""
    return _entry(request, CodeForm(), CredentialFileForm())


def _entry(request: HttpRequest, code: CodeForm, file: CredentialFileForm, status: int = 200) -> HttpResponse:
    return render(request, "credentials/entry.html", {"code": code, "file": file}, status=status)


@require_POST
@paced("checked")
def check(request: HttpRequest) -> HttpResponse:
    """Look up a short code, or verify the file that was handed in; nothing of it is kept."""
    if "code" in request.POST:
        return _looked_up(request)
    form = CredentialFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return _checked(request, form.cleaned_data["file"])
        except UnreadableCredential as unreadable:
            form.add_error("file", in_language(unreadable.text))
    return _entry(request, CodeForm(), form, UNPROCESSABLE)


def _looked_up(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        found = Credential.objects.filter(short_code=code_in(form.cleaned_data["code"])).first()
        if found is not None:
            return redirect("verification:credential", found.public_id)
        form.add_error("code", _("No credential has this code. Compare it with the paper, sign by sign."))
    return _entry(request, form, CredentialFileForm(), UNPROCESSABLE)


def _checked(request: HttpRequest, file: "UploadedFile[Any]") -> HttpResponse:
    data = file.read(LARGEST_BYTES + 1)
    found = read_file(data)
    told = [verified(document) for document in found.credentials]
    shown = [
        outcome_of(each)
        | {
            "credential": each.own,
            "state": state_words(each.own) if each.own else None,
            "address": page_of(each.own) if each.own and each.own.shown else "",
        }
        for each in told
    ]
    context = {"found": found, "told": shown, "name": (file.name or "")[:120]}
    return _unlisted(request, render(request, "credentials/checked.html", context))


@require_safe
@paced("opened", OPENED)
def course(request: HttpRequest, public_id: object) -> HttpResponse:
    """Show a course that is certified: the page that its credentials name as its identity."""
    found = get_object_or_404(Achievement.objects.select_related("institution"), public_id=public_id)
    if not found.active and not found.credentials.exists():
        raise Http404
    return render(
        request, "credentials/public_course.html", {"course": found, "value": core_course(course_of(found))}
    )
