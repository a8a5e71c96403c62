"""The workbook to fill in: prefilled from the draft, sums as formulas, structure locked, notes from registers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from atvsld.kit.ids import new_ulid
from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import Column, Table
from atvsld.oversight.filing import keys, numbers
from atvsld.oversight.filing.drafts import Draft
from atvsld.oversight.filing.excel import layout
from atvsld.oversight.filing.formulas import formulas

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False}
_WIDTHS = {"label": 52, "code": 9, "unit": 16, "text": 28, "day": 14}


def workbook(draft: Draft, *, texts: Mapping[str, str] | None = None, bad: Mapping[str, str] | None = None) -> bytes:
    """The form as .xlsx. `texts` stand in place of what the draft holds, `bad` cells are coloured and commented."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        writer = _Writer(book, draft, dict(draft.filled.texts) | dict(texts or {}), dict(bad or {}))
        for table in draft.shape.form.tables:
            writer.table(table)
        writer.head()
        writer.meta()
    return content.getvalue()


def meta_of(draft: Draft) -> dict[str, str]:
    """Whose report a workbook is, in which form and version: what must agree when it comes back."""
    return {
        "report": draft.content.report,
        "form": draft.content.form,
        "form_valid_from": draft.content.form_valid_from,
        "period": draft.content.period,
        "reporter": draft.content.reporter["code"],
        "name": draft.content.reporter["name"],
    }


