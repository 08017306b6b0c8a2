"""Reading and writing what must stay secret: folders 0700, files 0600, no byte of a key in any error."""

import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from tauliah.values.text import Text

FOLDER_MODE, FILE_MODE = 0o700, 0o600
OPEN_TO_OTHERS = 0o077
LARGEST_BYTES = 100_000

MISSING = Text(
    "{path} tidak ada. Pulihkan folder kunci daripada sandaran, atau jalankan: tauliah keys new",
    "{path} is not there. Restore the folder of keys from its backup, or run: tauliah keys new",
)
OPEN = Text(
    "{path} boleh dibaca atau diubah oleh pengguna lain (mod {mode}). Jalankan: chmod {wanted} {path}",
    "{path} can be read or changed by other users (mode {mode}). Run: chmod {wanted} {path}",
)
FOREIGN = Text(
    "{path} dimiliki oleh pengguna lain (uid {owner}). Jalankan: chown {user} {path}",
    "{path} belongs to another user (uid {owner}). Run: chown {user} {path}",
)
FORBIDDEN = Text(
    "{path} tidak boleh dibaca oleh pengguna yang menjalankan Tauliah. Jalankan: chown {user} {path}",
    "{path} cannot be read by the user who runs Tauliah. Run: chown {user} {path}",
)
NOT_A_KEY = Text(
    "{path} bukan kunci persendirian PEM (PKCS#8, tanpa kata laluan). Pulihkan fail itu daripada sandaran.",
    "{path} is not a private key in PEM (PKCS#8, without a password). Restore the file from its backup.",
)
NOT_A_CERTIFICATE = Text(
    "{path} bukan sijil X.509 dalam PEM. Pulihkan fail itu daripada sandaran.",
    "{path} is not an X.509 certificate in PEM. Restore the file from its backup.",
)
UNWRITABLE = Text(
    "{path} tidak dapat ditulis: {reason}. Semak kebenaran dan ruang cakera folder kunci.",
    "{path} cannot be written: {reason}. Check the permissions and the free space of the folder of keys.",
)


class KeyProblem(ValueError):
    """A key that cannot be used; `text` names the file and the remedy in both languages, never a secret."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def check_mode(path: Path) -> None:
    """Raises `KeyProblem` unless the file or folder is there, is ours, and nobody else can open it."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise KeyProblem(MISSING.fill(path=str(path))) from None
    except PermissionError:
        raise KeyProblem(FORBIDDEN.fill(path=str(path), user=_user())) from None
    if found.st_uid not in (os.geteuid(), 0):
        raise KeyProblem(FOREIGN.fill(path=str(path), owner=str(found.st_uid), user=_user()))
    if found.st_mode & OPEN_TO_OTHERS:
        mode, folder = f"{stat.S_IMODE(found.st_mode):04o}", stat.S_ISDIR(found.st_mode)
        wanted = f"{FOLDER_MODE if folder else FILE_MODE:o}"
        raise KeyProblem(OPEN.fill(path=str(path), mode=mode, wanted=wanted))


def make_folder(path: Path) -> None:
    """Make a folder that only its owner can enter; one that is there already must be so."""
    try:
        path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise KeyProblem(UNWRITABLE.fill(path=str(path), reason=str(error.strerror))) from None
    check_mode(path)


def write_secret(path: Path, data: Callable[[], bytes], *, replace: bool = False) -> None:
    """Write a file of mode 0600 in one step; without `replace`, never over another."""
    reason = _write(path, data, replace=replace)
    if reason:
        raise KeyProblem(UNWRITABLE.fill(path=str(path), reason=reason))


def _write(path: Path, data: Callable[[], bytes], *, replace: bool) -> str:
    """Why it cannot be written; nothing leaves this function while it holds the bytes."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")  # of mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data())
                file.flush()
                os.fsync(file.fileno())
            if replace:
                Path(name).replace(path)
            else:
                os.link(name, path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def read_secret(path: Path) -> bytes:
    """The bytes of a file whose mode is right."""
    check_mode(path)
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES)
    except OSError:
        raise KeyProblem(FORBIDDEN.fill(path=str(path), user=_user())) from None


def read_private_key(path: Path) -> PrivateKeyTypes:
    """A private key, PEM PKCS#8 without a password; the file's mode is checked."""
    check_mode(path)
    key = _loaded(path)
    if key is None:
        raise KeyProblem(NOT_A_KEY.fill(path=str(path)))
    return key


def _loaded(path: Path) -> PrivateKeyTypes | None:
    # Nothing leaves this function while it holds the file's bytes: a page of errors shows what frames hold.
    try:
        return serialization.load_pem_private_key(
            read_secret(path), password=None, unsafe_skip_rsa_key_validation=True
        )
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None


def read_certificates(path: Path) -> list[x509.Certificate]:
    """The certificate and the chain above it."""
    data = read_secret(path)
    try:
        return x509.load_pem_x509_certificates(data)
    except ValueError:
        raise KeyProblem(NOT_A_CERTIFICATE.fill(path=str(path))) from None


def private_pem(key: PrivateKeyTypes) -> bytes:
    """A private key as PEM PKCS#8."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def certificates_pem(certificates: Iterable[x509.Certificate]) -> bytes:
    """Certificates as PEM, one after the other."""
    return b"".join(each.public_bytes(serialization.Encoding.PEM) for each in certificates)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for oneself: of several processes that start at once, one makes the keys."""
    make_folder(folder)
    with os.fdopen(os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, FILE_MODE), "w") as file:
        flock(file, LOCK_EX)
        yield


def _user() -> str:
    return str(os.geteuid())
