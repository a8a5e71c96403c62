"""Bringing a database and the static files to the state this version needs. Every step may be repeated."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from atvsld.project.cli import start
from atvsld.project.cli.output import timed

# Registers that ship data, in the order in which they build on each other.
LOADERS = ("atvsld.registers.places.loading", "atvsld.registers.bodies.loading")


def database() -> None:
    """Apply missing migrations. Raises Failure when the server does not answer or refuses."""
    from django.db import DatabaseError

    from atvsld.platform.database.migrating import migrate
    from atvsld.project import health

    try:
        if not health.unapplied_migrations():
            return
        with timed("Lập và nâng cấp các bảng"):
            migrate(verbosity=0, interactive=False)
    except DatabaseError as error:
        raise start.Failure(f"Cơ sở dữ liệu: {str(error).strip()}") from error


def reference_data() -> dict[str, Any]:
    """Read the law book and load places, bodies and whatever else the registers ship; counts by register."""
    from atvsld.law import load_book
    from atvsld.law.errors import LawDataError

    try:
        counts: dict[str, Any] = {"law": load_book().version}
    except LawDataError as error:
        raise start.Failure(f"Dữ liệu pháp luật có lỗi: {error}") from error
    act = start.command_line_act("Nạp dữ liệu dùng chung kèm theo phần mềm")
    with timed("Nạp pháp luật, bảng mã, địa bàn và cơ quan"):
        for name in LOADERS:
            if importlib.util.find_spec(name):
                counts[name.split(".")[-2]] = importlib.import_module(name).load(act)
    return counts


def static_files() -> None:
    """Collect and compress the files browsers fetch, unless nothing changed since last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.HOME) / "static.stamp"
    value = _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == value and Path(settings.STATIC_ROOT).is_dir():
        return
    with timed("Chuẩn bị tệp giao diện"):
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(value, encoding="utf-8")


def _fingerprint() -> str:
    total = hashlib.sha256()
    for path in _sources():
        found = path.stat()
        total.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return total.hexdigest()


def _sources() -> Iterator[Path]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for name, storage in finder.list(["CVS", ".*", "*~"]):
            yield Path(storage.path(name))
