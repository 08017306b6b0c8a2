"""A whole transcript at once: read, shown row by row, corrected, and only then kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import Refused
from portal.applications import drafting
from portal.applications.forms_choices import Choices
from portal.applications.forms_sheet import study_words
from portal.applications.forms_table import (
    MOST_ROWS,
    ROW,
    TABLE_FORM,
    Proposed,
    UnreadableTable,
    proposed,
    rows_of,
    suggested,
)
from portal.applications.views.applicant_asking import (
    for_learners,
    gone_to,
    learner,
    no_longer_a_draft,
    own_draft,
    version_of,
)
from portal.cases.bridge import Entry, blank, entry_of_form
from portal.wording import in_language

LARGEST = 2_000_000


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def table(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask for a table, show what was read of it, or keep it once every row is right."""
    application = own_draft(request, pk)
    if application is None:
        return no_longer_a_draft(request, pk)
    choices = Choices(application)
    if request.method != "POST":
        return page(request, choices, blank(TABLE_FORM))
    entry = entry_of_form(request.POST.lists(), TABLE_FORM)
    if request.POST.get("action") == "read":
        return read_in(request, choices, entry)
    return kept(request, choices, entry)


def read_in(request: ActingRequest, choices: Choices, entry: Entry) -> HttpResponse:
    """Read a file or pasted cells, and suggest what was accepted before."""
    file, pasted = request.FILES.get("table"), request.POST.get("text", "")
    refusal = ""
    if choices.study(entry["study"]) is None:
        refusal = _("Choose the study that the transcript is of.")
    elif file is not None and (file.size or 0) > LARGEST:
        refusal = _("The file is too large: 2 MB at most.")
    if not refusal:
        try:
            rows = rows_of(file.read() if file is not None else pasted.encode())
        except UnreadableTable as unreadable:
            refusal = in_language(unreadable.text)
        else:
            entry["rows"] = suggested(rows, entry["study"], choices)
            return page(request, choices, entry, found=proposed(entry, choices))
    return page(request, choices, entry, refusal=refusal, pasted=pasted, status=422)


def kept(request: ActingRequest, choices: Choices, entry: Entry) -> HttpResponse:
    """Keep the rows that name a course applied for, all or none."""
    found, application = proposed(entry, choices), choices.application
    if found.wrong or not found.claims:
        refusal = "" if found.wrong else _("Name the course applied for in at least one row.")
        return page(request, choices, entry, found=found, refusal=refusal, status=422)
    try:
        number = drafting.add_claims(learner(request), application, version_of(request), found.claims)
    except Refused as refused:
        return page(request, choices, entry, found=found, refusal=str(refused.message), status=422)
    words = ngettext("%(n)s course was added.", "%(n)s courses were added.", number)
    messages.success(request, words % {"n": number})
    return gone_to(request, "applications:detail", application.pk)


def page(
    request: ActingRequest,
    choices: Choices,
    entry: Entry,
    *,
    found: Proposed | None = None,
    refusal: str = "",
    pasted: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the question for a table, or the table with what is wrong at each cell."""
    wrong = found.wrong if found else {}
    rows = [
        (number, [(name, row[name], [in_language(m) for m in wrong.get((number, name), ())]) for name in ROW])
        for number, row in enumerate(entry["rows"])
    ]
    shown = {
        "application": choices.application,
        "study": entry["study"],
        "studies": [(str(study.pk), study_words(study)) for study in choices.studies],
        "rows": rows,
        "targets": list(choices.targets.values()) if rows else [],
        "named": sum(bool(row["target"]) for row in entry["rows"]),
        "wrong": len({number for number, _name in wrong}),
        "refusal": refusal,
        "pasted": pasted,
        "most": MOST_ROWS,
    }
    return render(request, "applications/applicant_table.html", shown, status=status)
