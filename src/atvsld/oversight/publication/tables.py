"""The tables of a notice as anybody may read them: rows with a figure now and a year earlier, the withheld ones folded.

Rows that show nothing are not listed one by one: they stand together in a last row whose figure is what the total
leaves over, which any reader could work out anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from atvsld.oversight.publication.editions import LEADING, Edition
from atvsld.oversight.publication.gather import DIMENSION_MEASURES, PLACE_MEASURES, Counts

COLUMN_LABELS = {"cases": "Số vụ", "victims": "Số người bị nạn", "deaths": "Số người chết"}
TITLES = {
    "cause": "Theo nguyên nhân xảy ra tai nạn",
    "agent": "Theo yếu tố chính gây chấn thương",
    "industry": "Theo ngành sản xuất, kinh doanh",
    "commune": "Theo xã, phường, đặc khu",
    "former": "Theo đơn vị hành chính trước khi sắp xếp",
}
UNKNOWN_ROWS = {"unknown": "Chưa xác định"}
REST = "rest"


@dataclass(frozen=True, slots=True)
class Line:
    """A row: figures by column, for the period and for the one a year earlier; None is withheld."""

    code: str
    label: str
    now: Mapping[str, int | None]
    before: Mapping[str, int | None]
    kind: str = "data"

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "label": self.label, "now": dict(self.now), "before": dict(self.before),
                "kind": self.kind}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicTable:
    """One breakdown. `folded` counts the rows that stand in the last one; `blank`: withheld whole."""

    id: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    folded: int
    blank: bool = False
    note: str = ""
    # A row that is not public is larger than one of those that lead: they lead among the public ones only.
    partial: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "columns": list(self.columns),
                "lines": [line.to_json() for line in self.lines], "folded": self.folded, "blank": self.blank,
                "note": self.note, "partial": self.partial}  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PublicTable:
        lines = tuple(Line(**line) for line in data["lines"])
        return cls(
            data["id"],
            data["title"],
            tuple(data["columns"]),
            lines,
            data["folded"],
            data["blank"],
            data["note"],
            data.get("partial", False),
        )

    @property
    def total(self) -> Line:
        return self.lines[0]

    def leading(self, column: str) -> list[Line]:
        """Rows whose figure is shown and not zero, the largest first; the unknown never leads."""
        shown = [line for line in self.lines if line.kind == "data" and line.code != "unknown" and line.now.get(column)]
        return sorted(shown, key=lambda line: -(line.now[column] or 0))


def tables_of(
    now: Counts, before: Counts, edition: Edition, edition_before: Edition, notes: Mapping[str, str]
) -> tuple[PublicTable, ...]:
    """All breakdowns that have a row."""
    found = []
    for name in ("cause", "agent", "industry"):
        labels = {**before.labels[name], **now.labels[name]}
        found.append(_table(name, DIMENSION_MEASURES, labels, (edition, edition_before), notes.get(name, "")))
    for name, units in now.units.items():
        labels = {unit.code: unit.name for unit in units}
        found.append(_table(name, PLACE_MEASURES, labels, (edition, edition_before), notes.get(name, "")))
    return tuple(table for table in found if table.lines)


def _table(
    name: str, columns: tuple[str, ...], labels: Mapping[str, str], editions: tuple[Edition, Edition], note: str
) -> PublicTable:
    edition, edition_before = editions
    withheld = [column for column in columns if f"{name}/{column}" in edition.blank]
    columns = tuple(column for column in columns if column not in withheld)
    total = Line("all", "Tổng số", *_pair(name, "all", columns, edition, edition_before), kind="total")
    blank = not columns
    lines = [
        Line(code, UNKNOWN_ROWS.get(code, label), *_pair(name, code, columns, edition, edition_before))
        for code, label in labels.items()
    ]
    listed = [] if blank else [line for line in lines if any(line.now.values())]
    listed.sort(key=lambda line: (line.code == "unknown", -(line.now[columns[0]] or 0), line.code))
    if withheld and not blank:
        left_out = ", ".join(COLUMN_LABELS[column].lower() for column in withheld)
        note = f"{note} Không công bố {left_out} theo mục này vì quá ít.".strip()
    rest = Line(
        REST, "Phần còn lại, không công bố riêng",
        {column: _left(total.now[column], listed, column) for column in columns}, dict.fromkeys(columns), kind="rest",
    )  # fmt: skip
    folded = len(lines) - len(listed)
    kept = [rest] if not blank and any(rest.now.values()) else []
    made = PublicTable(name, TITLES[name], columns, (total, *listed, *kept), folded, blank, note)
    return replace(made, partial=_hides_a_leader(made, edition, labels))


def _hides_a_leader(table: PublicTable, edition: Edition, labels: Mapping[str, str]) -> bool:
    shown = [line.now["cases"] or 0 for line in table.leading("cases")[:LEADING]]
    counts = [
        edition.value(cell)
        for cell in edition.cells
        if (cell.table, cell.column) == (table.id, "cases") and cell.row in labels and cell.row != "unknown"
        and cell.key not in edition.shown
    ]  # fmt: skip
    return bool(shown) and max(counts, default=0) > min(shown)


def _pair(
    table: str, row: str, columns: Iterable[str], edition: Edition, edition_before: Edition
) -> tuple[dict[str, int | None], dict[str, int | None]]:
    keys = {column: f"{table}/{row}/{column}" for column in columns}
    return (
        {column: edition.public(key) for column, key in keys.items()},
        {column: edition_before.public(key) for column, key in keys.items()},
    )


def _left(total: int | None, lines: Iterable[Line], column: str) -> int | None:
    return None if total is None else total - sum(line.now[column] or 0 for line in lines)
