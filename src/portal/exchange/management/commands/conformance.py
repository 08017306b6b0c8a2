"""``conformance``: a VC-API instance on this machine that the official suites can be pointed at."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.exchange.conformance.instance import Instance
from portal.exchange.conformance.serving import HOST, server_on


class Command(BaseCommand):
    """Serves until it is interrupted; issuer, keys and status list are of the moment and kept nowhere."""

    help = "Start a VC-API test instance with a did:key issuer, without a database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=40443, help="The port on this machine.")
        parser.add_argument(
            "--plain",
            action="store_true",
            help="Serve http instead of https, and answer with the bare credential.",
        )

    def handle(self, *args: Any, port: int, plain: bool, **options: Any) -> None:
        """Say where it is and who issues, then serve."""
        address = f"{'http' if plain else 'https'}://{'localhost' if not plain else HOST}:{port}"
        instance = Instance(address, bare=plain)
        try:
            server = server_on(port, instance, secure=not plain)
        except OSError as error:
            words = _("The portal cannot listen on %(host)s:%(port)d: %(why)s.")
            raise CommandError(words % {"host": HOST, "port": port, "why": error.strerror}) from error
        self.stdout.write(json.dumps({"address": address, "did": instance.did}))
        self.stdout.flush()
        with server:
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("")
