"""Where the data lives: a named PostgreSQL server, or the embedded one kept in the data folder."""

from __future__ import annotations

from atvsld.platform.database.embedded import EmbeddedError, EmbeddedServer, ensure_running
from atvsld.platform.database.settings import DatabaseUrlError, connection_settings

__all__ = [
    "DatabaseUrlError",
    "EmbeddedError",
    "EmbeddedServer",
    "connection_settings",
    "ensure_running",
]
