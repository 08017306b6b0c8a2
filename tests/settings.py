"""The portal's settings for its tests: a folder and a database of their own.

``TAULIAH_TEST_DATABASE`` chooses the database: nothing (a throwaway PostgreSQL, with the programs of the
machine or of the package ``pgserver``), ``machine`` or ``package`` (those programs and no others), ``sqlite``,
or the ``postgresql://`` URL of a server that runs already.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="tauliah-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("TAULIAH_") and name != "TAULIAH_TEST_DATABASE"]:
    del os.environ[name]
os.environ["TAULIAH_VAR"] = str(FOLDER)

from tests.postgresql import Server  # noqa: E402

from portal.addresses import database  # noqa: E402
from portal.settings import *  # noqa: E402, F403

ASKED = os.environ.get("TAULIAH_TEST_DATABASE", "").strip()
SERVER = None if ASKED == "sqlite" or "://" in ASKED else Server(ASKED)
"""The server that a test's first question to the database starts."""

if SERVER is not None:
    atexit.register(SERVER.stop)
    DATABASES = {"default": database("the throwaway server", SERVER.address("tauliah"))}
elif ASKED != "sqlite":
    DATABASES = {"default": database("TAULIAH_TEST_DATABASE", ASKED)}
else:
    DATABASES = {"default": database("the throwaway file", FOLDER / "tauliah.sqlite3")}
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
