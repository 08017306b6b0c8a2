"""Let a course of a partner make up for an exemption (MQA replacement.collaboration)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0008_once_on_every_database"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="replacement_agreement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replacements",
                to="applications.agreement",
                verbose_name="agreement with the partner",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="replacement_elsewhere",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="replacement course of a partner"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="replacement_passed_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="replacement passed at the partner on"
            ),
        ),
    ]
