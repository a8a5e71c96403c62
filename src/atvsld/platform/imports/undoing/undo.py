"""From the rows of history an import wrote to what takes them back, in sets.

Every insert, update and delete of an import stands in the event tables under the context of that import. Created rows
are removed, changed rows take the values of the event before, deleted rows are put back. A row that is no longer as
the import left it, or a created one that something else points at, forbids the whole.
"""

# ruff: noqa: S608 — statements are built from names of models and columns; values are parameters
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from atvsld.platform.access.actor import Actor
from atvsld.platform.imports.models import ImportRun
from atvsld.platform.imports.targets import UndoRules
from atvsld.platform.imports.undoing.plan import Part, Plan, Reference

# Counts up with every change and must never run backwards.
VERSION = "version"
SHOWN = 5


def plan_of(run: ImportRun, rules: UndoRules, actor: Actor, *, locked: bool = False) -> Plan:
    """What undoing would do, within an open transaction. `locked` holds the rows until its end."""
    return _Undo(run, rules).plan(actor, locked=locked)


def carry_out(run: ImportRun, rules: UndoRules, actor: Actor) -> Plan:
    """Undo within an open transaction if nothing stands against it; the plan says whether it was done."""
    undo = _Undo(run, rules)
    plan = undo.plan(actor, locked=True)
    if plan.possible:
        undo.write()
    return plan


class _Undo:
    def __init__(self, run: ImportRun, rules: UndoRules) -> None:
        self._run_ = run
        self._rules = rules
        self._touched: dict[type[models.Model], _Touched] = {}

    def plan(self, actor: Actor, *, locked: bool) -> Plan:
        plan = Plan(reasons=list(self._impossible()))
        if plan.reasons:
            return plan
        for number, (model, events) in enumerate(_tracked()):
            touched = _Touched(f"import_undo_{number}", model, events)
            if touched.gather(self._run_.context_id):
                self._touched[model] = touched
        for model, touched in self._touched.items():
            if locked:
                touched.lock()
            part = touched.part()
            part.references = list(self._references(model, touched))
            plan.parts.append(part)
        self._reach(actor, plan)
        if not plan.rows:
            plan.reasons.append(_("Không còn gì của lần nhập này để hoàn tác."))
        return plan

    def _impossible(self) -> Iterator[str]:
        run = self._run_
        if run.state not in (ImportRun.State.DONE, ImportRun.State.UNDOING):
            yield _("Lần nhập này không ở trạng thái đã ghi.")
        elif run.context_id is None:
            yield _("Lần nhập này được ghi chung với việc khác nên không tách ra để hoàn tác được.")

    def _references(self, model: type[models.Model], touched: _Touched) -> Iterator[Reference]:
        """Rows of other kinds, or untouched rows of touched kinds, that point at created rows."""
        for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001
            column = getattr(relation, "field", None)
            if not (relation.auto_created and not relation.concrete and isinstance(column, models.ForeignKey)):
                continue
            other = column.model
            if _is_history(other) or other._meta.proxy or not other._meta.managed:  # noqa: SLF001
                continue
            mine = self._touched.get(other)
            if (held := touched.pointed_at(other, column.column, mine)) is not None:
                yield held

    def _reach(self, actor: Actor, plan: Plan) -> None:
        if self._rules.reach is None:
            return
        mine = self._rules.reach(actor)
        touched = self._touched.get(mine.model)
        if touched is None:
            return
        keys = RawSQL(f"SELECT id FROM {touched.table}", [])  # noqa: S611  (a name of this module)
        beyond = mine.model._base_manager.filter(pk__in=keys).exclude(pk__in=mine.values("pk"))  # noqa: SLF001
        part = next(part for part in plan.parts if part.kind == touched.kind)
        part.outside = beyond.count()

    def write(self) -> None:
        """Foreign keys are checked at the end of the transaction, so kinds may come in any order."""
        every = self._touched.values()
        for touched in every:
            touched.remove()
        for touched in every:
            touched.release(self._rules.release.get(touched.model._meta.label, {}))  # noqa: SLF001
        for touched in every:
            touched.restore()
        for touched in every:
            touched.put_back()
        _execute("SET CONSTRAINTS ALL IMMEDIATE")
        _execute("SET CONSTRAINTS ALL DEFERRED")


