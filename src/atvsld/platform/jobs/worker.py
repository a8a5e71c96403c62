"""Whether a worker is there to do what is queued."""

from __future__ import annotations

from django.db import connection

# Three missed beats.
SILENT_AFTER = 30


def is_alive() -> bool:
    """Whether any worker gave a sign of life lately."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [SILENT_AFTER],
        )
        return bool(cursor.fetchone()[0])
