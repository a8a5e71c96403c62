"""Files that bring records of a ledger: columns from its form, rows taken in by its own actions.

A row is the record of the same owner, day and name when there is one, else a new record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Generic

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, DateField, Field, ForeignKey, IntegerField, TextField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.kit.ids import new_ulid
from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.platform.acts import Act, clock
from atvsld.platform.imports import targets
from atvsld.platform.imports.accepting import Counts, acceptor
from atvsld.platform.imports.columns import Choice, Column, Kind, Spec
from atvsld.platform.imports.findings import Findings
from atvsld.platform.imports.source import Source
from atvsld.platform.imports.targets import Target, UndoRules
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.ledgers import actions, values
from atvsld.registers.ledgers.ledger import Ledger, R
from atvsld.registers.ledgers.reach import Owner, body_owner, owners, records, visible
from atvsld.registers.places import tree
from atvsld.registers.places.labels import commune_choices

OWNER = "owner"
_GOOD = "NOT EXISTS (SELECT 1 FROM import_bad b WHERE b.row_no = s.row_no)"
_LONGEST = 20_000


def slug_of(ledger: Ledger[Any]) -> str:
    """The kind of file in addresses."""
    return ledger.word.replace("_", "-")


def bring(ledger: Ledger[Any]) -> None:
    """Offer files of a ledger: template, preview, writing, undo are those of every import."""
    accept = acceptor(
        needs=ledger.change, records="ledgers:record:imported", spec=lambda: spec(ledger),
        batch=lambda act, source, _options: LedgerBatch(ledger, act, source),
    )  # fmt: skip
    targets.register(
        Target(
            slug=slug_of(ledger), title=ledger.title, permission=ledger.change, spec=lambda: spec(ledger),
            accept=accept, examples=list,
            guidance=(
                gettext_lazy("Mỗi dòng là một hồ sơ của đơn vị bạn; dòng trùng đơn vị, ngày và tên là cùng một hồ sơ."),
                gettext_lazy("Cột chọn nhiều giá trị: ghi mã hoặc tên, cách nhau bằng dấu chấm phẩy."),
            ),
            undo=UndoRules(reach=lambda actor: visible(actor, ledger, ledger.change)),
        )
    )  # fmt: skip


@cache
def spec(ledger: Ledger[Any]) -> Spec:
    """The columns of a file: those of the form that a cell can say, and whose record a row is."""
    held = [column for name in ledger.fields if (column := _column(ledger, name)) is not None]
    whose = Column(
        name=OWNER, label="Đơn vị ghi sổ", kind=Kind.TEXT, max_length=250,
        help="Tên hoặc mã cơ quan, mã số thuế của cơ sở. Để trống: đơn vị của bạn.",
    )  # fmt: skip
    return Spec((*held, whose))


def _column(ledger: Ledger[Any], name: str) -> Column | None:
    field = ledger.field(name)
    if name in ledger.choices:
        return None
    kind = _kind(field)
    if kind is None:
        return None
    told: dict[str, Any] = {"max_length": getattr(field, "max_length", None) or _LONGEST}
    if values.words(field):
        told["choices"] = lambda: tuple(Choice(str(code), text) for code, text in values.words(field).items())
    elif _is_place(field):
        told["choices"] = _communes
    if isinstance(field, IntegerField) and kind is Kind.COUNT:
        told["maximum"] = 2**31 - 1
    if isinstance(field, ForeignKey) and not _is_place(field):
        told["help"] = _("Mã số thuế.")
    return Column(
        name=name, label=values.label(field), kind=kind, required=not field.blank,
        future=name != ledger.day or ledger.future, **told,
    )  # fmt: skip


def _kind(field: Field[Any, Any]) -> Kind | None:  # noqa: PLR0911
    match field:
        case ArrayField():
            return Kind.CODES if values.words(field) else None
        case ForeignKey():
            if _is_place(field):
                return Kind.CODE
            return Kind.TEXT if _model_of(field) == "establishments.Establishment" else None
        case BooleanField():
            return Kind.BOOLEAN
        case _ if values.words(field):
            return Kind.CHOICE
        case BigIntegerField():
            return Kind.MONEY
        case IntegerField():
            return Kind.COUNT
        case DateField():
            return Kind.DAY
        case TextField():
            return Kind.TEXT
    return Kind.TEXT


def _is_place(field: Field[Any, Any]) -> bool:
    return _model_of(field) == "places.Place"


def _model_of(field: Field[Any, Any]) -> str:
    related: Any = field.related_model
    return str(related._meta.label) if related is not None else ""  # noqa: SLF001


def _communes() -> tuple[Choice, ...]:
    nodes = tree.current().nodes
    today = clock.local_day(clock.now())
    return tuple(Choice(nodes[pk].code, nodes[pk].name) for pk, _label in commune_choices(today))


@dataclass(slots=True)
class _Row(Generic[R]):
    """One row: what it says, whose it is, the record it is about, the draft it makes."""

    number: int
    said: dict[str, Any]
    owner: Owner | None = None
    stored: R | None = None
    draft: R | None = None
    problems: list[Problem] = field(default_factory=list)


class LedgerBatch(Generic[R]):
    """The rows of one file of a ledger."""

    def __init__(self, ledger: Ledger[R], act: Act, source: Source) -> None:
        self._ledger, self._act = ledger, act
        # A column the file does not have leaves stored values alone.
        self._named = [name for name in source.columns if name != OWNER]
        self._owners = owners(act.actor, ledger.change)
        self._rows: list[_Row[R]] = []

    def lock(self) -> None:
        _run("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{self._ledger.word}:import"])

    def check(self, findings: Findings, store_bad: Callable[[], None]) -> None:
        store_bad()
        rows = list(self._staged())
        seen: dict[tuple[Any, ...], int] = {}
        for row in rows:
            self._read(row)
            if row.owner is not None:
                self._draft(row, seen)
            for problem in row.problems:
                column = problem.column if problem.column in spec(self._ledger).names else self._ledger.name
                findings.cell(row.number, spec(self._ledger)[column or ""], problem, problem.value)
        self._rows = [row for row in rows if row.number not in findings.bad]
        store_bad()

    def _staged(self) -> Iterator[_Row[R]]:
        names = spec(self._ledger).names
        listed = ", ".join(f"s.{name}" for name in names)
        statement = f"SELECT s.row_no, {listed} FROM import_stage s WHERE {_GOOD} ORDER BY s.row_no"  # noqa: S608
        for number, *found in _run(statement):
            yield _Row(number, dict(zip(names, found, strict=True)))

    def _read(self, row: _Row[R]) -> None:
        """Words of cells become what the model keeps; whose record it is."""
        row.owner = self._owner(row)
        for name in self._named:
            model_field = self._ledger.field(name)
            row.said[name] = self._value(row, model_field, row.said[name])

    def _value(self, row: _Row[R], model_field: Field[Any, Any], value: Any) -> Any:
        if isinstance(model_field, ForeignKey) and value:
            return self._referred(row, model_field, str(value))
        if value is not None:
            return int(value) if isinstance(model_field, IntegerField) else value
        if model_field.null:
            return None
        if isinstance(model_field, ArrayField):
            return []
        return model_field.get_default() if model_field.has_default() else ""

    def _referred(self, row: _Row[R], model_field: Field[Any, Any], text: str) -> int | None:
        if _is_place(model_field):
            day = row.said.get(self._ledger.day)
            places = tree.current()
            held = places.at(text, day if isinstance(day, date) else self._act.day, "commune") or places.at(
                text, self._act.day, "commune"
            )
            return held.pk if held else None
        found = establishments.match_tax_codes([text]).get(text)
        if found is None:
            message = _("chưa có cơ sở mang mã số thuế %(code)s.") % {"code": text}
            row.problems.append(
                Problem("establishment_unknown", message, _("Thêm cơ sở trước."), column=model_field.name)
            )
        return found

    def _owner(self, row: _Row[R]) -> Owner | None:
        text = (row.said[OWNER] or "").strip()
        if not text and len(self._owners) == 1:
            return self._owners[0]
        found = [owner for owner in self._owners if fold(text) in _names(owner)] if text else []
        if not found and text and any(scope.everything for scope in self._act.actor.scopes(self._ledger.change)):
            found = [body_owner(body) for body in Body.objects.filter(code=text)]
        if len(found) == 1:
            return found[0]
        if text:
            message = _("bạn không ghi sổ cho “%(name)s”.") % {"name": text[:60]}
        else:
            message = _("chưa rõ ghi cho đơn vị nào.")
        remedy = _("Ghi tên một trong: %(names)s.") % {"names": "; ".join(one.label for one in self._owners) or "–"}
        row.problems.append(Problem("owner_unknown", message, remedy, column=OWNER))
        return None

    def _draft(self, row: _Row[R], seen: dict[tuple[Any, ...], int]) -> None:
        ledger = self._ledger
        assert row.owner is not None
        day, name = row.said[ledger.day], str(row.said[ledger.name])
        key = (row.owner.key, day, fold(name))
        if (earlier := seen.setdefault(key, row.number)) != row.number:
            message = _("trùng với dòng %(row)d: cùng đơn vị, ngày và tên.") % {"row": earlier}
            row.problems.append(
                Problem("row_twice", message, _("Bỏ một dòng, hoặc đặt tên khác nhau."), column=ledger.name)
            )
            return
        held = records(ledger).filter(
            **{ledger.day: day, f"{ledger.name}__iexact": name, f"{row.owner.kind}_id": row.owner.pk}, withdrawn_at=None
        )
        row.stored = held.order_by("pk").first()
        row.draft = ledger.model(**row.owner.columns) if row.stored is None else held.get(pk=row.stored.pk)
        if row.stored is not None and (why := str(ledger.locked(row.stored))):
            row.problems.append(Problem("locked", why, column=ledger.name))
        values.assign(ledger, row.draft, {one: row.said[one] for one in self._named})
        row.problems.extend(values.problems(ledger, row.draft, self._act.day) or values.broken(row.draft))

    def match(self, *, dry_run: bool) -> Counts:  # noqa: ARG002  (nothing differs)
        new = sum(row.stored is None for row in self._rows)
        same = sum(not self._differs(row) for row in self._rows if row.stored is not None)
        return Counts(new, len(self._rows) - new - same, same)

    def _differs(self, row: _Row[R]) -> bool:
        if row.stored is None or row.draft is None:
            return True
        return values.stated(self._ledger, row.stored) != values.stated(self._ledger, row.draft)

    def unknown(self) -> dict[str, int]:
        counts = {name: sum(row.said[name] in (None, "", []) for row in self._rows) for name in self._named}
        return {name: count for name, count in counts.items() if count}

    def write(self) -> dict[str, int]:
        made = 0
        for row in self._rows:
            given = {name: row.said[name] for name in self._named}
            if row.stored is not None:
                version = row.stored.version
                actions.change(self._act, ledger=self._ledger, record=row.stored, version=version, given=given)
            elif row.owner is not None:
                actions.enter(self._act, ledger=self._ledger, key=new_ulid(), owner=row.owner, given=given)
                made += 1
        return {self._ledger.word: made}


def _names(owner: Owner) -> set[str]:
    if owner.kind == "body":
        body = Body.objects.get(pk=owner.pk)
        return {fold(text) for text in (body.name, body.short_name, body.code) if text}
    firm = Establishment.objects.get(pk=owner.pk)
    return {fold(text) for text in (firm.name, firm.tax_code or "") if text}


def _run(statement: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall()) if cursor.description else []
