"""A mail server for tests: it takes messages over SMTP, slowly where asked, and remembers them."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any


class Taker(socketserver.StreamRequestHandler):
    """Speaks just enough SMTP for Python's smtplib."""

    server: "MailServer"

    def handle(self) -> None:
        self.say("220 test")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.take()
            elif word == b"QUIT":
                self.say("221 bye")
                return
            elif word == b"RCPT" and self.server.refuses:
                self.say(self.server.refuses)
            else:
                self.say("250 ok")

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()).rstrip(b"\r\n") != b".":
            if not line:
                return  # broken off: nothing was taken
            lines.append(line)
        self.server.taken.append(message_from_bytes(b"".join(lines)))
        time.sleep(self.server.seconds)
        self.say("250 taken")

    def say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """What it has taken stands in ``taken``; ``refuses`` is what it says to every recipient."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, seconds: float) -> None:
        super().__init__(("127.0.0.1", 0), Taker)
        self.taken: list[Message] = []
        self.seconds = seconds
        self.refuses = ""

    @property
    def address(self) -> str:
        """What TAULIAH_MAIL says to use it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is killed hangs up: that is what is tested."""


@contextmanager
def mail_server(seconds: float = 0.0) -> Iterator[MailServer]:
    """A mail server that answers for as long as the block runs."""
    server = MailServer(seconds)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
