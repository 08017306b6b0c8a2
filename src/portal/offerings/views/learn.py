"""The public catalogue: courses to be found, read about, shared, and read by software. Nobody logs in."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from portal.institutions.models import Institution
from portal.markdown import html_of
from portal.offerings.brochure import brochure_of
from portal.offerings.catalogue import Wanted, choices, courses, found
from portal.offerings.guidance import TOPICS, guide_of
from portal.offerings.models import Offering
from portal.offerings.overview import Overview, current_offerings
from portal.offerings.seats import seats_left
from portal.offerings.stacks import stacks_of
from portal.offerings.structured import MEDIA_TYPE, course_page, ctdl_of, schema_of
from portal.offerings.views.setup import pdf
from portal.proposals.models import Proposal

ON_A_PAGE = 12
FRESH = 3600
ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show the courses that are looked for, twelve on a page."""
    wanted = Wanted.of(request.GET)
    page = Paginator(found(wanted), ON_A_PAGE).get_page(request.GET.get("page"))
    cards = [(course, shown_first(course)) for course in page]
    shown = {"page": page, "cards": cards, "wanted": wanted, "narrowed": narrowed(wanted)}
    part = request.headers.get("HX-Target") == "found"
    return render(request, "learn/_found.html" if part else "learn/catalogue.html", shown)


def narrowed(wanted: Wanted) -> list[dict[str, Any]]:
    """Return the selections of the page: name, label, values, and the one chosen."""
    return [
        {"name": name, "label": label, "values": values, "chosen": getattr(wanted, name)}
        for name, (label, values) in choices().items()
        if values
    ]


def shown_first(course: Proposal) -> dict[str, Any]:
    """Return the offering of a course that its card names, and how many seats it has."""
    offerings = current_offerings(course)
    first = offerings[0] if offerings else None
    return {
        "overview": Overview(course, first),
        "offering": first,
        "more": len(offerings) - 1,
        "seats": seats_left(first) if first else None,
    }


def public_course(pk: int) -> Proposal:
    """Return a course of the catalogue; raises ``Http404``."""
    return get_object_or_404(courses(), pk=pk)


def public_offering(pk: int) -> Offering:
    """Return an offering that was announced; raises ``Http404`` for others."""
    related = (
        "proposal__institution",
        "proposal__faculty",
        "proposal__achievement",
        "semester",
        "institution",
    )
    offering = get_object_or_404(Offering.objects.select_related(*related), pk=pk)
    if not offering.is_public or not offering.institution.active:
        raise Http404
    return offering


@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a course, with its next offering where there is one."""
    proposal = public_course(pk)
    offerings = current_offerings(proposal)
    return course_shown(request, Overview(proposal, offerings[0] if len(offerings) == 1 else None))


@require_safe
def offering(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a course by one of its offerings."""
    chosen = public_offering(pk)
    return course_shown(request, Overview(chosen.proposal, chosen))


def course_shown(request: HttpRequest, overview: Overview) -> HttpResponse:
    """Render the course overview page."""
    proposal = overview.proposal
    institution = proposal.institution
    shown = {
        "overview": overview,
        "course": proposal,
        "offering": overview.offering,
        "others": [Overview(proposal, each) for each in overview.current if each != overview.offering],
        "stacks": stacks_of(proposal),
        "enrol_address": enrol_address(overview),
        "report_address": own_address("offerings:report", overview.offering.pk) if overview.offering else "",
        "terms": html_of(guide_of(institution, "terms").text),
        "netiquette": html_of(guide_of(institution, "netiquette").text),
        "json_ld": embedded(schema_of(overview)),
        "page_address": course_page(proposal),
        "follow_ons": proposal.follow_ons.select_related("leads_to").filter(leads_to__state="registered"),
    }
    return render(request, "learn/course.html", shown)


