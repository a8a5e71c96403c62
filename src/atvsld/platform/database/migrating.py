"""Bringing a database to the present state, the libraries' own tables first.

Migrations render the models they change together with everything related to them. Run in the order Django picks, the
long history of the libraries is rendered amid all our models, for everything of ours points at users; run before
them it is not. On an empty database this is more than half of the time.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

OURS = "atvsld."


def migrate(database: str = DEFAULT_DB_ALIAS, **options: Any) -> None:
    """As the command `migrate` does for all apps."""
    executor = MigrationExecutor(connections[database])
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
    libraries = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in ours]
    if executor.migration_plan(libraries):
        executor.migrate(libraries)
    call_command("migrate", database=database, **options)
