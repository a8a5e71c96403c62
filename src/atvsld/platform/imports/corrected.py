"""The file given back after an import: the sender's own cells, each bad one coloured and commented."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.imports.columns import Spec
from atvsld.platform.imports.mapping import Mapping
from atvsld.platform.imports.reading import Sheet, open_book
from atvsld.platform.imports.reading.sheet import NumberedRow
from atvsld.platform.imports.source import from_book

# A larger file comes back with its rejected rows only: that is what has to be mended, and it can be sent as it is.
WHOLE_UP_TO = 20_000


def corrected_workbook(
    path: Path, spec: Spec, mapping: Mapping | None, problems: Iterable[Problem], output: Path
) -> None:
    """Write the workbook to `output`. Raises `FileRefused` when the original can no longer be read."""
    source = from_book(open_book(path, largest=settings.IMPORT_MAX_BYTES), spec, mapping)
    book = open_book(path, largest=settings.IMPORT_MAX_BYTES)
    sheet = next(sheet for sheet in book.sheets if sheet.name == source.sheet)
    by_row: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.row is not None:
            by_row[problem.row].append(problem)
    positions = {binding.column: binding.position for binding in source.bindings}
    rows = list(_chosen(sheet, source.header_row, by_row))
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy hh:mm"}
    with xlsxwriter.Workbook(str(output), options) as workbook:
        page = workbook.add_worksheet(_("Cần sửa"))
        bad = workbook.add_format({"bg_color": "#FFC7CE", "border": 1, "border_color": "#9C0006"})
        head = workbook.add_format({"bold": True, "bg_color": "#DCE6F2"})
        page.freeze_panes(1 if rows and rows[0][0] == source.header_row else 0, 0)
        for at, (number, cells) in enumerate(rows):
            wrong = {positions.get(problem.column or "") for problem in by_row.get(number, ())}
            for position, cell in enumerate(cells):
                form = head if number == source.header_row else bad if position in wrong else None
                _write(page, at, position, cell, form)
            if number == source.header_row:
                page.write_string(at, source.width, _("Dòng gốc"), head)
                page.write_string(at, source.width + 1, _("Cần sửa"), head)
            elif number in by_row:
                page.write_number(at, source.width, number)
                page.write_string(at, source.width + 1, " ".join(map(str, by_row[number]))[:32_000], bad)
                _comment(page, at, by_row[number], positions)
        page.set_column(0, max(0, source.width - 1), 16)
        page.set_column(source.width + 1, source.width + 1, 90)


def _chosen(sheet: Sheet, header_row: int, by_row: dict[int, list[Problem]]) -> Iterator[NumberedRow]:
    held: list[NumberedRow] = []
    whole = True
    for number, row in sheet.rows():
        if number < header_row and not whole:
            continue
        held.append((number, row))
        if whole and len(held) > WHOLE_UP_TO:
            whole = False
            held = [kept for kept in held if kept[0] == header_row or kept[0] in by_row]
        elif not whole and number not in by_row:
            held.pop()
    yield from held


def _write(page: Any, row: int, position: int, cell: Any, form: Any) -> None:
    if cell is None or cell == "":
        if form is not None:
            page.write_blank(row, position, None, form)
    elif isinstance(cell, bool):
        page.write_boolean(row, position, cell, form)
    elif isinstance(cell, int | float):
        page.write_number(row, position, cell, form)
    elif isinstance(cell, datetime | date):
        page.write_datetime(row, position, cell, form)
    else:
        page.write_string(row, position, str(cell)[:32_000], form)


def _comment(page: Any, row: int, problems: list[Problem], positions: dict[str, int | None]) -> None:
    texts: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        texts[positions.get(problem.column or "") or 0].append(str(problem))
    for position, lines in texts.items():
        page.write_comment(row, position, "\n".join(lines)[:1_500], {"x_scale": 2.5, "y_scale": 1.5})
