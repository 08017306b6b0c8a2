"""The income of cohorts: listed, and taken from the count to the last share paid out."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, kept
from portal.exports.listing import FORM, exported
from portal.monitoring import income_lists as lists
from portal.monitoring.actions import earning
from portal.monitoring.forms_income import ClaimForm, CountForm, PayForm, ReceiptForm
from portal.monitoring.income import Division, division_of, party
from portal.monitoring.income_access import (
    BURSARS,
    READERS,
    cohort_for,
    cohorts_for,
    income_of,
    shares_for,
)
from portal.monitoring.income_papers import claim_pdf, division_rows, instruction_pdf
from portal.monitoring.models import Income
from portal.numbers import whole_number, whole_numbers
from portal.offerings.models import Offering
from portal.proposals.access import CENTRE
from portal.records.register import entries_about
from portal.records.words import in_words

ON_A_PAGE = 25
PARTIES = ("sme", "facilitator", "assessor", "utmlead", "university")


@require_safe
@for_roles(*READERS)
def listing(request: ActingRequest) -> HttpResponseBase:
    """List the cohorts with paid certificates; or send them as a file."""
    found = lists.cohorts(cohorts_for(request.acting), request.GET.dict())
    if form := request.GET.get(FORM):
        return exported(lists.cohorts_listing(found), form)
    shown = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "states": lists.STATES,
        "words": request.GET,
        "filtered": bool(request.GET.get("state") or request.GET.get("words")),
        "here": "cohorts",
    }
    return render(request, "monitoring/income.html", shown)


@require_safe
@for_roles(*READERS)
def statement(request: ActingRequest) -> HttpResponseBase:
    """Show who receives what of all cohorts; or send it as a file."""
    found = lists.statement(shares_for(request.acting), request.GET.dict())
    if form := request.GET.get(FORM):
        return exported(lists.statement_listing(found), form)
    shown = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "sums": lists.sums(found),
        "parties": [(name, party(name)) for name in PARTIES],
        "words": request.GET,
        "here": "statement",
    }
    return render(request, "monitoring/income_statement.html", shown)


@require_safe
@for_roles(*READERS)
def cohort(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the income of a cohort, what was done, and what is to be done next."""
    return page(request, cohort_for(request.acting, pk))


