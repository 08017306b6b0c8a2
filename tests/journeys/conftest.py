"""A real browser before a running portal."""

import shutil
from collections.abc import Callable, Iterator
from socketserver import ThreadingMixIn
from threading import Thread
from time import thread_time
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portal.wsgi import application

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Page]


class Server(ThreadingMixIn, WSGIServer):
    """The portal as it is deployed, each request in a thread of its own."""

    daemon_threads = True
    longest = 0.0
    """The most processor time that a request took, in seconds: what else the machine does is not in it."""

    def process_request_thread(self, *request: Any) -> None:
        """Answer, and leave no connection to the database behind: the thread ends here."""
        try:
            super().process_request_thread(*request)
        finally:
            connections.close_all()
            Server.longest = max(Server.longest, thread_time())


class Quiet(WSGIRequestHandler):
    """Answers without writing a log."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the portal runs. It keeps nothing, so no database is set up for it."""
    with make_server("127.0.0.1", 0, application, Server, Quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium for the journeys of one file: Playwright's event loop must not outlive them."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed on this machine; .ci/packages installs it")
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # Playwright's loop runs in this thread; what a journey asks of the database is not run in it.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open an address of the portal in a fresh browser; what the console complains of fails the test."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_page(path: str = "/", **settings: Any) -> Page:
        context = browser.new_context(base_url=address, locale="en-GB", **settings)
        complaints: list[str] = []
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if "Content Security" in m.text else None)
        page.goto(path)
        opened.append((context, complaints))
        return page

    yield open_page
    for context, complaints in opened:
        context.close()

        assert complaints == []
