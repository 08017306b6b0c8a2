"""A checked case to take away: the case as YAML, the result as JSON or as a printed decision."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal import errors
from portal.packs import packs
from portal.transfer.bridge import Case, entry_of_case
from portal.transfer.checking import Checked, checked
from portal.transfer.link import LARGEST_CASE, UnreadableLink, case_of_link
from tauliah.files.cases import write_case_yaml
from tauliah.files.pdf import decision_pdf

Result = Mapping[str, Any]


def case_yaml(case: Case, result: Result) -> bytes:
    """Write the case as YAML."""
    return write_case_yaml(case).encode()


def result_json(case: Case, result: Result) -> bytes:
    """Write the result as JSON."""
    return (json.dumps(result, ensure_ascii=False, indent=2) + "\n").encode()


def result_pdf(case: Case, result: Result) -> bytes:
    """Print the decision in the person's language."""
    return decision_pdf(case, result, packs()[case["policy"]], get_language() or "ms")


FORMATS: dict[str, tuple[str, str, Callable[[Case, Result], bytes]]] = {
    "case.yaml": ("application/yaml; charset=utf-8", "tauliah-kes.yaml", case_yaml),
    "result.json": (
        "application/json; charset=utf-8",
        "tauliah-keputusan.json",
        result_json,
    ),
    "result.pdf": ("application/pdf", "tauliah-keputusan.pdf", result_pdf),
}


# Nothing is stored and nobody is logged in; see ``views.check``.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest, name: str) -> HttpResponse:
    """Send a file made from the case in ``c``; by POST it may be longer than an address."""
    sent = request.POST if request.method == "POST" else request.GET
    try:
        case = case_of_link(sent.get("c", ""), longest=LARGEST_CASE)
    except UnreadableLink:
        return errors.bad_request(request, message=_("This link is damaged, incomplete or too long."))
    found: Checked = checked(entry_of_case(case))
    if found.result is None:
        return errors.bad_request(
            request,
            message=_("The case in this link is not valid. Open it in the form."),
        )
    kind, filename, write = FORMATS[name]
    response = HttpResponse(write(found.case, found.result), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
