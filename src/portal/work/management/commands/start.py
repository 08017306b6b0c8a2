"""``start``: everything for looking at the portal on one's own machine, in one command."""

import errno
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

SECONDS_TO_END = 15
Process = subprocess.Popen[bytes]


def address(given: str) -> tuple[str, int]:
    """Read ``host:port`` or a port alone."""
    host, _colon, port = given.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise CommandError(
            _("%(given)s is not an address: write a port, or a host and a port.") % {"given": given}
        )
    return host or "127.0.0.1", int(port)


def make_sure_it_is_free(host: str, port: int) -> None:
    """Stop with a clear word where another program listens on that port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(
                    _("The portal cannot listen on %(host)s:%(port)d: %(why)s.")
                    % {"host": host, "port": port, "why": error.strerror}
                ) from error
            raise CommandError(
                _(
                    "Port %(port)d is taken by another program. End that program, or choose another port: "
                    "make run PORT=%(other)d"
                )
                % {"port": port, "other": port + 1}
            ) from error


def end(processes: list[Process]) -> None:
    """Ask the processes to end, wait, and end those that do not."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    last = time.monotonic() + SECONDS_TO_END
    for process in processes:
        try:
            process.wait(max(0.1, last - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


class Command(BaseCommand):
    """Makes the tables, loads the demonstration, starts the portal and a worker, and ends both together."""

    help = "Start the portal and its worker on this machine, with demonstration data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", nargs="?", default="127.0.0.1:8000", help="host:port, or a port")

    def handle(self, **options: Any) -> None:
        host, port = address(options["address"])
        make_sure_it_is_free(host, port)
        call_command("migrate", interactive=False, verbosity=0)
        if "demonstration" in get_commands() and not settings.PRODUCTION:
            call_command("demonstration")
        told = {"where": f"http://{host}:{port}"}
        self.stdout.write(_("The portal is on %(where)s; Ctrl-C ends it.") % told)
        self.stdout.flush()
        code = self.watch([self.portal(host, port), self.worker()])
        if code:
            raise SystemExit(code)

    def portal(self, host: str, port: int) -> Process:
        """Start the pages."""
        return self.run("runserver", "--insecure", "--skip-checks", f"{host}:{port}")

    def worker(self) -> Process:
        """Start the background work."""
        return self.run("db_worker", "--verbosity", "0")

    def run(self, *words: str) -> Process:
        """Start another command of this program."""
        return subprocess.Popen([sys.executable, sys.argv[0], *words])  # noqa: S603 - its own command

    def watch(self, processes: list[Process]) -> int:
        """Wait until told to stop or until one process ends, end the other, and return the exit code."""
        told: list[int] = []

        def stop(number: int, frame: FrameType | None) -> None:
            told.append(number)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        while not told and all(process.poll() is None for process in processes):
            time.sleep(0.2)
        codes = [process.poll() for process in processes]
        end(processes)
        return 0 if told else next((code for code in codes if code), 1)
