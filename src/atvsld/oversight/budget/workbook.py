"""The consolidated estimate as a workbook whose sums are formulas: change an amount, and every total follows.

Each formula carries its result, so programs that do not reckon show the right figure too.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from atvsld.oversight.budget.gather import Estimate
from atvsld.oversight.budget.models import BudgetLine

DETAIL, BY_PAYER, BY_SOURCE, APART = "Chi tiết", "Theo đơn vị", "Theo nguồn", "Không cộng"
HEADS = ("TT", "Đơn vị", "Nhiệm vụ", "Nội dung của kế hoạch", "Nội dung chi", "Cách tính", "Nguồn", "Dự toán (đồng)")
WIDTHS = (6, 34, 40, 26, 40, 30, 26, 18)
FIRST = 4  # rows of title above the heading
AMOUNT = len(HEADS) - 1


@dataclass(slots=True)
class _Book:
    book: Any
    found: Estimate
    text: Any
    money: Any
    head: Any
    bold: Any
    sum: Any
    title: Any
    mark: Any


def written(found: Estimate) -> bytes:
    """The workbook."""
    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(kept, options)
    base = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
    line = base | {"border": 1, "text_wrap": True}
    made = _Book(
        book, found, book.add_format(line), book.add_format(line | {"num_format": "#,##0"}),
        book.add_format(line | {"bold": True, "align": "center", "bg_color": "#F0F0F0"}),
        book.add_format(line | {"bold": True}), book.add_format(line | {"bold": True, "num_format": "#,##0"}),
        book.add_format(base | {"bold": True, "font_size": 14}),
        book.add_format(base | {"bold": True, "bg_color": "#FFE8B8", "font_color": "#8A3B00"}),
    )  # fmt: skip
    book.set_properties({
        "title": f"Tổng hợp dự toán năm {found.year}", "author": found.issuer.name if found.issuer else "",
        "created": datetime(found.on.year, found.on.month, found.on.day),  # noqa: DTZ001 - the day of the paper
    })  # fmt: skip
    sheets = [book.add_worksheet(name) for name in (BY_SOURCE, BY_PAYER, DETAIL)]
    last = _detail(made, sheets[2])
    _by_payer(made, sheets[1], last)
    _by_source(made, sheets[0], last)
    if found.apart:
        _apart(made, book.add_worksheet(APART))
    book.close()
    return kept.getvalue()


def _begin(made: _Book, sheet: Any, about: str, heads: list[str], widths: list[int]) -> None:
    sheet.write_string(0, 0, f"TỔNG HỢP DỰ TOÁN NĂM {made.found.year}", made.title)
    sheet.write_string(1, 0, about, made.book.add_format({"font_name": "Times New Roman", "italic": True}))
    sheet.write_string(2, 0, f"Tạm dùng, chưa được xác nhận: {made.found.layout.note}", made.mark)
    for column, (label, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(FIRST, column, label, made.head)
    sheet.freeze_panes(FIRST + 1, 2)
    sheet.repeat_rows(FIRST)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _formula(made: _Book, sheet: Any, at: tuple[int, int], text: str, value: Decimal) -> None:
    sheet.write_formula(*at, text, made.sum, int(value))


def _detail(made: _Book, sheet: Any) -> int:
    """Payer by payer with a subtotal; gives the last row. SUBTOTAL skips other subtotals: nothing twice."""
    found, at = made.found, FIRST
    _begin(made, sheet, "Chi tiết theo đơn vị, nhiệm vụ", list(HEADS), list(WIDTHS))
    for number, payer in enumerate(found.payers, start=1):
        at += 1
        top = at
        own = [line for line in found.lines if line.payer == payer]
        for n, line in enumerate(own, start=1):
            at += 1
            source = str(BudgetLine.Source(line.source).label)
            texts = (f"{number}.{n}", payer, line.task, line.clause, line.purpose, line.basis, source)
            for column, text in enumerate(texts):
                sheet.write_string(at, column, text, made.text)
            sheet.write_number(at, AMOUNT, int(line.estimate), made.money)
        for column, text in enumerate((str(number), f"Cộng {payer}", "", "", "", "", "")):
            sheet.write_string(top, column, text, made.bold)
        span = f"{xl_rowcol_to_cell(top + 1, AMOUNT)}:{xl_rowcol_to_cell(at, AMOUNT)}"
        _formula(made, sheet, (top, AMOUNT), f"=SUBTOTAL(9,{span})", found.of(payer=payer))
    end = at + 1
    for column, text in enumerate(("", "TỔNG CỘNG", "", "", "", "", "")):
        sheet.write_string(end, column, text, made.bold)
    span = f"{xl_rowcol_to_cell(FIRST + 1, AMOUNT)}:{xl_rowcol_to_cell(max(at, FIRST + 1), AMOUNT)}"
    if found.lines:
        _formula(made, sheet, (end, AMOUNT), f"=SUBTOTAL(9,{span})", found.total)
    return at


def _spans(last: int) -> dict[str, str]:
    """Absolute ranges of the detail sheet: payer, source, amount."""
    found = {}
    for name, column in (("payer", 1), ("source", 6), ("amount", AMOUNT)):
        letter = xl_col_to_name(column)
        found[name] = f"'{DETAIL}'!${letter}${FIRST + 2}:${letter}${max(last, FIRST + 1) + 1}"
    return found


def _by_payer(made: _Book, sheet: Any, last: int) -> None:
    found, spans = made.found, _spans(last)
    sources = [code for code in found.sources if found.of(source=code)]
    labels = [str(BudgetLine.Source(code).label) for code in sources]
    _begin(made, sheet, "Theo đơn vị và nguồn", ["TT", "Đơn vị", *labels, "Cộng"], [6, 44, *([18] * (len(labels) + 1))])
    at = FIRST
    for number, payer in enumerate(found.payers, start=1):
        at += 1
        sheet.write_string(at, 0, str(number), made.text)
        sheet.write_string(at, 1, payer, made.text)
        for column, code in enumerate(sources, start=2):
            head = xl_rowcol_to_cell(FIRST, column, row_abs=True)
            who = xl_rowcol_to_cell(at, 1, col_abs=True)
            text = f"=SUMIFS({spans['amount']},{spans['payer']},{who},{spans['source']},{head})"
            _formula(made, sheet, (at, column), text, found.of(payer=payer, source=code))
        across = f"{xl_rowcol_to_cell(at, 2)}:{xl_rowcol_to_cell(at, len(sources) + 1)}"
        _formula(made, sheet, (at, len(sources) + 2), f"=SUM({across})", found.of(payer=payer))
    sheet.write_string(at + 1, 0, "", made.bold)
    sheet.write_string(at + 1, 1, "TỔNG CỘNG", made.bold)
    sums = [found.of(source=code) for code in sources] + [found.total]
    for column, value in enumerate(sums, start=2):
        if found.lines:
            down = f"{xl_rowcol_to_cell(FIRST + 1, column)}:{xl_rowcol_to_cell(at, column)}"
            _formula(made, sheet, (at + 1, column), f"=SUM({down})", value)


def _by_source(made: _Book, sheet: Any, last: int) -> None:
    found, spans = made.found, _spans(last)
    before = found.year - 1
    heads = ["TT", "Nguồn", f"Dự toán {found.year}", f"Dự toán {before}", f"Được giao {before}", f"Đã chi {before}"]
    _begin(made, sheet, "Theo nguồn, so với năm trước", heads, [6, 48, 20, 20, 20, 20])
    at = FIRST
    for number, code in enumerate(found.sources, start=1):
        at += 1
        sheet.write_string(at, 0, str(number), made.text)
        sheet.write_string(at, 1, str(BudgetLine.Source(code).label), made.text)
        what = xl_rowcol_to_cell(at, 1, col_abs=True)
        _formula(made, sheet, (at, 2), f"=SUMIFS({spans['amount']},{spans['source']},{what})", found.of(source=code))
        held = found.before.get(code)
        for column, name in enumerate(("estimated", "allocated", "spent"), start=3):
            sheet.write_number(at, column, int(getattr(held, name, 0)), made.money)
    sheet.write_string(at + 1, 0, "", made.bold)
    sheet.write_string(at + 1, 1, "TỔNG CỘNG", made.bold)
    last_year = [
        sum((getattr(one, name) for one in found.before.values()), Decimal(0))
        for name in ("estimated", "allocated", "spent")
    ]
    for column, value in enumerate([found.total, *last_year], start=2):
        if at > FIRST:
            down = f"{xl_rowcol_to_cell(FIRST + 1, column)}:{xl_rowcol_to_cell(at, column)}"
            _formula(made, sheet, (at + 1, column), f"=SUM({down})", value)


def _apart(made: _Book, sheet: Any) -> None:
    heads = ["TT", "Đơn vị", "Nhiệm vụ", "Nội dung chi", "Đã tính ở", "Dự toán (đồng)"]
    _begin(made, sheet, "Khoản làm chung, đã tính ở đơn vị chi: không cộng", heads, [6, 34, 40, 40, 34, 18])
    for at, line in enumerate(made.found.apart, start=FIRST + 1):
        texts = (str(at - FIRST), line.payer, line.task, line.purpose, line.holder)
        for column, text in enumerate(texts):
            sheet.write_string(at, column, text, made.text)
        sheet.write_number(at, 5, int(line.estimate), made.money)
