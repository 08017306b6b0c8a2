"""The eligibility check's pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the front page."""
    return render(request, "portal/home.html")


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Show the eligibility check."""
    return render(request, "portal/home.html")
