"""Lists as files: XLSX written row by row, CSV streamed; neither holds the list in memory."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import strip_tags

KINDS = ("xlsx", "csv")
PORTION = 2_000
# What one sheet holds, less the heading.
SHEET_ROWS = 1_048_575
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def portions(rows: Iterable[Any], size: int = PORTION) -> Iterator[list[Any]]:
    """The rows in lists of at most `size`."""
    source = iter(rows)
    while portion := list(islice(source, size)):
        yield portion


def plain(value: Any) -> Any:
    """A cell's value without markup and without a time zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or isinstance(value, bool | int | float | Decimal | date):
        return value
    # Markup of a cell goes; text that people wrote with such signs stays.
    return (strip_tags(str(value)) if hasattr(value, "__html__") else str(value)).strip()


def respond(kind: str, name: str, rows: Iterator[list[Any]]) -> HttpResponseBase:
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    return FileResponse(xlsx_file(rows), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


class _Echo:
    def write(self, value: str) -> str:
        return value


def csv_lines(rows: Iterable[list[Any]]) -> Iterator[str]:
    """Comma-separated UTF-8 with a byte-order mark; ISO dates, dots for decimals: for machines."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_csv_cell(plain(value)) for value in row])


def _csv_cell(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    # A leading = + - @ would run as a formula in a spreadsheet program.
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@"} else value


def xlsx_file(rows: Iterator[list[Any]]) -> Any:
    """A workbook in a temporary file, real numbers and dates, heading frozen and filterable."""
    target = tempfile.TemporaryFile()  # noqa: SIM115
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options | {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    heading = next(rows)
    sheet.write_row(0, 0, heading, head)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(heading):
        sheet.set_column(column, column, max(12, min(40, len(title) + 4)))
    number = 0
    for number, row in enumerate(islice(rows, SHEET_ROWS), start=1):
        for column, value in enumerate(map(plain, row)):
            if isinstance(value, datetime):
                sheet.write_datetime(number, column, value, moment)
            elif value is not None:
                sheet.write(number, column, value)
    sheet.autofilter(0, 0, number, max(0, len(heading) - 1))
    book.close()
    target.seek(0)
    return target
