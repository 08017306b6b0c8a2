"""Who may open the pages of credentials: issuers act, the auditor reads, learners have their own, all verify."""

from typing import Any

from tests.portal import cast
from tests.portal.credentials import made
from tests.portal.routes import EVERYBODY, FORBIDDEN, NOT_FOUND, PEOPLE, Route

from portal.accounts.roles import Role
from portal.applications.models import Evidence
from portal.credentials.access import ISSUERS, READERS
from portal.credentials.actions.sharing import share
from portal.credentials.addresses import page_of
from portal.credentials.links import address_of
from portal.credentials.models import Credential, RecognisedIssuer, ShareLink

AUDIT = {Role.AUDITOR: FORBIDDEN}


def credential() -> Credential:
    """A credential that was issued to Aminah."""
    cast.appear("aminah")
    kept = Credential.objects.filter(email=made.EMAIL).first()
    return kept or made.issued(cast.appear("kumar"))[0]


def of_credential() -> dict[str, Any]:
    return {"pk": credential().pk}


def of_course() -> dict[str, Any]:
    return {"pk": made.course(cast.institution("UTHM")).pk}


def of_run() -> dict[str, Any]:
    run = made.run(cast.appear("kumar"))
    made.learners(run, 1, "lain@contoh.example")
    return {"pk": run.pk}


def of_award() -> dict[str, Any]:
    run = made.run(cast.appear("kumar"))
    made.learners(run, 1, "lain@contoh.example")
    return {"pk": run.pk, "award": run.awards.get().pk}


def of_link() -> dict[str, Any]:
    found = credential()
    assert found.person
    link = share(found.person, None, found, 7, "")
    return {"pk": found.pk, "number": link.pk}


def token() -> dict[str, Any]:
    return {"token": address_of(ShareLink.objects.get(pk=of_link()["number"])).rpartition("/")[2]}


def recognised() -> dict[str, Any]:
    issuer, _ = RecognisedIssuer.objects.get_or_create(
        institution=cast.institution("UTHM"), did="did:web:lain.example", defaults={"name_ms": "Lain"}
    )
    return {"pk": issuer.pk}


def public() -> dict[str, Any]:
    assert page_of(credential())
    return {"public_id": credential().public_id}


def evidence() -> dict[str, Any]:
    """A file of Aminah's that is no credential; its page says so."""
    from tests.portal.applications.stories import evidence as file

    aminah = cast.appear("aminah")
    kept = Evidence.objects.filter(person=aminah.person).first()
    return {"number": (kept or file(aminah)).pk}


STUDENT = frozenset({Role.STUDENT})
ROUTES = {
    "verification:entry": Route(EVERYBODY),
    "verification:check": Route(EVERYBODY, post=lambda: {"code": "K7QM-2XFD-9PTA"}),
    "verification:credential": Route(EVERYBODY, place=public),
    "verification:statement": Route(EVERYBODY, place=public),
    "verification:badge": Route(EVERYBODY, place=lambda: public() | {"form": "png"}),
    "verification:course": Route(EVERYBODY, place=lambda: {"public_id": credential().achievement.public_id}),
    "verification:shared": Route(EVERYBODY, place=token),
    "status:list": Route(EVERYBODY, place=lambda: public() and {"code": "uthm", "number": 1}),
    "status:did": Route(EVERYBODY, place=lambda: public() and {"code": "uthm"}),
    "credentials:list": Route(READERS),
    "credentials:change": Route(ISSUERS, place=lambda: {"name": "revoke"}),
    "credentials:credential": Route(READERS, FORBIDDEN, NOT_FOUND, of_credential),
    "credentials:correct": Route(ISSUERS, FORBIDDEN, NOT_FOUND, of_credential),
    "credentials:face": Route(READERS, FORBIDDEN, NOT_FOUND, lambda: of_credential() | {"face": "json"}),
    "credentials:courses": Route(READERS),
    "credentials:course-new": Route(ISSUERS),
    "credentials:course": Route(READERS, FORBIDDEN, NOT_FOUND, of_course),
    "credentials:runs": Route(READERS),
    "credentials:run-new": Route(ISSUERS),
    "credentials:run-template": Route(READERS),
    "credentials:run": Route(READERS, FORBIDDEN, NOT_FOUND, of_run),
    "credentials:run-edit": Route(ISSUERS, FORBIDDEN, NOT_FOUND, of_run),
    "credentials:run-list": Route(ISSUERS, FORBIDDEN, NOT_FOUND, of_run, post=dict),
    "credentials:run-add": Route(ISSUERS, FORBIDDEN, NOT_FOUND, of_run),
    "credentials:run-remove": Route(ISSUERS, FORBIDDEN, NOT_FOUND, of_award, post=dict),
    "credentials:run-start": Route(ISSUERS, FORBIDDEN, NOT_FOUND, of_run),
    "credentials:profile": Route(READERS),
    "credentials:recognised": Route(READERS),
    "credentials:recognised-remove": Route(ISSUERS, FORBIDDEN, NOT_FOUND, recognised, post=dict),
    "credentials:mine": Route(PEOPLE),
    "credentials:own": Route(STUDENT, NOT_FOUND, NOT_FOUND, of_credential),
    "credentials:own-face": Route(
        STUDENT, NOT_FOUND, NOT_FOUND, lambda: of_credential() | {"face": "certificate"}
    ),
    "credentials:own-shown": Route(STUDENT, NOT_FOUND, NOT_FOUND, of_credential, post=dict),
    "credentials:own-link": Route(STUDENT, NOT_FOUND, NOT_FOUND, of_credential, post=lambda: {"days": "7"}),
    "credentials:own-link-end": Route(STUDENT, NOT_FOUND, NOT_FOUND, of_link, post=dict),
    "credentials:decision": Route(frozenset(), NOT_FOUND, None, lambda: {"pk": 0}, post=dict),
    "credentials:evidence": Route(STUDENT, NOT_FOUND, NOT_FOUND, evidence),
}
