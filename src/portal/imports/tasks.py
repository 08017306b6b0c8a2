"""What a worker does for imports: check and save large files."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from portal.imports import actions
from portal.imports.models import Import
from portal.work.repetition import repeated

KEPT = timedelta(days=14)


@task
def check_file(pk: int) -> None:
    """Check an uploaded file, noting how far it has come."""
    made = Import.objects.select_related("acting").get(pk=pk)
    if made.state == Import.State.CHECKING:
        actions.check(made, lambda done, total: _progress(pk, done, total))


def _progress(pk: int, done: int, total: int) -> None:
    Import.objects.filter(pk=pk).update(checked=done, rows=total)


@task
def save_file(pk: int) -> None:
    """Save a confirmed file."""
    actions.save(Import.objects.select_related("acting").get(pk=pk))


@repeated(every=timedelta(days=1))
@task
def forget_files() -> int:
    """Leave files that nobody came back to; they may hold personal data. Returns how many."""
    old = Import.objects.filter(
        uploaded_at__lt=timezone.now() - KEPT, state__in=[Import.State.WRONG, Import.State.READY]
    ).select_related("acting")
    for made in old:
        actions.leave(made.acting, made)
    return len(old)
