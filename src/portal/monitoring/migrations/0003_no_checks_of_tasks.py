"""Checks of tasks are not kept: the marks of the offering are the record of them (UTM 5.2.10)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_income")]

    operations = [migrations.DeleteModel("TaskCheck")]