class _Touched:
    """The rows of one model an import touched, in a table of the transaction: what is to be done with each."""

    def __init__(self, table: str, model: type[models.Model], events: type[models.Model]) -> None:
        self.table = table
        self.model = model
        self._stored = _quoted(model._meta.db_table)  # noqa: SLF001
        self._events = _quoted(events._meta.db_table)  # noqa: SLF001
        pk = model._meta.pk  # noqa: SLF001
        assert pk is not None
        self._pk = _quoted(pk.column)
        self._columns = [_quoted(column.column) for column in model._meta.concrete_fields]  # noqa: SLF001
        self._version = _quoted(VERSION) if _quoted(VERSION) in self._columns else None

    @property
    def kind(self) -> str:
        name = str(self.model._meta.verbose_name)  # noqa: SLF001
        return name[:1].upper() + name[1:]

    def gather(self, context: Any) -> bool:
        """Fill the table; False when the import touched no row of this model.

        `id`; what is `todo` (remove, restore, put_back); `last_id`, the event that says how the import left the row,
        none where it deleted it; `before_id`, the event with its former values.
        """
        if not _fetch(f"SELECT 1 FROM {self._events} WHERE pgh_context_id = %s LIMIT 1", [context]):
            return False
        _execute(f"DROP TABLE IF EXISTS {self.table}")
        _execute(
            f"""
CREATE TEMP TABLE {self.table} ON COMMIT DROP AS
SELECT x.id, x.todo, CASE WHEN x.todo <> 'put_back' THEN x.last_id END AS last_id,
       CASE WHEN x.todo = 'put_back' AND x.first_label = 'delete' THEN x.first_id
            WHEN x.todo <> 'remove' THEN (SELECT max(b.pgh_id) FROM {self._events} b
                                          WHERE b.pgh_obj_id = x.id AND b.pgh_id < x.first_id) END AS before_id
FROM (
  SELECT y.*, f.pgh_label AS first_label,
         CASE WHEN f.pgh_label = 'insert' AND l.pgh_label <> 'delete' THEN 'remove'
              WHEN f.pgh_label <> 'insert' AND l.pgh_label = 'delete' THEN 'put_back'
              WHEN f.pgh_label <> 'insert' THEN 'restore' END AS todo
  FROM (SELECT pgh_obj_id AS id, min(pgh_id) AS first_id, max(pgh_id) AS last_id FROM {self._events}
        WHERE pgh_context_id = %s GROUP BY 1) y
  JOIN {self._events} f ON f.pgh_id = y.first_id JOIN {self._events} l ON l.pgh_id = y.last_id
) x WHERE x.todo IS NOT NULL
""",
            [context],
        )
        _execute(f"CREATE UNIQUE INDEX ON {self.table} (id)")
        _execute(f"ANALYZE {self.table}")
        return True

    def lock(self) -> None:
        """Nobody changes these rows, or points a new row at them, until the end of the transaction."""
        _fetch(
            f"SELECT count(*) FROM (SELECT t.{self._pk} FROM {self._stored} t"
            f" JOIN {self.table} u ON u.id = t.{self._pk} ORDER BY 1 FOR UPDATE OF t) held"
        )

    def part(self) -> Part:
        """The counts. A row is as the import left it when every column but the version is."""
        compared = [column for column in self._columns if column != self._version]
        now = ", ".join(f"t.{column}" for column in compared)
        then = ", ".join(f"l.{column}" for column in compared)
        _execute(f"DROP TABLE IF EXISTS {self.table}_bad")
        _execute(
            f"""
CREATE TEMP TABLE {self.table}_bad ON COMMIT DROP AS
SELECT u.id FROM {self.table} u LEFT JOIN {self._stored} t ON t.{self._pk} = u.id
LEFT JOIN {self._events} l ON l.pgh_id = u.last_id
WHERE CASE u.todo WHEN 'remove' THEN t.{self._pk} IS NOT NULL AND ({now}) IS DISTINCT FROM ({then})
                  WHEN 'restore' THEN t.{self._pk} IS NULL OR u.before_id IS NULL OR ({now}) IS DISTINCT FROM ({then})
                  ELSE t.{self._pk} IS NOT NULL OR u.before_id IS NULL END
"""
        )
        [(removed, restored, put_back, gone, altered)] = _fetch(
            f"""
SELECT count(*) FILTER (WHERE todo = 'remove' AND t.{self._pk} IS NOT NULL),
       count(*) FILTER (WHERE todo = 'restore'), count(*) FILTER (WHERE todo = 'put_back'),
       count(*) FILTER (WHERE todo = 'remove' AND t.{self._pk} IS NULL),
       (SELECT count(*) FROM {self.table}_bad)
FROM {self.table} u LEFT JOIN {self._stored} t ON t.{self._pk} = u.id
"""
        )
        examples = self._named(f"SELECT id FROM {self.table}_bad ORDER BY id LIMIT {SHOWN}") if altered else ()
        return Part(self.kind, removed, restored, put_back, gone, altered, examples=examples)

    def pointed_at(self, other: type[models.Model], column: str, mine: _Touched | None) -> Reference | None:
        """Rows of `other` whose `column` holds a created row and which this import did not write itself."""
        pk = other._meta.pk  # noqa: SLF001
        assert pk is not None
        own = f" AND NOT EXISTS (SELECT 1 FROM {mine.table} m WHERE m.id = r.{_quoted(pk.column)})" if mine else ""
        source = (
            f"FROM {_quoted(other._meta.db_table)} r JOIN {self.table} u ON u.id = r.{_quoted(column)}"  # noqa: SLF001
            f" AND u.todo = 'remove'{own}"
        )
        [(count,)] = _fetch(f"SELECT count(*) {source}")
        if not count:
            return None
        name = str(other._meta.verbose_name)  # noqa: SLF001
        examples = self._named(f"SELECT DISTINCT u.id {source} ORDER BY 1 LIMIT {SHOWN}")
        return Reference(name[:1].upper() + name[1:], count, examples)

    def remove(self) -> None:
        _execute(f"DELETE FROM {self._stored} t USING {self.table} u WHERE u.id = t.{self._pk} AND u.todo = 'remove'")

    def release(self, values: Any) -> None:
        for name, value in values.items():
            held = self.model._meta.get_field(name)  # noqa: SLF001
            assert isinstance(held, models.Field)
            column = _quoted(str(held.column))
            _execute(
                f"UPDATE {self._stored} t SET {column} = %s FROM {self.table} u JOIN {self._events} b"
                f" ON b.pgh_id = u.before_id WHERE u.id = t.{self._pk} AND u.todo = 'restore'"
                f" AND t.{column} IS DISTINCT FROM b.{column}",
                [value],
            )

    def restore(self) -> None:
        kept = [column for column in self._columns if column not in (self._pk, self._version)]
        setting = [f"{column} = b.{column}" for column in kept]
        if self._version:
            setting.append(f"{self._version} = t.{self._version} + 1")
        _execute(
            f"UPDATE {self._stored} t SET {', '.join(setting)} FROM {self.table} u JOIN {self._events} b"
            f" ON b.pgh_id = u.before_id WHERE u.id = t.{self._pk} AND u.todo = 'restore'"
        )

    def put_back(self) -> None:
        names = ", ".join(self._columns)
        _execute(
            f"INSERT INTO {self._stored} ({names}) SELECT {', '.join(f'b.{name}' for name in self._columns)}"
            f" FROM {self.table} u JOIN {self._events} b ON b.pgh_id = u.before_id WHERE u.todo = 'put_back' ORDER BY 1"
        )

    def _named(self, statement: str) -> tuple[str, ...]:
        keys = [key for (key,) in _fetch(statement)]
        found = self.model._base_manager.in_bulk(keys)  # noqa: SLF001
        return tuple(str(found[key])[:80] for key in keys if key in found)


def _tracked() -> Iterator[tuple[type[models.Model], type[models.Model]]]:
    """Every model with a history, and the model of its events."""
    for events in apps.get_models():
        model = getattr(events, "pgh_tracked_model", None)
        if model is not None:
            yield model, events


def _is_history(model: type[models.Model]) -> bool:
    return getattr(model, "pgh_tracked_model", None) is not None


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _execute(statement: str, params: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def _fetch(statement: str, params: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())
