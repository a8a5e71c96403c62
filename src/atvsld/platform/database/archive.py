"""A backup: one tar file with `manifest.json`, `database.dump` (pg_dump's custom format) and `home/…`.

`home` holds every file of the data folder that cannot be made again: files handed in, boundaries, templates, and
whatever else a later version puts there. Left out is only what is named in `_REMADE`. The secret is left out on
purpose: a backup that held it would open by itself everything that is sealed. The manifest tells whether a secret is
the one of the backup.

The row counts of the manifest and the dump are taken from one snapshot, so that a restore can be proved complete
even when people worked during the backup.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import psycopg
from django.db import connection
from psycopg import sql

from atvsld import __version__
from atvsld.platform.database.embedded import client_program

MANIFEST = "manifest.json"
DUMP = "database.dump"
HOME = "home"
FORMAT = 2
# The first format held only the folder of files.
_FIRST, _FILES = 1, "files"
# Parts of the data folder that are the database itself, are built again, or must not travel with the data.
_REMADE = frozenset(
    {"postgres", "postgres.lock", "postgres.secret", "postgres.users", "secret.key", "static", "static.stamp"}
    | {"backups", "test", "screenshots"}
)
_EMPTY = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
# pg_dump of version 17 and later sets this; a server before 17 does not know it.
_UNKNOWN_BEFORE_17 = b"SET transaction_timeout"


class ArchiveError(RuntimeError):
    """The backup cannot be made, read or restored; the message says why."""


def kept(home: Path) -> list[Path]:
    """The files of a data folder that a backup holds, links and unfinished files left out."""
    found = []
    for top in sorted(home.iterdir()) if home.is_dir() else ():
        if top.name in _REMADE or top.name.startswith("."):
            continue
        inside = sorted(top.rglob("*")) if top.is_dir() else [top]
        found += [path for path in inside if path.is_file() and not path.is_symlink() and path.suffix != ".new"]
    return found


def write(target: Path, *, home: Path, at: datetime, secret: str = "") -> dict[str, Any]:
    """Write a backup to `target` (mode 0600, complete or not at all) and return its manifest.

    `secret` is a mark of the installation's secret (never the secret itself), kept so that a restore can compare.
    """
    if target.exists():
        raise ArchiveError(f"Tệp {target} đã có; không ghi đè bản sao lưu cũ.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".sao-luu-") as folder:
        dump, draft = Path(folder) / DUMP, Path(folder) / "draft.tar"
        tables = _dump(dump)
        stored = [path for path in kept(home) if path.resolve() != target.resolve()]
        names = {f"{HOME}/{path.relative_to(home).as_posix()}": path for path in stored}
        hashes = {name: _hash_of(path) for name, path in names.items()}
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "software": __version__,
            "created_at": at.isoformat(),
            "secret": secret,
            "tables": tables,
            "sha256": {DUMP: _hash_of(dump), **hashes},
            "files": sorted(names),
        }
        (Path(folder) / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        with tarfile.open(draft, "w") as tar:
            tar.add(Path(folder) / MANIFEST, MANIFEST)
            tar.add(dump, DUMP)
            for name, path in names.items():
                tar.add(path, name)
        draft.chmod(0o600)
        os.link(draft, target)
    return manifest


def read(source: Path, *, home: Path) -> dict[str, Any]:
    """Restore a backup into the empty database and a data folder without files of its own; returns its manifest.

    Nothing is written when a check sum differs, the database holds tables or the folder holds files to keep.
    """
    if held := kept(home):
        raise ArchiveError(f"Thư mục {home} đang có tệp ({held[0].name} …); chỉ khôi phục vào thư mục trống.")
    if _query_one(_EMPTY):
        raise ArchiveError("Cơ sở dữ liệu đang có bảng; chỉ khôi phục vào cơ sở dữ liệu trống.")
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".khoi-phuc-") as folder:
        place = Path(folder)
        manifest = _unpack(source, place)
        _load(place / DUMP)
        lost = {name: count for name, count in manifest["tables"].items() if _count(name) != count}
        if lost:
            raise ArchiveError(f"Khôi phục chưa đủ: số dòng khác với bản sao lưu ở bảng {', '.join(sorted(lost))}.")
        for folder_of, goal in ((HOME, home), (_FILES, home / _FILES)):
            if (place / folder_of).is_dir():
                shutil.copytree(place / folder_of, goal, dirs_exist_ok=True)
    return manifest


def _unpack(source: Path, place: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source) as tar:
            for member in tar:
                _extract(tar, member, place)
        manifest: dict[str, Any] = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, OSError, ValueError) as error:
        raise ArchiveError(f"{source} không phải tệp sao lưu của hệ thống hoặc đã hỏng.") from error
    if manifest.get("format") not in (_FIRST, FORMAT):
        raise ArchiveError(f"{source} do phiên bản khác tạo (dạng {manifest.get('format')}); hãy dùng đúng phiên bản.")
    for name, expected in manifest["sha256"].items():
        if not (place / name).is_file() or _hash_of(place / name) != expected:
            raise ArchiveError(f"{source}: phần {name} không đúng mã băm; tệp đã hỏng hoặc bị sửa. Chưa khôi phục gì.")
    return manifest


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> None:
    """Write one plain file below `place`. Links, devices and ways out are refused: no backup of ours holds any.

    Written out because Python before 3.11.4 has no extraction filters.
    """
    target = place / member.name
    if not member.isreg() or not target.resolve().is_relative_to(place.resolve()):
        if member.isdir():
            return
        raise tarfile.TarError(member.name)
    content = tar.extractfile(member)
    assert content is not None
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("wb") as out:
        shutil.copyfileobj(content, out)


def _dump(target: Path) -> dict[str, int]:
    """Run pg_dump and count rows in one snapshot."""
    with _session() as link:
        link.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = link.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        names = link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        query = sql.SQL("SELECT count(*) FROM public.{}")
        counts = {name: link.execute(query.format(sql.Identifier(name))).fetchone() for (name,) in names}
        arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={row[0]}", f"--file={target}"]
        done = subprocess.run(
            [client_program("pg_dump"), *arguments], env=_environment(), capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise ArchiveError(f"pg_dump không chạy được: {done.stderr.strip()[-1000:]}")
    return {name: row[0] for name, row in counts.items() if row is not None}


def _load(dump: Path) -> None:
    """Write the dump into the database in one transaction."""
    script = [str(client_program("pg_restore")), "--no-owner", "--no-privileges", "--file=-", str(dump)]
    shell = [str(client_program("psql")), "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    with (
        tempfile.TemporaryFile() as faults,
        subprocess.Popen(script, stdout=subprocess.PIPE, stderr=faults) as reading,
        subprocess.Popen(
            [*shell, "--output=/dev/null"], env=_environment(), stdin=subprocess.PIPE, stderr=faults
        ) as writing,
    ):
        assert reading.stdout is not None
        assert writing.stdin is not None
        try:
            _pour(reading.stdout, writing.stdin)
            writing.stdin.close()
        except BrokenPipeError:
            reading.kill()
        codes = (reading.wait(), writing.wait())
        if any(codes):
            faults.seek(0)
            raise ArchiveError(f"Không khôi phục được: {faults.read().decode(errors='replace').strip()[-1000:]}")


def _pour(source: IO[bytes], target: IO[bytes]) -> None:
    """Copy a script, leaving out the one setting older servers refuse; it stands before any data."""
    for line in source:
        if line.startswith(_UNKNOWN_BEFORE_17):
            break
        target.write(line)
        if line.startswith(b"COPY "):
            break
    shutil.copyfileobj(source, target, 2**20)


def _environment() -> dict[str, str]:
    """The connection of Django's settings for PostgreSQL's own programs; the password stays off the command line."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    values = _parameters()
    extra = {f"PG{key.upper()}": str(value) for key, value in values.items() if key.startswith("ssl")}
    return {**os.environ, **extra, **{names[key]: str(values[key]) for key in names if values.get(key)}}


def _parameters() -> dict[str, Any]:
    found: dict[str, Any] = connection.get_connection_params()
    known = {"host", "port", "user", "password", "dbname"}
    return {key: value for key, value in found.items() if value and (key in known or key.startswith("ssl"))}


@contextmanager
def _session() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**_parameters(), autocommit=True) as link:
        yield link


def _query_one(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def _count(table: str) -> int | None:
    with _session() as link:
        if link.execute("SELECT to_regclass(%s)", [f'public."{table}"']).fetchone() == (None,):
            return None
        row = link.execute(sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table))).fetchone()
    return row[0] if row else None


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