def page(
    request: ActingRequest,
    offering: Offering,
    sent: forms.Form | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """Show a cohort; ``sent`` is a form that could not be kept."""
    income = income_of(offering)
    division, lacking = asked_of_policy(offering)
    shown = {
        "offering": offering,
        "income": income,
        "division": division_rows(division) if division else [],
        "price": division.price if division else None,
        "lacking": lacking,
        "shares": [
            (share, party(share.to)) for share in income.shares.select_related("person", "paid_by__person")
        ]
        if income
        else [],
        "form": sent or form_for(request, offering, income),
        "centre": request.acting is not None and request.acting.role in CENTRE,
        "bursar": request.acting is not None and request.acting.role in BURSARS,
        "history": [(one, in_words(one.action)) for one in entries_about(income).select_related("person")]
        if income
        else [],
        "chosen": request.POST.getlist("share"),
        "refused": refused,
        "here": "cohorts",
    }
    status = UNPROCESSABLE if sent or refused else 200
    return render(request, "monitoring/income_cohort.html", shown, status=status)


def asked_of_policy(offering: Offering) -> tuple[Division | None, str]:
    """Return how the policy divides a certificate, or why it cannot say."""
    try:
        return division_of(offering), ""
    except Refused as refused:
        return None, str(refused.message)


def form_for(request: ActingRequest, offering: Offering, income: Income | None) -> forms.Form | None:
    """Return the form of what the person does next; None where somebody else is to act."""
    state = income.state if income else Income.State.COUNTED
    first: dict[str, Any] = {"version": income.version if income else 0}
    role = request.acting.role if request.acting else ""
    if role in CENTRE and state in earning.BEFORE_CLAIM:
        counted = income is not None and income.counted_on is not None
        number = income.certificates if income and counted else lists.paid_here(offering)
        return CountForm(initial=first | {"number": number, "source": income.source if income else ""})
    if role in BURSARS and income is not None:
        own = {
            Income.State.PREPARED: ClaimForm(initial=first),
            Income.State.CLAIMED: ReceiptForm(initial=first | {"amount": income.expected}),
            Income.State.INSTRUCTED: PayForm(initial=first),
        }
        return own.get(Income.State(state))
    return None


Done = Callable[[Offering, dict[str, Any]], str]


def step(request: ActingRequest, pk: int, form: forms.Form, do: Done) -> HttpResponse:
    """Take a step with a form; what is refused stands on it."""
    offering = cohort_for(request.acting, pk)
    told: list[str] = []

    def keep() -> None:
        told.append(do(offering, form.cleaned_data))

    if kept(form, keep=keep):
        return done(request, told[0], offering_page(offering))
    return page(request, cohort_for(request.acting, pk), form)


def press(request: ActingRequest, pk: int, do: Callable[[Offering, int | None], str]) -> HttpResponse:
    """Take a step that is a button alone."""
    offering = cohort_for(request.acting, pk)
    try:
        told = do(offering, whole_number(request.POST.get("version", "")))
    except Refused as refused:
        return page(request, cohort_for(request.acting, pk), None, refused)
    return done(request, told, offering_page(offering))


def offering_page(offering: Offering) -> Income:
    """Return what leads to the cohort's page."""
    return Income(offering=offering)


@require_POST
@for_roles(*CENTRE)
def agree(request: ActingRequest, pk: int) -> HttpResponse:
    """Sign the agreement for the centre."""

    def do(offering: Offering, version: int | None) -> str:
        earning.agree(request.acting, offering, version=version)
        return _("The agreement is signed for the centre.")

    return press(request, pk, do)


@require_POST
@for_roles(*CENTRE)
def count(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep the number of paid certificates."""

    def do(offering: Offering, given: dict[str, Any]) -> str:
        earning.count(request.acting, offering, given["number"], given["source"], version=given["version"])
        return _("The number of paid certificates is kept.")

    return step(request, pk, CountForm(request.POST), do)


@require_POST
@for_roles(*CENTRE)
def prepare(request: ActingRequest, pk: int) -> HttpResponse:
    """Write the claim for the bursar, or close a cohort without paid certificates."""

    def do(offering: Offering, version: int | None) -> str:
        income = earning.prepare_claim(request.acting, offering, version=version)
        if income.state == Income.State.CLOSED:
            return _("Nothing was paid for; the cohort is closed.")
        return _("The claim is prepared, and the bursar was told.")

    return press(request, pk, do)


@require_POST
@for_roles(*BURSARS)
def claim(request: ActingRequest, pk: int) -> HttpResponse:
    """Note that the claim went to the platform."""

    def do(offering: Offering, given: dict[str, Any]) -> str:
        earning.claim(request.acting, offering, given["on"], given["reference"], version=given["version"])
        return _("The claim is noted.")

    return step(request, pk, ClaimForm(request.POST), do)


@require_POST
@for_roles(*BURSARS)
def receive(request: ActingRequest, pk: int) -> HttpResponse:
    """Note what the platform paid."""

    def do(offering: Offering, given: dict[str, Any]) -> str:
        receipt = earning.Receipt(given["amount"], given["on"], given["reference"], given["difference"])
        earning.receive(request.acting, offering, receipt, version=given["version"])
        return _("The payment is noted, and the centre was told.")

    return step(request, pk, ReceiptForm(request.POST), do)


@require_POST
@for_roles(*CENTRE)
def instruct(request: ActingRequest, pk: int) -> HttpResponse:
    """Divide what came, and instruct the bursar."""

    def do(offering: Offering, version: int | None) -> str:
        earning.instruct(request.acting, offering, version=version)
        return _("The amount is divided, and the bursar was told.")

    return press(request, pk, do)


@require_POST
@for_roles(*BURSARS)
def pay(request: ActingRequest, pk: int) -> HttpResponse:
    """Mark the ticked shares as paid out."""
    chosen = whole_numbers(request.POST.getlist("share"))

    def do(offering: Offering, given: dict[str, Any]) -> str:
        number = earning.pay(
            request.acting, offering, chosen, given["on"], given["reference"], version=given["version"]
        )
        return ngettext("%(n)d share marked as paid out.", "%(n)d shares marked as paid out.", number) % {
            "n": number
        }

    return step(request, pk, PayForm(request.POST), do)


def language_asked(request: ActingRequest) -> str:
    """Return the language of a paper: the one asked for, or that of the page."""
    given = request.GET.get("language", "")
    return given if given in ("ms", "en") else (get_language() or "ms")[:2]


def sent_as(pdf: bytes, name: str) -> HttpResponse:
    """Answer with a PDF to be looked at."""
    headers = {"Content-Disposition": f'inline; filename="{slugify(name)}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_safe
@for_roles(*READERS)
def claim_paper(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the claim; there is none before it was prepared."""
    income = income_of(cohort_for(request.acting, pk))
    if income is None or not income.claim:
        raise Http404
    return sent_as(claim_pdf(income, language_asked(request)), income.claim)


@require_safe
@for_roles(*READERS)
def instruction_paper(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the instruction; there is none before the amount was divided."""
    income = income_of(cohort_for(request.acting, pk))
    if income is None or not income.instruction:
        raise Http404
    shares = list(income.shares.select_related("person"))
    return sent_as(instruction_pdf(income, shares, language_asked(request)), income.instruction)
