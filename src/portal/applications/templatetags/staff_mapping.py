"""The mapping of an application's claims, as a part of its file."""

from datetime import timedelta
from typing import Any

from django import template
from django.utils import timezone

from portal.applications.mappings import mappings_of, may_arrange
from portal.matching.access import experts_for

register = template.Library()
DAYS_TO_JUDGE = 10
"""The deadline that is suggested to experts."""


@register.inclusion_tag("applications/_staff_mapping.html", takes_context=True)
def subject_mapping(context: dict[str, Any]) -> dict[str, Any]:
    """Show who was asked to compare, what they said, and what may be done about it."""
    request, application = context["request"], context["application"]
    acting = request.acting
    rows = mappings_of(acting, application)
    open_rows = [row for row in rows if not (row.comparison and row.comparison.settled_at)]
    arranging = may_arrange(acting, application) and bool(open_rows)
    today = timezone.localdate()
    again = context.get("part") == "mapping"
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "application": application,
        "rows": [row for row in rows if row.asked or row.comparison or row.reviewable or row.review],
        "open_rows": open_rows,
        "arranging": arranging,
        "experts": experts_for(open_rows[0].claim.target, today) if arranging else (),
        "suggested_day": (today + timedelta(days=DAYS_TO_JUDGE)).isoformat(),
        "opened": again or any(row.asked and row.comparison is None for row in open_rows),
        "chosen": set(request.POST.getlist("claim"))
        if again
        else {str(r.claim.pk) for r in open_rows if r.asked},
        "chosen_experts": set(request.POST.getlist("expert")) if again else set(),
        "typed_day": request.POST.get("due_on", "") if again else "",
    }
