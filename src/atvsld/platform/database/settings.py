"""From an address (or none) to the entry of Django's DATABASES."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from atvsld.platform.database.embedded import EmbeddedServer

# The default pool timeout of 30 s would hang every request while the server is away.
POOL = {"min_size": 1, "max_size": 8, "timeout": 10}
_PARTS = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}


class DatabaseUrlError(ValueError):
    """DATABASE_URL cannot be read; the message never repeats the address, which may hold a password."""


def connection_settings(home: Path, url: str = "") -> dict[str, Any]:
    """The DATABASES entry for the server at `url`, or for the embedded server of the data folder `home`.

    Starts nothing. Raises DatabaseUrlError when `url` is not a PostgreSQL address.
    """
    parts = parse_url(url) if url else dict[str, Any](EmbeddedServer(home).connection())
    options = {**parts.pop("OPTIONS", {}), "pool": dict(POOL)}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **parts,
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
    }


def parse_url(url: str) -> dict[str, Any]:
    """HOST, PORT, USER, PASSWORD, NAME from postgresql://…; everything else (sslmode, …) under OPTIONS."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise DatabaseUrlError(
            "DATABASE_URL phải có dạng postgresql://tên:mật-khẩu@máy:5432/cơ-sở-dữ-liệu; hệ thống chỉ dùng PostgreSQL."
        )
    try:
        found = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise DatabaseUrlError("Không đọc được DATABASE_URL: mật khẩu có ký tự đặc biệt phải viết dạng %XX.") from error
    if not found.get("dbname"):
        raise DatabaseUrlError("DATABASE_URL thiếu tên cơ sở dữ liệu ở cuối (…/tên).")
    parts: dict[str, Any] = {name: str(found.pop(key, "") or "") for key, name in _PARTS.items()}
    if found:
        parts["OPTIONS"] = found
    return parts
