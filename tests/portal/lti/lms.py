"""An LMS on this machine, made of the platform library ``lti1p3platform``: what it signs and answers is its own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from lti1p3platform.exceptions import LtiException, LtiServiceException
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.membership import Context
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request
from lti1p3platform.service_connector import AssignmentsGradesService, NamesRoleProvisioningService

LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"


@cache
def key(name: str) -> tuple[str, str]:
    """A private key and its public half, as PEM; one for each name."""
    made = generate_private_key(public_exponent=65537, key_size=2048)
    private = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


class Asked(Request):
    """A request in the form that the library takes."""

    def build_metadata(self, request: Any) -> Any:
        return {"method": "GET", "form_data": {}, "get_data": {}, "headers": {}, "json": None} | request


class Platform(LTI1P3PlatformConfAbstract):
    """The library's platform, with one registered tool: Tauliah."""

    def init_platform_config(self, **kwargs: Any) -> None:
        self._registration = kwargs["registration"]

    def get_registration_by_params(self, **kwargs: Any) -> Registration:
        return self._registration


class Login(OIDCLoginAbstract):
    """Begins the login; the hint is the resource link."""

    def set_lti_message_hint(self, **kwargs: Any) -> None:
        self._lti_message_hint = kwargs["hint"]

    def get_redirect(self, url: str) -> str:
        return url


class Launch(LTIAdvantageMessageLaunchAbstract):
    """Makes the message; what is posted to the tool comes back as a dictionary."""

    def render_launch_form(self, launch_data: Any, **kwargs: Any) -> Any:
        return launch_data


class Roster(NamesRoleProvisioningService):
    """The members of the course, three on a page."""

    members: list[dict[str, Any]]

    def get_member_data_page(self, page=1, limit=None, role=None, since=None):
        start = (int(page) - 1) * 3
        return {"content": self.members[start : start + 3], "has_next": len(self.members) > start + 3}

    def get_context_by_id(self):
        return Context("course-7", "SD", "Sains Data")


class Gradebook(AssignmentsGradesService):
    """The columns of the course."""

    items: dict[str, dict[str, Any]]
    results: dict[str, list[dict[str, Any]]]

    def find_lineitems(self, page=1, limit=None, **filters):
        return {"content": list(self.items.values()), "has_next": False}

    def create_lineitem(self, creation_data):
        number = str(len(self.items) + 1)
        made = {**creation_data, "id": f"{self.ags.lineitems_url}/{number}"}
        self.items[number] = made
        return made

    def get_results(self, line_item_id, page=1, limit=None, user_id=None):
        return {"content": self.results.get(line_item_id, []), "has_next": False}

    def find_lineitem(self, line_item_id):
        return self.items[line_item_id]

    def update_lineitem(self, update_data):
        raise NotImplementedError

    def delete_lineitem(self, line_item_id):
        raise NotImplementedError

    def update_score(self, line_item_id, score):
        raise NotImplementedError


