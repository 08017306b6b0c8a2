"""Say on every database that a file is used once for a whole application: SQLite did not keep to it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def drop_second_uses(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Keep the first of several uses of one file for the same application."""
    there: set[tuple[int, int]] = set()
    for use in apps.get_model("applications", "EvidenceUse").objects.filter(claim=None).order_by("pk"):
        pair = (use.application_id, use.evidence_id)
        if pair in there:
            use.delete()
        there.add(pair)


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_evidence_added")]

    operations = [
        migrations.RunPython(drop_second_uses, migrations.RunPython.noop),
        migrations.RemoveConstraint("evidenceuse", "evidence_use_once"),
        migrations.AddConstraint(
            "evidenceuse",
            models.UniqueConstraint(fields=("application", "claim", "evidence"), name="evidence_use_once"),
        ),
        migrations.AddConstraint(
            "evidenceuse",
            models.UniqueConstraint(
                condition=models.Q(("claim", None)),
                fields=("application", "evidence"),
                name="evidence_of_all_once",
            ),
        ),
    ]
