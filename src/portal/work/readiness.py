"""Whether the portal can work: its database, its tables, a worker that lives."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.work.models import Worker

OK = "ok"


def database() -> str:
    """Say whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def migrations() -> str:
    """Say whether the tables are those of this version."""
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return f"{missing} to apply: manage.py migrate" if missing else OK


def worker() -> str:
    """Say whether a worker was heard of lately."""
    return OK if Worker.objects.alive().exists() else "none is heard of: manage.py db_worker"


PARTS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("database", database),
    ("migrations", migrations),
    ("worker", worker),
)


def state() -> dict[str, str]:
    """What is said of each part, in order; after a part that fails to answer no further one is asked."""
    found: dict[str, str] = {}
    for name, ask in PARTS:
        try:
            found[name] = ask()
        except DatabaseError as error:
            found[name] = f"does not answer ({type(error).__name__})"
            break
    return found


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 where everything is ready and 503 where something is not, one line for each part."""
    found = state()
    ready = len(found) == len(PARTS) and all(said == OK for said in found.values())
    lines = "".join(f"{name}: {said}\n" for name, said in found.items())
    return HttpResponse(lines, status=200 if ready else 503, content_type="text/plain; charset=utf-8")
