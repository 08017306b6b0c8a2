"""Say on every database that a number stands once in the chain of no institution: SQLite did not keep to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("entry", "entry_once"),
        migrations.AddConstraint(
            "entry", models.UniqueConstraint(fields=("institution", "number"), name="entry_once")
        ),
        migrations.AddConstraint(
            "entry",
            models.UniqueConstraint(
                condition=models.Q(("institution", None)), fields=("number",), name="nobodys_entry_once"
            ),
        ),
    ]
