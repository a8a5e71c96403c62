"""One job of an import in a process of its own, which stops with its transaction open."""

from __future__ import annotations

import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from django.conf import settings


def work(line: Connection, database: str, root: str, task: tuple[str, int], begins: str) -> None:
    """Run `task` (job, key of the run) and stop after the first statement that begins so; say when it is half-way."""
    from django.db import connection, connections

    from atvsld.platform.imports import jobs

    held = settings.DATABASES["default"]
    held["OPTIONS"].pop("pool", None)
    connections.settings["default"]["NAME"] = held["NAME"] = database
    settings.STORAGES["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": root},
    }  # fmt: skip

    def stop(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        if begins in sql:
            line.send("half-way")
            time.sleep(120)
        return done

    job, key = task
    with connection.execute_wrapper(stop):
        getattr(jobs, job)(key)