class _Writer:
    """One workbook being written; `at` says in which sheet and cell each place stands."""

    def __init__(self, book: Any, draft: Draft, texts: dict[str, str], bad: dict[str, str]) -> None:
        self.book, self.draft, self.texts, self.bad = book, draft, texts, bad
        self.at: dict[str, str] = {}
        self.formulas = {one["key"]: one for one in formulas(draft.shape)}
        base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        head = {**base, "bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#DCE6F2"}
        cell = {**base, "border": 1}
        made = book.add_format
        self.styles = {
            "title": made({**base, "bold": True, "font_size": 12}),
            "note": made({**base, "italic": True}),
            "head": made(head),
            "label": made({**cell, "text_wrap": True}),
            "strong": made({**cell, "text_wrap": True, "bold": True}),
            "fixed": made({**cell, "bg_color": "#F2F2F2"}),
            "computed": made({**cell, "bg_color": "#F2F2F2", "num_format": "#,##0.###", "bold": True}),
            "number": made({**cell, "num_format": "#,##0.###", "locked": False}),
            "text": made({**cell, "num_format": "@", "text_wrap": True, "locked": False}),
            "bad": made({**cell, "num_format": "@", "bg_color": "#FFC7CE", "locked": False}),
        }

    def table(self, table: Table) -> None:
        sheet = self.book.add_worksheet(layout.sheet_name(table))
        columns, line = layout.columns_of(table), layout.keys_line(table)
        sheet.write_string(0, 1, table.title.vi, self.styles["title"])
        if table.note:
            sheet.write_string(1, 1, table.note, self.styles["note"])
        self._headings(sheet, table)
        sheet.write_string(line, 0, layout.KEYS_MARK)
        for position, column in enumerate(columns, start=1):
            sheet.write_string(line, position, column.key)
            sheet.set_column(position, position, _WIDTHS.get(column.column.kind, 12))
        sheet.set_row(line, None, None, {"hidden": True})
        sheet.set_column(0, 0, None, None, {"hidden": True})
        fixed = self.draft.shape.plan.rows[table.id]
        rows: Sequence[ConcreteRow | str] = self._open_rows(table) if table.open_rows else fixed
        # Formulas may speak of cells below: places first.
        for number, row in enumerate(rows, start=line + 1):
            for position, column in enumerate(columns, start=1):
                self.at[self._key(table, row, column.key)] = xl_rowcol_to_cell(number, position)
        for number, row in enumerate(rows, start=line + 1):
            self._row(sheet, table, row, number)
        sheet.freeze_panes(line + 1, 2)
        sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})

    def _headings(self, sheet: Any, table: Table) -> None:
        def write(level: tuple[Column, ...], line: int, left: int) -> int:
            for column in level:
                width = sum(2 if leaf.pair else 1 for leaf in column.leaves)
                bottom = line if column.children else layout.TOP + table.header_depth - 1
                if (bottom, width) == (line, 1):
                    sheet.write_string(line, left, column.label.vi, self.styles["head"])
                else:
                    sheet.merge_range(line, left, bottom, left + width - 1, column.label.vi, self.styles["head"])
                if column.children:
                    write(column.children, line + 1, left)
                left += width
            return left

        write(table.columns, layout.TOP, 1)

    def _open_rows(self, table: Table) -> list[str]:
        held = {
            found[1] for key, text in self.texts.items()
            if text.strip() and (found := keys.split_listed(key)) and found[0] == table.id
        }  # fmt: skip
        return [*sorted(held), *sorted(new_ulid() for _number in range(layout.SPARE_ROWS))]

    @staticmethod
    def _key(table: Table, row: ConcreteRow | str, column: str) -> str:
        if isinstance(row, str):
            return keys.listed(table.id, row, column)
        return keys.cell(table.id, row.key, column)

    def _row(self, sheet: Any, table: Table, row: ConcreteRow | str, number: int) -> None:
        sheet.write_string(number, 0, row if isinstance(row, str) else row.key)
        given = {column.key for column in table.given_columns}
        for position, column in enumerate(layout.columns_of(table), start=1):
            key = self._key(table, row, column.key)
            if isinstance(row, str):
                if column.key in given:
                    self._input(sheet, number, position, key)
                continue
            match column.column.kind:
                case "label" if not column.second:
                    style = "label" if row.kind == "data" else "strong"
                    sheet.write_string(number, position, "   " * (row.level - 1) + row.label.vi, self.styles[style])
                case "code":
                    sheet.write_string(number, position, row.code or "", self.styles["fixed"])
                case "unit":
                    unit = row.source.unit.vi if row.source and row.source.unit else ""
                    sheet.write_string(number, position, unit, self.styles["fixed"])
                case _ if key in self.draft.shape.places:
                    self._input(sheet, number, position, key)
                case _ if key in self.formulas:
                    self._formula(sheet, number, position, key)
                case _:
                    sheet.write_blank(number, position, None, self.styles["fixed"])

    def _input(self, sheet: Any, number: int, position: int, key: str) -> None:
        kind, text = self.draft.shape.kind_of(key), self.texts.get(key, "")
        if key in self.bad:
            sheet.write_string(number, position, text, self.styles["bad"])
            sheet.write_comment(number, position, self.bad[key], {"x_scale": 2.2, "y_scale": 1.2})
            return
        if kind == "number":
            self._number(sheet, number, position, text)
            held = self.draft.filled.registers.get(key)
            if held:
                sheet.write_comment(number, position, _("Trong sổ: %(value)s") % {"value": numbers.typed(held)})
        else:
            sheet.write_string(number, position, text, self.styles["text"])

    def _number(self, sheet: Any, number: int, position: int, text: str) -> None:
        try:
            value = numbers.read(text)
        except numbers.NotANumber:
            sheet.write_string(number, position, text, self.styles["bad"])
            return
        # Excel holds 15 digits; a longer figure is written as text and read back whole.
        if value is not None and len(value.normalize().as_tuple().digits) > 15:
            sheet.write_string(number, position, text, self.styles["number"])
        elif value is None:
            sheet.write_blank(number, position, None, self.styles["number"])
        else:
            sheet.write_number(number, position, float(value), self.styles["number"])

    def _formula(self, sheet: Any, number: int, position: int, key: str) -> None:
        told = self.formulas[key]
        cells = [self.at.get(part, "") for part in told.get("sum", told.get("over", ()))]
        table, _slash, rest = key.partition("/")
        row, _slash, column = rest.rpartition("/")
        value = self.draft.filled.figures.get(table, {}).get(row, {}).get(column)
        shown = "" if value is None else float(round(value, 3))
        if not all(cells):
            # Made of cells of another sheet: worked out when the file comes back.
            sheet.write(number, position, shown, self.styles["computed"])
        elif "sum" in told:
            joined = ",".join(cells)
            needed = len(cells) if told.get("all") else 1
            formula = f'=IF(COUNT({joined})<{needed},"",SUM({joined}))'
            sheet.write_formula(number, position, formula, self.styles["computed"], shown)
        else:
            above, below = cells
            formula = f'=IF(OR(N({below})=0,COUNT({above})=0),"",{above}*{told["times"]:g}/{below})'
            sheet.write_formula(number, position, formula, self.styles["computed"], shown)

    def head(self) -> None:
        """Header lines and written parts, each with its key in the hidden first column."""
        sheet = self.book.add_worksheet(layout.HEAD_SHEET)
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_column(1, 1, 52)
        sheet.set_column(2, 2, 70)
        form, number = self.draft.shape.form, 0
        sheet.write_string(number, 1, form.title.vi, self.styles["title"])
        for line in form.header:
            number += 1
            sheet.write_string(number, 1, line.label.vi, self.styles["label"])
            if line.key in self.draft.shape.header:
                sheet.write_string(number, 0, keys.header(line.key))
                self._input(sheet, number, 2, keys.header(line.key))
            else:
                value = self.draft.filled.header.get(line.key)
                sheet.write_string(number, 2, "" if value is None else str(value), self.styles["fixed"])
        for section in form.sections:
            number += 1
            sheet.write_string(number, 0, keys.section(section.key))
            sheet.write_string(number, 1, section.label.vi, self.styles["label"])
            self._input(sheet, number, 2, keys.section(section.key))
        sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})

    def meta(self) -> None:
        sheet = self.book.add_worksheet(layout.META)
        sheet.write_string(0, 0, json.dumps(meta_of(self.draft), ensure_ascii=False))
        sheet.very_hidden()
