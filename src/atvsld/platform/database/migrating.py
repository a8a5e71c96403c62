"""Bringing a database to the present state, the libraries' own tables first.

Migrations draw the models they change together with everything related to them. Run in the order Django picks, the
long history of the libraries is drawn amid all our models, for everything of ours points at users; run before them it
is not. Ours are drawn one by one as long as they only add: nothing drawn before changes then.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.postgres.operations import CreateExtension
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration, RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from atvsld.platform.database.operations import Together

OURS = "atvsld."
# Operations after which every model drawn before still stands as it was.
ADDING = (CreateModel, AddField, AddIndex, AddConstraint, RunPython, CreateExtension, Together)


def migrate(database: str = DEFAULT_DB_ALIAS, **options: Any) -> None:
    """As the command `migrate` does for all apps."""
    executor = MigrationExecutor(connections[database])
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
    leaves = executor.loader.graph.leaf_nodes()
    libraries = [node for node in leaves if node[0] not in ours]
    if executor.migration_plan(libraries):
        executor.migrate(libraries)
        executor = MigrationExecutor(connections[database])
    plan = executor.migration_plan(leaves)
    if plan and all(_only_adds(migration) for migration, _backwards in plan):
        known = executor.loader.project_state(list(executor.loader.applied_migrations))
        executor.migrate(leaves, plan, state=GrowingState(known.models, known.real_apps))
    # Nothing may be left to apply; what follows migrations (rights, triggers) is done in any case.
    call_command("migrate", database=database, **options)


class GrowingState(ProjectState):
    """The state of a project to which models and columns are only added.

    Django draws a changed model anew together with every model connected with it, in case they see what changed. A
    model, column, index or constraint that is added changes no other table, so the model alone is drawn.
    """

    def _find_reload_model(self, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:  # noqa: ARG002
        return {(app_label, model_name)}

    def clone(self) -> GrowingState:
        """A copy that grows in the same way."""
        copy = super().clone()
        grown = GrowingState(copy.models, copy.real_apps)
        grown.is_delayed = copy.is_delayed
        if "apps" in copy.__dict__:
            grown.__dict__["apps"] = copy.__dict__["apps"]
        return grown


def _only_adds(migration: Migration) -> bool:
    return all(isinstance(operation, ADDING) for operation in migration.operations)