def enrol_address(overview: Overview) -> str:
    """Return where somebody enrols in the offering; empty where it is closed or there is none."""
    if overview.offering is None or overview.closed:
        return ""
    return own_address("offerings:enrol", overview.offering.pk)


def own_address(route: str, pk: int) -> str:
    """Return the address of a page that this installation may lack."""
    try:
        return reverse(route, args=[pk])
    except NoReverseMatch:
        return ""


def embedded(document: dict[str, Any]) -> SafeString:
    """Write JSON so that no text in it can end the element that holds it."""
    return mark_safe(json.dumps(document, ensure_ascii=False).translate(ESCAPED))  # noqa: S308 - escaped


def document(proposal: Proposal, make: Callable[[Overview], dict[str, Any]]) -> HttpResponse:
    """Answer with a course as linked data; software of any site may read it."""
    body = json.dumps(make(Overview(proposal)), ensure_ascii=False, indent=1)
    answer = HttpResponse(body, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"public, max-age={FRESH}"
    return answer


@require_safe
def course_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe a course in the terms of schema.org."""
    return document(public_course(pk), schema_of)


@require_safe
def ctdl(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe a course in CTDL."""
    return document(public_course(pk), ctdl_of)


@require_safe
def brochure(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the brochure of a course as PDF, in the language of the page."""
    proposal = public_course(pk)
    offerings = current_offerings(proposal)
    content = brochure_of(Overview(proposal, offerings[0] if offerings else None))
    return pdf(content, f"{proposal.code or proposal.pk}-{get_language()}.pdf")


@require_safe
def guides(request: HttpRequest, code: str) -> HttpResponse:
    """List the guidance of an institution; anybody may read it (UNIMAS 5.4-accessible)."""
    institution = get_object_or_404(Institution, code__iexact=code, active=True)
    pages = [guide_of(institution, topic) for topic in TOPICS]
    return render(request, "learn/guides.html", {"institution": institution, "pages": pages})


@require_safe
def guide(request: HttpRequest, code: str, topic: str) -> HttpResponse:
    """Show one page of guidance with its version and day."""
    institution = get_object_or_404(Institution, code__iexact=code, active=True)
    if topic not in TOPICS:
        raise Http404
    page = guide_of(institution, topic)
    shown = {"institution": institution, "page": page, "text": html_of(page.text), "topics": TOPICS}
    return render(request, "learn/guide.html", shown)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the addresses of the catalogue for search engines."""
    rows = courses().order_by("pk").values_list("pk", "updated_at")
    entries = "".join(
        f"<url><loc>{escape(course_page(Proposal(pk=pk)))}</loc><lastmod>{timezone.localdate(changed)}</lastmod></url>"
        for pk, changed in rows
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>\n'
    )
    return HttpResponse(body, content_type="application/xml")


class CourseFeed(Feed[Offering, HttpRequest]):
    """The courses announced last, as Atom: for readers, and for pages of faculties (UTM 5.4.4, 5.4.5)."""

    feed_type = Atom1Feed
    title = gettext_lazy("Courses on offer")
    link = reverse_lazy("learn:catalogue")
    subtitle = gettext_lazy("MOOCs and micro-credentials announced last.")

    def items(self) -> Any:
        """Return the offerings announced last."""
        there = Offering.objects.filter(state__in=("announced", "running"), institution__active=True)
        return there.select_related("proposal", "institution").order_by("-announced_on", "-pk")[:50]

    def item_title(self, item: Offering) -> str:
        """Name the course, the cohort and who offers it."""
        return f"{item.proposal.name} ({item.cohort}), {item.institution.name}"

    def item_description(self, item: Offering) -> str:
        """Say what it is about."""
        return escape(Overview(item.proposal, item).synopsis)

    def item_link(self, item: Offering) -> str:
        """Lead to the offering's page."""
        return reverse("learn:offering", args=[item.pk])

    def item_pubdate(self, item: Offering) -> Any:
        """Say when it was announced."""
        return item.state_since


feed = require_safe(CourseFeed())
