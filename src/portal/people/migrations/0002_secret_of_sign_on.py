"""Take the secrets of logins out of the library's table, and keep them encrypted."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import portal.accounts.secret_text


def encrypt(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Move each secret to where it stands encrypted."""
    for sign_on in apps.get_model("people", "SingleSignOn").objects.select_related("app"):
        if sign_on.app.secret:
            sign_on.secret, sign_on.app.secret = sign_on.app.secret, ""
            sign_on.save(update_fields=["secret"])
            sign_on.app.save(update_fields=["secret"])


def put_back(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give the library its secrets again, in plain text."""
    for sign_on in apps.get_model("people", "SingleSignOn").objects.select_related("app"):
        sign_on.app.secret = sign_on.secret
        sign_on.app.save(update_fields=["secret"])


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="singlesignon",
            name="secret",
            field=portal.accounts.secret_text.SecretTextField(blank=True, default=""),
        ),
        migrations.RunPython(encrypt, put_back),
    ]
