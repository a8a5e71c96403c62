"""Do the figures of a filled form agree with each other?"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from atvsld.law.forms.spec import Check, FormSpec

Cells = Mapping[str, Decimal | None]
Rows = Mapping[str, Cells]
Values = Mapping[str, Rows]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check that holds, or one place where it does not.

    `where` is `table/row/column`, of an added row `table#row/column`; `left` and `right` are the figures compared.
    """

    id: str
    ok: bool
    severity: Literal["block", "explain", "warn"]
    message: str
    where: str = ""
    left: Decimal | None = None
    right: Decimal | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "ok": self.ok,
            "severity": self.severity,
            "message": self.message,
            "where": self.where,
            "left": None if self.left is None else str(self.left),
            "right": None if self.right is None else str(self.right),
        }


@dataclass(frozen=True, slots=True)
class _Fault:
    where: str
    left: Decimal | None = None
    right: Decimal | None = None


_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {"<=": operator.le, "==": operator.eq, ">=": operator.ge}


def run_checks(spec: FormSpec, values: Values, header: Mapping[str, Decimal | None] | None = None) -> list[CheckResult]:
    """All checks of a form over its figures: `values[table][row][column]`, blanks as None.

    Rows that a reporter added to an open table stand under keys that begin with `#`. Rows without any cell (headings)
    are passed over. Figures are compared in print units. A check yields one
    passing result, or one failing result for each place; comparisons that meet a blank are left to the
    `whole` check, which reports blanks.
    """
    results: list[CheckResult] = []
    for check in spec.checks:
        faults = list(_faults(check, values, header or {}))
        if not faults:
            results.append(CheckResult(check.id, ok=True, severity=check.severity, message=check.message.vi))
        results.extend(
            CheckResult(
                check.id, False, check.severity, check.message.vi, fault.where, left=fault.left, right=fault.right
            )
            for fault in faults
        )
    return results


def _faults(check: Check, values: Values, header: Mapping[str, Decimal | None]) -> Iterator[_Fault]:
    if check.kind == "header":
        yield from _header(check, header)
        return
    rows = {key: cells for key, cells in values.get(check.table or "", {}).items() if cells}
    match check.kind:
        case "compare":
            yield from _compare(check, rows)
        case "sum_rows":
            yield from _sum_rows(check, rows)
        case "whole":
            yield from _whole(check, rows)
        case "zero_when":
            yield from _zero_when(check, rows)
        case "limit":
            yield from _limit(check, rows)


def _header(check: Check, header: Mapping[str, Decimal | None]) -> Iterator[_Fault]:
    left, right = _total(header, check.left), _total(header, check.right)
    if left is not None and right is not None and not _agrees(check, left, right):
        yield _Fault(f"header/{check.left[0]}", left, right)


def _compare(check: Check, rows: Rows) -> Iterator[_Fault]:
    for key in _matching(rows, check.rows or ("*",)):
        cells = rows[key]
        if check.when is not None and not cells.get(check.when):
            continue
        left, right = _total(cells, check.left), _total(cells, check.right)
        if left is not None and right is not None and not _agrees(check, left, right):
            yield _Fault(_place(check, key, check.left[0]), left, right)


def _sum_rows(check: Check, rows: Rows) -> Iterator[_Fault]:
    total = rows.get(check.total or "")
    parts = [rows[key] for key in _matching(rows, check.parts)]
    if total is None:
        return
    for column, part_column in zip(check.columns, check.part_columns or check.columns, strict=True):
        whole = total.get(column)
        figures = [cells.get(part_column) for cells in parts]
        known = [figure for figure in figures if figure is not None]
        if whole is None or len(known) < len(figures):
            continue
        if not _agrees(check, whole, sum(known, Decimal(0))):
            yield _Fault(f"{check.table}/{check.total}/{column}", whole, sum(known, Decimal(0)))


def _whole(check: Check, rows: Rows) -> Iterator[_Fault]:
    for key in _matching(rows, check.rows or ("*",)):
        for column in check.columns:
            figure = rows[key].get(column)
            if not check.blank if figure is None else not _well_formed(check, figure):
                yield _Fault(_place(check, key, column), figure)


def _place(check: Check, row: str, column: str) -> str:
    """The place of a figure; rows that the reporter added have keys beginning with `#`."""
    return f"{check.table}{row}/{column}" if row.startswith("#") else f"{check.table}/{row}/{column}"


def _well_formed(check: Check, figure: Decimal) -> bool:
    places = 0 if check.integers else check.places
    return figure >= 0 and (places is None or figure == round(figure, places))


def _limit(check: Check, rows: Rows) -> Iterator[_Fault]:
    limit = check.limit or Decimal(0)
    for key in _matching(rows, check.rows or ("*",)):
        for column in check.columns:
            figure = rows[key].get(column)
            if figure is not None and not _agrees(check, figure, limit):
                yield _Fault(_place(check, key, column), figure, limit)


def _zero_when(check: Check, rows: Rows) -> Iterator[_Fault]:
    total = rows.get(check.total or "", {}).get(check.left[0])
    if total is None or total:
        return
    for key, cells in rows.items():
        for column in check.columns:
            if cells.get(column):
                yield _Fault(f"{check.table}/{key}/{column}", cells[column], Decimal(0))


def _agrees(check: Check, left: Decimal, right: Decimal) -> bool:
    if check.op == "==":
        return abs(left - right) <= check.tolerance
    return _COMPARE[check.op](left, right)


def _total(cells: Mapping[str, Decimal | None], keys: tuple[str, ...]) -> Decimal | None:
    figures = [cells.get(key) for key in keys]
    known = [figure for figure in figures if figure is not None]
    return sum(known, Decimal(0)) if len(known) == len(figures) else None


def _matching(rows: Rows, patterns: tuple[str, ...]) -> list[str]:
    """Row keys named outright or by a prefix ending in `*`."""
    return [
        key
        for key in rows
        if any(key == pattern or (pattern.endswith("*") and key.startswith(pattern[:-1])) for pattern in patterns)
    ]
