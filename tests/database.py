"""A test database in a second: migrations run once for each state of their files, every process gets a copy.

Running all migrations takes longer than many a test file. What they make is kept as a template on the same server,
under a name that follows from their text; a copy of it is PostgreSQL's own `CREATE DATABASE … TEMPLATE`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "migrated_"


def prepare() -> None:
    """Make the database Django's tests will ask for, fresh, from the template; make that first when it is missing.

    Processes that start at the same time wait for one another.
    """
    from django.db import connections

    connection = connections["default"]
    wanted, template = connection.creation._get_test_db_name(), PREFIX + _digest()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('atvsld test template'))")
        try:
            if not _exists(cursor, template):
                _drop_old(cursor)
                _migrate(connection, cursor, template)
            cursor.execute(f'DROP DATABASE IF EXISTS "{wanted}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{wanted}" TEMPLATE "{template}"')
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('atvsld test template'))")


def _digest() -> str:
    """Of every migration of ours and of the pinned libraries, which bring their own."""
    files = sorted((ROOT / "src").rglob("migrations/*.py"))
    total = hashlib.sha256((ROOT / "requirements" / "dev.txt").read_bytes())
    for file in files:
        total.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return total.hexdigest()[:16]


def _exists(cursor: Any, name: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def _drop_old(cursor: Any) -> None:
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _migrate(connection: Any, cursor: Any, template: str) -> None:
    """Run the migrations in a database that gets the template's name only when all of them are through."""
    from atvsld.platform.database.migrating import migrate

    building, own = f"{PREFIX}unfinished", connection.settings_dict["NAME"]
    cursor.execute(f'CREATE DATABASE "{building}"')
    connection.close()
    connection.settings_dict["NAME"] = building
    try:
        migrate(verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
    cursor.execute(f'ALTER DATABASE "{building}" RENAME TO "{template}"')
