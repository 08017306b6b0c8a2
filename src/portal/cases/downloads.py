"""A checked case to take away: the case as YAML, the result as JSON, and what else a page offers."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal import errors
from portal.cases.bridge import Case
from portal.cases.checking import Checked, checked
from portal.cases.link import LARGEST_CASE, UnreadableLink, case_of_link
from portal.cases.paper import Paper
from tauliah.files.cases import write_case_yaml

Result = Mapping[str, Any]


@dataclass(frozen=True)
class Format:
    """A kind of file: its media type, its name and how it is written."""

    media_type: str
    filename: str
    write: Callable[[Case, Result], bytes]


def case_yaml(case: Case, result: Result) -> bytes:
    """Write the case as YAML."""
    return write_case_yaml(case).encode()


def result_json(case: Case, result: Result) -> bytes:
    """Write the result as JSON."""
    return (json.dumps(result, ensure_ascii=False, indent=2) + "\n").encode()


CASE_YAML = Format("application/yaml; charset=utf-8", "tauliah-kes.yaml", case_yaml)
RESULT_JSON = Format("application/json; charset=utf-8", "tauliah-keputusan.json", result_json)


def sent(request: HttpRequest, paper: Paper, form: Format) -> HttpResponse:
    """Send a file made from the case in ``c``; by POST it may be longer than an address."""
    fields = request.POST if request.method == "POST" else request.GET
    try:
        case = case_of_link(paper, fields.get("c", ""), longest=LARGEST_CASE)
    except UnreadableLink:
        return errors.bad_request(request, message=_("This link is damaged, incomplete or too long."))
    found: Checked = checked(paper, paper.entry_of_case(case))
    if found.result is None:
        return errors.bad_request(
            request,
            message=_("The case in this link is not valid. Open it in the form."),
        )
    response = HttpResponse(form.write(found.case, found.result), content_type=form.media_type)
    response["Content-Disposition"] = f'attachment; filename="{form.filename}"'
    return response
