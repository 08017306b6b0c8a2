"""Mail leaves once: the folder keeps a message under its identity, and a server is reached before it counts."""

import socket
from collections.abc import Iterator
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, send_mail

from portal.mail.folder import EmailBackend
from portal.mail.sending import message_id, ready_to_send, twice_is_once

FOLDER = "portal.mail.folder.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def folder(settings: pytest.FixtureRequest, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = FOLDER
    settings.TAULIAH_MAIL_FOLDER = tmp_path / "mail"
    return tmp_path / "mail"


def letter() -> EmailMessage:
    return EmailMessage("Keputusan", "Permohonan anda diluluskan.", to=["aminah@example.my"])


class TestFolder:
    def test_a_message_is_put_there_for_the_portals_user_alone(self, folder: Path) -> None:
        send_mail("Selamat datang", "…", None, ["aminah@example.my"])

        (file,) = folder.iterdir()
        assert file.suffix == ".eml"
        assert b"aminah@example.my" in file.read_bytes()
        assert file.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700

    def test_the_same_letter_twice_is_there_once(self, folder: Path) -> None:
        for _ in range(2):
            ready_to_send(letter(), "decision 12 to Aminah")()
        ready_to_send(letter(), "decision 13 to Aminah")()

        assert len(list(folder.iterdir())) == 2
        assert twice_is_once()

    def test_nothing_is_there_before_it_is_handed_over(self, folder: Path) -> None:
        ready_to_send(letter(), "decision 12 to Aminah")

        assert not folder.exists()

    def test_two_messages_without_an_identity_are_two(self, folder: Path) -> None:
        for _ in range(2):
            letter().send()

        assert len(list(folder.iterdir())) == 2

    def test_without_a_folder_it_says_so(self, settings: pytest.FixtureRequest) -> None:
        settings.TAULIAH_MAIL_FOLDER = None

        with pytest.raises(ImproperlyConfigured, match="TAULIAH_MAIL names no folder"):
            EmailBackend()


class Conversation(StreamRequestHandler):
    """A mail server that takes every message."""

    def handle(self) -> None:
        self.say("220 mail")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "DATA":
                self.say("354 go on")
                taken = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append(taken.decode())  # type: ignore[attr-defined]
            self.say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def server(settings: pytest.FixtureRequest) -> Iterator[list[str]]:
    """A mail server on this machine; gives what it has taken."""
    with ThreadingTCPServer(("127.0.0.1", 0), Conversation) as listening:
        listening.daemon_threads = True
        listening.taken = []  # type: ignore[attr-defined]
        Thread(target=listening.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT = listening.server_address[1]
        yield listening.taken  # type: ignore[attr-defined]
        listening.shutdown()


class TestServer:
    def test_a_letter_is_taken_once_with_an_identity_that_stays(self, server: list[str]) -> None:
        hand_over = ready_to_send(letter(), "decision 12 to Aminah")

        assert server == []

        hand_over()

        assert len(server) == 1
        assert f"Message-ID: {message_id('decision 12 to Aminah')}" in server[0]
        assert not twice_is_once()

    def test_a_server_that_is_away_is_noticed_before_anything_is_handed_over(
        self, settings: pytest.FixtureRequest
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as tried:
            settings.EMAIL_PORT = tried.getsockname()[1]
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"

        with pytest.raises(ConnectionRefusedError):
            ready_to_send(letter(), "decision 12 to Aminah")

    def test_what_is_no_message_is_noticed_before_anything_is_handed_over(self, server: list[str]) -> None:
        broken = EmailMessage("Keputusan\nBcc: everyone@example.my", "…", to=["aminah@example.my"])

        with pytest.raises(ValueError, match="newlines"):
            ready_to_send(broken, "decision 12 to Aminah")

        assert server == []