class Lms:
    """A server on loopback in which the library's platform answers."""

    def __init__(self, site: str, tool: str) -> None:
        self.site, self.tool = site, tool
        private, public = key("lms")
        self.registration = (
            Registration()
            .set_iss(site)
            .set_client_id("tauliah-at-lms")
            .set_deployment_id("1")
            .set_launch_url(f"{tool}/launch/")
            .set_deeplink_launch_url(f"{tool}/launch/")
            .set_oidc_login_url(f"{tool}/login/")
            .set_platform_private_key(private)
            .set_platform_public_key(public)
        )
        self.platform = Platform(registration=self.registration)
        self.members: list[dict[str, Any]] = []
        self.items: dict[str, dict[str, Any]] = {}
        self.results: dict[str, list[dict[str, Any]]] = {}
        self.people: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.told: dict[str, Any] = {}
        self.instead: dict[str, Any] = {}

    def login_url(self, user: str = "u-laila") -> str:
        """Where the LMS sends the browser to begin."""
        login = Login(None, self.platform)
        login.set_lti_message_hint(hint="link-1")
        return str(login.initiate_login(user))

    def launch(self, asked: dict[str, str], who: dict[str, Any], **changes: Any) -> dict[str, str]:
        """What the LMS has the browser post for a login that Tauliah asked for."""
        launch = self.message(asked, who, deep=changes.pop("deep", False))
        if changes:
            launch.set_extra_claims(changes)
        return launch.lti_launch()

    def message(self, asked: dict[str, str], who: dict[str, Any], *, deep: bool = False) -> Launch:
        """A launch of the library, with the services switched on."""
        launch = Launch(Asked({"get_data": asked}), self.platform)
        launch.set_user_data(who["sub"], [who.get("role", INSTRUCTOR)], who.get("name"), who.get("email"))
        launch.set_launch_context_claim("course-7", context_title="Sains Data (Moodle)")
        if deep:
            launch.set_dl(f"{self.site}/deep", accept_types={"ltiResourceLink"}, extra_data={"data": "d-1"})
        else:
            launch.set_resource_link_claim("link-1", title="Tauliah")
            launch.set_nrps(f"{self.site}/members")
            launch.set_ags(f"{self.site}/items")
        return launch

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Any:
        """Status, headers and body of an answer."""
        self.asked.append(f"{method} {path}")
        self.told[path] = headers, body
        if path in self.instead:
            return self.instead[path]
        if path in {"/course", "/auth"}:
            return 200, {"Content-Type": "text/html; charset=utf-8"}, self.page(path, query).encode()
        if path == "/keys":
            return 200, {}, self.platform.get_jwks()
        if path == "/token":
            return 200, {}, self.platform.get_access_token(dict(parse_qsl(body.decode())))
        said = {
            "method": method,
            "get_data": query,
            "headers": headers,
            "json": json.loads(body) if body else None,
        }
        if path == "/members":
            return self._members(said)
        return self._items(path, said)

    def page(self, path: str, query: dict[str, str]) -> str:
        """A page of the LMS in a browser: the course with its link to Tauliah, or what is posted to Tauliah."""
        if path == "/course":
            return f'<!doctype html><title>Sains Data</title><a href="{escape(self.login_url(query["as"]))}">Tauliah</a>'
        posted = self.launch(query, self.people[query["login_hint"]])
        fields = "".join(
            f'<input type="hidden" name="{name}" value="{escape(posted[name])}">'
            for name in ("id_token", "state")
        )
        return (
            f'<!doctype html><title>LMS</title><form method="post" action="{escape(query["redirect_uri"])}">'
            f"{fields}</form><script>document.forms[0].submit()</script>"
        )

    def _members(self, said: dict[str, Any]) -> Any:
        said["get_data"].setdefault("limit", "3")
        said["get_data"]["page"] = int(said["get_data"].get("page", 1))
        service = Roster(Asked(said), self.platform, f"{self.site}/members")
        service.members = self.members
        answer = service.handle_resp(service.handle_get_members)
        if answer.code != 200:
            return answer.code, {}, {"error": answer.message}
        onwards = answer.result.pop("next", None)
        return 200, {"Link": f'<{onwards}>; rel="next"'} if onwards else {}, answer.result

    def _items(self, path: str, said: dict[str, Any]) -> Any:
        service = Gradebook(Asked(said), self.platform, f"{self.site}/items")
        service.items, service.results = self.items, self.results
        number = path.removeprefix("/items").strip("/").partition("/")[0]
        if path.endswith("/results"):
            answer = service.handle_resp(service.handle_get_results, line_item_id=number)
        elif said["method"] == "POST":
            answer = service.handle_resp(service.handle_create_lineitem)
        else:
            answer = service.handle_resp(service.handle_get_lineitems)
        told = answer.result
        if isinstance(told, dict) and "content" in told:
            told = told["content"]
        return answer.code, {}, told if answer.code < 300 else {"error": answer.message}


@contextmanager
def running(tool: str = "http://127.0.0.1:8000/lti/unimas/tool") -> Iterator[Lms]:
    """An LMS that answers on 127.0.0.1 until the block ends; it knows the tool's addresses."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                found = lms.answer(self.command, parts.path, dict(parse_qsl(parts.query)), self.headers, body)
            except LtiServiceException as error:
                found = error.status_code, {}, {"error": error.message}
            except LtiException as error:
                found = 400, {}, {"error": "invalid_client", "error_description": str(error)}
            status, headers, told = found
            sent = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sent)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    lms = Lms(f"http://127.0.0.1:{server.server_port}", tool)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield lms
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
