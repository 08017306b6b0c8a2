"""What everybody may see of an institution."""

from typing import Any

from django.core.files.base import ContentFile
from tests.portal import cast
from tests.portal.routes import EVERYBODY, Route

CREST = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7H1z"/></svg>'


def crest() -> dict[str, Any]:
    institution = cast.institution("UTHM")
    if not institution.crest:
        institution.crest.save("crest.svg", ContentFile(CREST))
    return {"code": institution.code}


ROUTES = {"institutions:crest": Route(EVERYBODY, place=crest)}
