"""Pages of imports: upload, preview with every bad cell, saving, and what was imported."""

import tempfile
from collections import Counter

from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.views.entry import acted, acting_of
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, form_page
from portal.exports.listing import XLSX, exported
from portal.imports import actions
from portal.imports.access import import_for, imports_for, may_import
from portal.imports.forms import UploadForm
from portal.imports.kinds.lists import KINDS
from portal.imports.mistake import in_words
from portal.imports.models import Import
from portal.imports.tasks import check_file, save_file
from portal.imports.template_file import mistakes_listing, write_template

ON_A_PAGE = 25
MOST_MISTAKES = 100


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def imports(request: ActingRequest) -> HttpResponse:
    """List the imports so far, and take a new file."""
    acting = acting_of(request)
    if not may_import(acting):
        raise NotAllowed
    form = UploadForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind")})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.upload(acting, form.cleaned_data["kind"], form.cleaned_data["file"])
        except Refused as refused:
            form.add_error(refused.field, str(refused.message))
        else:
            _check(made)
            return redirect("imports:import", made.pk)
    page = Paginator(imports_for(acting), ON_A_PAGE).get_page(request.GET.get("page"))
    return form_page(request, "imports/imports.html", {"form": form, "page": page, "kinds": KINDS.values()})


def _check(made: Import) -> None:
    """Check a small file at once, and leave a large one to a worker."""
    if made.file.size <= actions.BY_A_WORKER:
        actions.check(made)
    else:
        transaction.on_commit(lambda: check_file.enqueue(made.pk))


@require_safe
@acted
def import_page(request: ActingRequest, pk: int) -> HttpResponse:
    """Show what a file would do, or did; while a worker is at it, how far it has come."""
    made = import_for(request.acting, pk)
    mistakes = made.mistakes[:MOST_MISTAKES]
    context = {
        "made": made,
        "kind": KINDS[made.kind],
        "mistakes": [mistake | {"words": in_words(mistake)} for mistake in mistakes],
        "more_mistakes": made.mistake_count - len(mistakes),
        "often": _often(made),
        "notes": [note | {"words": in_words(note)} for note in made.preview.get("notes", [])],
        "rows": _named_rows(made),
        "more_rows": made.new + made.changed - len(made.preview.get("rows", [])),
    }
    template = (
        "imports/_import.html" if request.headers.get("HX-Target") == "import" else "imports/import.html"
    )
    return render(request, template, context)


def _often(made: Import) -> list[tuple[str, int]]:
    """The mistakes that stand most often, so that one repair may mend many rows."""
    counted = Counter(in_words(mistake) for mistake in made.mistakes)
    return [(words, count) for words, count in counted.most_common(3) if count > 2]


def _named_rows(made: Import) -> list[dict[str, object]]:
    """The rows of the preview with headings and sheets in the language of the page."""
    sheets = {sheet.key: sheet for sheet in KINDS[made.kind].sheets}
    shown = []
    for row in made.preview.get("rows", []):
        headings = {field.name: field.heading for field in sheets[row["sheet"]].fields}
        changes = [c | {"heading": headings.get(c["field"], c["heading"])} for c in row["changes"]]
        shown.append(row | {"sheet_name": sheets[row["sheet"]].name, "changes": changes})
    return shown


@require_POST
@acted
def import_save(request: ActingRequest, pk: int) -> HttpResponse:
    """Save a file that was looked at."""
    acting, made = acting_of(request), import_for(request.acting, pk)
    try:
        actions.confirm(acting, made)
    except Refused as refused:
        context = {"made": made, "kind": KINDS[made.kind], "refused": str(refused.message)}
        return render(request, "imports/import.html", context, status=UNPROCESSABLE)
    if made.rows <= actions.FEW_ROWS:
        made = actions.save(made)
        if made.state == Import.State.DONE:
            return done(request, _("The list was saved."), _place(made))
    else:
        transaction.on_commit(lambda: save_file.enqueue(made.pk))
    return redirect(_place(made))


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def import_leave(request: ActingRequest, pk: int) -> HttpResponse:
    """Leave a file, after asking."""
    acting, made = acting_of(request), import_for(request.acting, pk)
    if request.method == "POST":
        try:
            actions.leave(acting, made)
        except Refused as refused:
            context = {"made": made, "kind": KINDS[made.kind], "refused": str(refused.message)}
            return render(request, "imports/import.html", context, status=UNPROCESSABLE)
        return done(request, _("The file was left; nothing of it was saved."), reverse("imports:list"))
    context = {
        "question": _("Leave %(name)s?") % {"name": made.name},
        "explanation": _("Nothing of it is saved, and the uploaded file is deleted."),
        "press": _("Leave"),
        "back": _place(made),
    }
    return render(request, "catalogue/confirm.html", context)


@require_safe
@acted
def import_mistakes(request: ActingRequest, pk: int, form: str) -> HttpResponseBase:
    """Send the list of mistakes as a file."""
    return exported(mistakes_listing(import_for(request.acting, pk)), form)


@require_safe
@acted
def template_file(request: ActingRequest, kind: str) -> FileResponse:
    """Send the empty list to start from."""
    if not may_import(acting_of(request)):
        raise NotAllowed
    if kind not in KINDS:
        raise Http404
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_template(KINDS[kind], target)
    target.seek(0)
    name = f"{slugify(_('template'))}-{slugify(str(KINDS[kind].name))}.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)


def _place(made: Import) -> str:
    return reverse("imports:import", args=[made.pk])
