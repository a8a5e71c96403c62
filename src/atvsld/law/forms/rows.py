"""Unfolding the rows of a form over the code lists, the same for engine, page and paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from atvsld.kit.certainty import Certainty
from atvsld.law.codes import CodeItem, CodeList
from atvsld.law.errors import UnknownEntry
from atvsld.law.forms.spec import Filters, Row, RowKind, Table
from atvsld.law.reading import Label

UNKNOWN_LABEL = Label("Chưa xác định", "Not stated")


@dataclass(frozen=True, slots=True)
class ConcreteRow:
    """One printed row.

    Its facts are those that meet every `where` and, for an unknown row, whose dimension in `outside` is
    missing or holds none of the codes listed. `formula` names the rows it adds up instead.
    `status` is the certainty of the code behind the row. `source` is the row of the form it came from.
    """

    key: str
    label: Label
    code: str | None
    kind: RowKind
    level: int
    where: Filters
    outside: Filters = field(default_factory=dict)
    formula: tuple[str, ...] = ()
    show: Literal["all", "occurring"] = "all"
    status: Certainty | None = None
    source: Row | None = None

    @property
    def holds_figures(self) -> bool:
        return self.kind != "heading"


def lists_needed(table: Table) -> tuple[str, ...]:
    """Names of the code lists the rows of a table run over."""
    return tuple(dict.fromkeys(row.each for row in table.rows if row.each))


def expand_rows(
    table: Table,
    codes_by_list: Mapping[str, CodeList],
    *,
    occurring: Mapping[str, Collection[str | None]] | None = None,
) -> tuple[ConcreteRow, ...]:
    """The rows of a table in print order.

    `codes_by_list` gives the version of each list in force for the period (`UnknownEntry` when one is
    missing). `occurring` gives, by dimension, the codes that have facts (None for a missing code): then rows
    marked `occurring` appear only for those, and the unknown row only when a code is missing or not in the
    list. A dimension not named there shows all its rows.
    """
    return tuple(concrete for row in table.rows for concrete in _unfold(row, codes_by_list, occurring))


def _unfold(
    row: Row, lists: Mapping[str, CodeList], occurring: Mapping[str, Collection[str | None]] | None
) -> Iterator[ConcreteRow]:
    if row.each is None:
        label = row.label or Label(row.key)
        yield ConcreteRow(
            row.key, label, row.code, row.kind, row.level,
            where=row.where, formula=row.formula, show=row.show, source=row,
        )  # fmt: skip
        return
    if row.each not in lists:
        raise UnknownEntry(f"Chưa có danh mục “{row.each}” để lập các dòng của biểu.")
    codes = lists[row.each]
    dimension = row.dimension or ""
    found = (occurring or {}).get(dimension)
    wanted = found if row.show == "occurring" else None
    group: str | None = None
    recordable = [item.code for item in codes.choices]
    for item in codes.choices:
        if wanted is not None and item.code not in wanted:
            continue
        if row.group_headings and item.group and item.group != group:
            group = item.group
            heading = next(known for known in codes.groups if known.key == group)
            key = row.key.replace("{code}", group)
            yield ConcreteRow(key, heading.label, None, "heading", row.level, where={}, status=heading.status)
        yield _data_row(row, item, dimension)
    if row.unknown_key and (found is None or any(code not in recordable for code in found)):
        outside = {dimension: tuple(recordable)}
        label = row.unknown_label or UNKNOWN_LABEL
        yield ConcreteRow(
            row.unknown_key, label, None, "data", row.level + row.group_headings,
            where=row.where, outside=outside, show="occurring", source=row,
        )  # fmt: skip


def _data_row(row: Row, item: CodeItem, dimension: str) -> ConcreteRow:
    return ConcreteRow(
        key=row.key.replace("{code}", item.code),
        label=Label(item.label_vi, item.label_en),
        code=item.code,
        kind="data",
        level=row.level + (1 if row.group_headings else item.level - 1),
        where={**row.where, dimension: (item.code,)},
        show=row.show,
        status=item.status,
        source=row,
    )
