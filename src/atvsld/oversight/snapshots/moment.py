"""One moment of the database for everything a transaction reads."""

from __future__ import annotations

from django.db import connection


def one_moment() -> None:
    """Let the transaction just begun see the database as it is now, whatever others write meanwhile.

    To be called before the transaction asks anything. Inside somebody else's transaction it does nothing: there the
    facts are still of one moment, since one statement copies them all.
    """
    if connection.in_atomic_block and not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
