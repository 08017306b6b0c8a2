"""``db_worker``: do background work until told to stop, and say every few seconds that one lives."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError
from django.utils.translation import gettext as _
from django_tasks_db.management.commands import db_worker

from portal.work.heartbeat import Heartbeat
from portal.work.readiness import OK, migrations
from portal.work.worker import PortalWorker


class Command(db_worker.Command):
    """django-tasks-db's command, with the portal's worker."""

    help = "Do background work until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(reload=False, queue_name="*")

    def handle(self, **options: Any) -> None:
        if options["reload"]:
            raise CommandError("--reload is not for the portal's worker: start it again instead.")
        self.configure_logging(options["verbosity"])
        worker = PortalWorker(
            queue_names=options["queue_name"].split(","),
            excluded_queue_names=list(filter(None, options["exclude_queues"].split(","))),
            interval=options["interval"],
            batch=options["batch"],
            backend_name=options["backend_name"],
            startup_delay=options["startup_delay"],
            max_tasks=options["max_tasks"],
            worker_id=options["worker_id"],
        )
        worker.configure_signals()
        try:
            self.make_sure_there_are_tables()
            with Heartbeat(worker.worker_id):
                worker.run()
        except OperationalError as error:
            raise CommandError(_("The database does not answer: %(why)s") % {"why": error}) from error

    def make_sure_there_are_tables(self) -> None:
        """Stop with a clear word where the tables are not those of this version."""
        if migrations() != OK:
            raise CommandError(_("The tables are not those of this version. Run: manage.py migrate"))
