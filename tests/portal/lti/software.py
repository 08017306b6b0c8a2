"""A tool on this machine, made of the tool library ``pylti1p3``: it judges what Tauliah signs and answers."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.contrib.sessions.backends.cache import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from pylti1p3.contrib.django import DjangoMessageLaunch, DjangoOIDCLogin
from pylti1p3.tool_config import ToolConfDict
from tests.portal.lti.lms import key

from portal.lti.addresses import as_platform
from portal.lti.models import Tool


class Software:
    """What runs at the tool's addresses, with its own key and its own sessions."""

    def __init__(self, tool: Tool) -> None:
        ours = as_platform(tool.institution)
        self.tool, self.issuer = tool, ours["issuer"]
        known = {
            "default": True,
            "client_id": tool.client_id,
            "auth_login_url": ours["authorize"],
            "auth_token_url": ours["token"],
            "key_set_url": ours["keys"],
            "deployment_ids": [tool.deployment_id],
        }
        self.conf = ToolConfDict({self.issuer: [known]})
        private, public = key("tool")
        self.conf.set_private_key(self.issuer, private, client_id=tool.client_id)
        self.conf.set_public_key(self.issuer, public, client_id=tool.client_id)
        self.session = SessionStore()
        self.cookies: dict[str, str] = {}

    def jwks(self) -> dict[str, Any]:
        """The tool's own key set."""
        return self.conf.get_jwks(self.issuer, self.tool.client_id)

    def request(self, made: HttpRequest) -> HttpRequest:
        made.session = self.session
        made.COOKIES.update(self.cookies)
        return made

    def asks(self, begun: str) -> dict[str, str]:
        """What the tool asks Tauliah for after Tauliah sent the browser to its login."""
        return dict(parse_qsl(urlsplit(self.asks_at(begun)).query))

    def asks_at(self, begun: str) -> str:
        """Where the tool sends the browser after Tauliah sent it to its login."""
        given = dict(parse_qsl(urlsplit(begun).query))
        login = DjangoOIDCLogin(self.request(RequestFactory().get("/login", given)), self.conf)
        answer = login.redirect(given["target_link_uri"])
        self.cookies |= {name: cookie.value for name, cookie in answer.cookies.items()}
        return str(answer["Location"])

    def receives(self, posted: dict[str, str]) -> DjangoMessageLaunch:
        """The launch, as the library sees it; raises ``LtiException`` where it is not believed."""
        launch = DjangoMessageLaunch(self.request(RequestFactory().post("/launch", posted)), self.conf)
        launch.validate()
        return launch


@contextmanager
def running(software: Software, port: int) -> Iterator[list[DjangoMessageLaunch]]:
    """The tool answers on 127.0.0.1 until the block ends; what it believed of launches is in the list."""
    launches: list[DjangoMessageLaunch] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", software.asks_at(self.path))
            self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            launches.append(software.receives(dict(parse_qsl(body))))
            told = launches[-1].get_launch_data()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><h1>Selamat datang, {escape(told['name'])}</h1>".encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield launches
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
