"""A PostgreSQL server of one's own: started where something asks for it, thrown away at the end.

The programs are those of the machine or, where it has none, those of the package ``pgserver``. The server
refuses to run as root, so root lends it another user. It listens on a socket in a folder of its own, and
ends with the process that started it, even where that one is killed.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import psycopg

SERVANTS = ("postgres", "nobody")
DIES_WITH_PARENT = 1  # Linux: PR_SET_PDEATHSIG
LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432")
PATIENCE = 60
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "log_min_messages": "fatal",
}
"""What makes a server quick that nobody will miss."""


class NoPrograms(RuntimeError):
    """Neither the machine nor a package has PostgreSQL's programs."""


def programs_of_the_machine() -> Path | None:
    """The folder of ``initdb`` and ``postgres``: the newest of Debian's, or the one on the path."""
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders = sorted((f for f in debian if f.parent.name.isdigit()), key=lambda f: -int(f.parent.name))
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    return next((f for f in folders if (f / "initdb").is_file() and (f / "postgres").is_file()), None)


def programs_of_the_package() -> Path | None:
    """The folder of the same programs in the package ``pgserver``, without importing it."""
    spec = find_spec("pgserver")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if (folder / "initdb").is_file() else None


def programs(wanted: str = "") -> Path:
    """The programs to use; ``wanted`` may be ``machine`` or ``package``, to have those and no others."""
    places = {"machine": programs_of_the_machine, "package": programs_of_the_package}
    found = places[wanted]() if wanted else programs_of_the_machine() or programs_of_the_package()
    if found is None:
        raise NoPrograms(
            "No PostgreSQL here. Install it (apt-get install postgresql), or the package pgserver, "
            "or name a server: TAULIAH_TEST_DATABASE=postgresql://…"
        )
    return found


def servant() -> pwd.struct_passwd | None:
    """The user that runs the server: oneself, or another one for root."""
    if os.geteuid() != 0:
        return None
    for name in SERVANTS:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPrograms(f"PostgreSQL does not run as root, and there is no user {' or '.join(SERVANTS)}.")


def ends_with_its_parent() -> None:
    """Ask the kernel to end this process at once when the one that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGQUIT)


def start(
    command: Iterable[str | Path], user: pwd.struct_passwd | None, log: Path
) -> subprocess.Popen[bytes]:
    """Start a program as that user, in a group of its own: Ctrl-C is for the tests, not for the server."""
    lent = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    with log.open("ab") as written:
        return subprocess.Popen(
            [str(word) for word in command],
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            process_group=0,
            preexec_fn=ends_with_its_parent,  # noqa: PLW1509 - it only asks the kernel
            **lent,  # type: ignore[call-overload]
        )


def within_reach(folder: Path, user: pwd.struct_passwd | None, room: Path) -> Path:
    """The programs where that user may run them: a copy, where a folder above is closed to others."""
    try:
        asked = start([folder / "initdb", "--version"], user, room / "log")
    except PermissionError:
        shutil.copytree(folder.parent, room / "programs", symlinks=True)
        return room / "programs" / "bin"
    asked.wait()
    return folder


class Server:
    """A server in a folder: its address is known before it runs."""

    def __init__(self, wanted: str = "") -> None:
        self.wanted = wanted
        self.room = Path(tempfile.mkdtemp(prefix="tauliah-pg-"))
        if len(str(self.room)) > LONGEST_SOCKET:
            self.room.rmdir()
            self.room = Path(tempfile.mkdtemp(prefix="tauliah-pg-", dir="/tmp"))
        self.running: subprocess.Popen[bytes] | None = None

    def address(self, database: str = "postgres") -> str:
        """The URL of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self.room}"

    def start(self) -> None:
        """Make the server's data and start it; returns when it answers."""
        user, log, data = servant(), self.room / "log", self.room / "data"
        log.touch()
        if user:
            for place in (self.room, log):
                os.chown(place, user.pw_uid, user.pw_gid)
        folder = within_reach(programs(self.wanted), user, self.room)
        words = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        if start([folder / "initdb", f"--pgdata={data}", *words], user, log).wait():
            raise RuntimeError(f"initdb failed:\n{log.read_text(errors='replace')}")
        settings = [word for name, value in QUICK.items() for word in ("-c", f"{name}={value}")]
        command = [folder / "postgres", "-D", data, "-k", self.room, *settings]
        self.running = start(command, user, log)
        self.wait()

    def wait(self) -> None:
        """Return as soon as the server answers."""
        assert self.running is not None
        last = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.address(), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                if self.running.poll() is not None or time.monotonic() > last:
                    told = (self.room / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL does not start: {error}\n{told}") from None
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """Stop the server at once and remove its folder."""
        if self.running is not None and self.running.poll() is None:
            self.running.send_signal(signal.SIGQUIT)
            self.running.wait(PATIENCE)
        self.running = None
        shutil.rmtree(self.room, ignore_errors=True)


@contextmanager
def serving(wanted: str = "") -> Iterator[Server]:
    """A server that runs for as long as the block does."""
    server = Server(wanted)
    try:
        server.start()
        yield server
    finally:
        server.stop()
