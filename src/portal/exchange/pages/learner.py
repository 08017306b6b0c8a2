"""A learner's page: offering one's own credential to a wallet, by link and QR code, with a PIN."""

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.credentials.access import own_credential
from portal.exchange.actions.offering import offer
from portal.exchange.wallet.metadata import offer_link


@require_POST
@for_people
def offer_page(request: ActingRequest, pk: int) -> HttpResponse:
    """Make an offer of one's own credential, and show its QR code and PIN, once."""
    credential = own_credential(request.user, pk)
    try:
        made, code, pin = offer(request.user, pk)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("credentials:own", pk)
    link = offer_link(credential, code)
    shown = {"credential": credential, "offer": made, "pin": pin, "link": link, "picture": picture_of(link)}
    response = render(request, "exchange/offer.html", shown)
    response["Cache-Control"] = "no-store"
    return response


def picture_of(link: str) -> str:
    """Return the QR code of a link as a data address."""
    return str(segno.make(link, error="m", micro=False, boost_error=False).png_data_uri(scale=5, border=4))
