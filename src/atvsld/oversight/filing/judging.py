"""What keeps a report from being handed in, said so that its writer can mend it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.filing import keys, numbers
from atvsld.oversight.filing.filled import Filled

# Figures beyond this are mistakes of typing, and the record could not hold them.
LARGEST = Decimal(10) ** numbers.MOST_WHOLE


def problems(filled: Filled) -> list[Problem]:
    """Every fault that stops the report: texts that are no figures, checks, departures without a reason."""
    return [*_unreadable(filled), *_too_large(filled), *_checks(filled), *_departures(filled)]


def _unreadable(filled: Filled) -> Iterator[Problem]:
    for key, text in filled.unreadable.items():
        message = _("Ô %(where)s: “%(text)s” không phải là số.") % {"where": named(filled, key), "text": text[:40]}
        yield Problem("not_a_number", message, _("Ghi số, ví dụ 1.234,5; không có thì ghi 0."), column=key, value=text)


def _too_large(filled: Filled) -> Iterator[Problem]:
    for table, rows in filled.figures.items():
        for row, cells in rows.items():
            for column, value in cells.items():
                if value is not None and abs(value) >= LARGEST:
                    key = keys.cell(table, row, column)
                    message = _("Ô %(where)s: số quá lớn.") % {"where": named(filled, key)}
                    yield Problem("too_large", message, _("Kiểm tra lại số đã ghi."), column=key)


def _checks(filled: Filled) -> Iterator[Problem]:
    said: set[str] = set()
    for check in filled.faults:
        if filled.explained(check):
            continue
        if check.severity == "explain":
            # One explanation answers for every place of a check.
            if check.id not in said:
                said.add(check.id)
                yield Problem(
                    "needs_explanation", check.message, _("Sửa số liệu hoặc ghi giải trình."), column=check.where
                )
        else:
            message = f"{named(filled, check.where)}: {check.message}" if check.where else check.message
            yield Problem("check_failed", message, _("Sửa số liệu ở ô này."), column=check.where)


def _departures(filled: Filled) -> Iterator[Problem]:
    if not filled.unexplained:
        return
    if filled.nil:
        message = _("Báo “không phát sinh” nhưng sổ đang ghi số khác 0 ở %(count)s ô.") % {
            "count": len(filled.unexplained)
        }
        yield Problem(
            "nil_but_records", message, _("Ghi lý do, hoặc bỏ đánh dấu “không phát sinh”."), column=keys.NIL_REASON
        )
        return
    for key in filled.unexplained:
        message = _("Ô %(where)s khác số trong sổ mà chưa có lý do.") % {"where": named(filled, key)}
        yield Problem("departure_without_reason", message, _("Ghi lý do, hoặc lấy lại số của sổ."), column=key)


def named(filled: Filled, key: str) -> str:
    """A place in words: table, row and column as the form prints them."""
    if key.startswith("header:"):
        line = filled.shape.header.get(key.removeprefix("header:"))
        return line.label.vi if line else key
    if found := keys.split_listed(key):
        return _("bảng %(table)s, cột %(column)s") % {"table": found[0], "column": found[2]}
    table, _slash, rest = key.partition("/")
    row, _slash, column = rest.rpartition("/")
    concrete = filled.shape.rows.get(table, {}).get(row)
    label = concrete.label.vi if concrete else row
    return _("bảng %(table)s, dòng “%(row)s”, cột %(column)s") % {
        "table": table,
        "row": label if len(label) < 60 else f"{label[:57]}…",
        "column": column,
    }


def spoken(value: Decimal | None) -> str:
    """A figure as it is shown beside what was typed; empty where no register holds it."""
    return "" if value is None else numbers.typed(value)
