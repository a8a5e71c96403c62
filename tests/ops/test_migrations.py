"""Models and migrations agree, so that an upgrade never finds a table it does not know."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models


@pytest.mark.django_db
def test_no_model_change_lacks_its_migration(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


@pytest.mark.django_db
def test_the_tables_are_those_of_the_models() -> None:
    """Migrations on an empty database take a short way; what comes out must be what the models say."""
    columns, keys, named = _columns(), _keys(), _named()
    assert len(_ours()) > 150
    for model in _ours():
        table = model._meta.db_table
        fields = {field.column: field for field in model._meta.local_concrete_fields}
        assert columns[table] == {name: _told(field) for name, field in fields.items()}, table
        wanted = {
            (name, field.target_field.model._meta.db_table)
            for name, field in fields.items()
            if isinstance(field, models.ForeignKey) and field.db_constraint
        }
        assert keys.get(table, set()) == wanted, table
        said = {one.name for one in (*model._meta.constraints, *model._meta.indexes)}
        assert said <= named[table], table


def _ours() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if model.__module__.startswith("atvsld.") and model._meta.managed]
    return [model for model in found if not model._meta.proxy]


def _told(field: models.Field[Any, Any]) -> tuple[str, bool]:
    """Type as PostgreSQL spells it, and whether it may be empty."""
    told = field.db_type(connection) or ""
    return told.replace("varchar", "character varying").replace(", ", ","), field.null


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _columns() -> dict[str, dict[str, tuple[str, bool]]]:
    found: dict[str, dict[str, tuple[str, bool]]] = {}
    for table, name, told, needed in _rows(
        "SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute"
        " JOIN pg_class ON pg_class.oid = attrelid WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped"
        " AND relnamespace = 'public'::regnamespace"
    ):
        found.setdefault(table, {})[name] = (told.replace(", ", ","), not needed)
    return found


def _keys() -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for table, name, other in _rows(
        "SELECT conrelid::regclass::text, attname, confrelid::regclass::text FROM pg_constraint"
        " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] WHERE contype = 'f'"
    ):
        found.setdefault(table, set()).add((name, other))
    return found


def _named() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, name in _rows(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE conrelid <> 0"
        " UNION SELECT tablename, indexname FROM pg_indexes"
    ):
        found.setdefault(table, set()).add(name)
    return found
