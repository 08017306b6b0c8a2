"""A checked application to take away: as YAML, JSON and as a printed decision."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.cases.bridge import Case
from portal.cases.downloads import CASE_YAML, RESULT_JSON, Format, Result, sent
from portal.packs import packs
from portal.transfer.bridge import PAPER
from tauliah.files.pdf import decision_pdf


def result_pdf(case: Case, result: Result) -> bytes:
    """Print the decision in the person's language."""
    return decision_pdf(case, result, packs()[case["policy"]], get_language() or "ms")


FORMATS: dict[str, Format] = {
    "case.yaml": CASE_YAML,
    "result.json": RESULT_JSON,
    "result.pdf": Format("application/pdf", "tauliah-keputusan.pdf", result_pdf),
}


# Nothing is stored and nobody is logged in; see ``views.check``.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest, name: str) -> HttpResponse:
    """Send a file made from the case in ``c``."""
    return sent(request, PAPER, FORMATS[name])
