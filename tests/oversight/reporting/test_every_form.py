"""Every form of the law book opens in its own version and prints in every format, empty and filled in."""

from __future__ import annotations

import io
import json
import os
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.oversight.reporting import province

from atvsld.documents.render import render
from atvsld.kit.certainty import Certainty
from atvsld.kit.periods import Period
from atvsld.kit.text import format_number
from atvsld.law import load_book
from atvsld.law.forms import FormSpec, Table, settle
from atvsld.oversight.reporting import paper
from atvsld.oversight.reporting import subject as subjects
from atvsld.oversight.reporting.compute import compute, plan_of
from atvsld.oversight.reporting.files import as_file
from atvsld.oversight.reporting.result import ComputedRow, ComputedTable, Report
from atvsld.oversight.reporting.words import Words

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 5, 2, tzinfo=UTC)
FORMS = [pytest.param(form, id=f"{form.code}@{form.valid_from}") for form in load_book().forms]
# Where to leave the printed forms for somebody to look at; nowhere in an ordinary run.
LOOK = os.environ.get("LOOK_AT_FORMS")


@pytest.fixture
def world():
    top, communes = province.places()
    owners = province.establishments(communes)
    province.accidents(communes, owners, seed=1, count=40)
    return top, communes, owners


def period_of(form: FormSpec) -> Period:
    """A period the form holds for: the year 2024, its first year after, or its last before."""
    for year in (2024, 2025, 2026, 2018):
        if form.holds_on(date(year, 12, 31)):
            return Period.parse(str(year))
    raise AssertionError(form.code)


def report_of(form: FormSpec, owners: list[Any]) -> Report:
    period = period_of(form)
    if "establishment" in form.subjects:
        subject = subjects.for_establishment(owners[0].tax_code)
    else:
        subject = subjects.for_place("48", period, today=AT.date())
    return compute(load_book(), form=form.for_period(period), period=period, subject=subject, as_of=AT)


def filled(report: Report) -> tuple[Report, Words]:
    """The report with a figure or a word in every place a reporter may fill."""
    plan = plan_of(load_book(), report.form, report.period)
    values: dict[str, dict[str, dict[str, Decimal | None]]] = {}
    cells: dict[str, str] = {}
    for table in report.form.tables:
        values[table.id] = {}
        for number, row in enumerate(plan.rows[table.id]):
            if not row.holds_figures or row.formula:
                continue
            given = row.source.given if row.source else "number"
            if given in ("text", "month"):
                cells |= {
                    f"{table.id}/{row.key}/{column.key}": "2025-03" if given == "month" else "Công ty Dịch vụ Thử"
                    for column in table.leaf_columns
                    if column.kind == "entry"
                }
                continue
            keys = [key for column in table.leaf_columns if column.kind in ("measure", "entry") for key in
                    (column.key, column.pair if given == "pair" else None) if key]  # fmt: skip
            values[table.id][row.key] = {key: Decimal(1234 + number) for key in keys}
    settled = settle(report.form, plan.rows, values, plan.factors)
    tables = tuple(
        ComputedTable(table, tuple(ComputedRow(row, settled[table.id].get(row.key, {})) for row in plan.rows[table.id]))
        for table in report.form.tables
    )
    words = Words(
        cells=cells,
        lists={table.id: tuple(_line(table, number) for number in range(4)) for table in report.form.tables
               if table.open_rows},
        sections={section.key: f"Nội dung viết của mục {section.key}." for section in report.form.sections},
        header={line.key: f"Dòng {line.key}" for line in report.form.header if line.source == "entry"},
    )  # fmt: skip
    return replace(report, tables=tables), words


def _line(table: Table, number: int) -> dict[str, str]:
    said = {"entry": "1.000,5", "day": "2025-03-08", "text": f"Chữ {number}"}
    return {column.key: said[column.kind] for column in table.given_columns}


def pairs_of(report: Report) -> set[str]:
    """The cells of two figures as they print."""
    held = {
        (row.cells[column.key], row.cells[column.pair])
        for table in report.tables
        for column in table.table.leaf_columns
        for row in table.rows
        if column.pair and row.row.source and row.row.source.given == "pair"
    }
    return {"/".join(format_number(figure or 0) for figure in pair) for pair in held}


def looked_at(form: FormSpec, name: str, content: bytes) -> None:
    if LOOK:
        Path(LOOK, f"{form.code}@{form.valid_from}{name}").write_bytes(content)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_prints_empty_and_filled_in_every_format(form, world) -> None:
    empty = report_of(form, world[2])
    full, words = filled(empty)
    html = render(paper.document(empty), "html").decode()
    assert form.title.vi in html
    if form.status not in (Certainty.OFFICIAL, Certainty.LOCAL):
        assert form.status.label_vi in html
    document = paper.document(full, words=words)
    page, told = render(document, "html").decode(), json.loads(as_file(full, "json")[0])
    assert told["form"] == form.code
    assert [table["id"] for table in told["tables"]] == [table.id for table in form.tables]
    for text in (*words.sections.values(), *words.header.values()):
        assert text in page
    for table in form.tables:
        if table.open_rows:
            assert "Chữ 3" in page
        if table.total and any(column.kind == "entry" for column in table.leaf_columns):
            assert "4.002" in page, "bốn dòng 1.000,5"
    word = zipfile.ZipFile(io.BytesIO(render(document, "docx"))).read("word/document.xml").decode()
    book = openpyxl.load_workbook(io.BytesIO(render(document, "xlsx")), read_only=True)
    assert form.signature.title.vi in word
    told_in_excel = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value}
    assert pairs_of(full) <= told_in_excel, "hai số của một ô"
    printed = render(document, "pdf")
    assert printed.startswith(b"%PDF")
    for name, content in ((".pdf", printed), (".docx", render(document, "docx"))):
        looked_at(form, name, content)
    if LOOK:
        looked_at(form, "-empty.pdf", render(paper.document(empty), "pdf"))
