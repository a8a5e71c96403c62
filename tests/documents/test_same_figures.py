"""Whatever the table, the five outputs hold the same figures."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
import openpyxl
import pypdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as parser

from atvsld.documents.model import Cell, Column, Document, Row, Table
from atvsld.documents.render import render, to_html, to_json
from atvsld.kit.text import format_number

Figures = list[list[str]]
values = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**12),
    st.decimals(-(10**6), 10**6, places=3),
    st.decimals(0, 100, places=1),
)


@st.composite
def papers(draw: st.DrawFn) -> Document:
    width = draw(st.integers(1, 6))
    flat = [Column(f"C{n}", kind="number", decimals=draw(st.sampled_from([None, None, 0, 2]))) for n in range(width)]
    cut = draw(st.integers(0, width))
    grouped = (*flat[:cut], Column("Nhóm", children=tuple(flat[cut:]))) if cut < width else tuple(flat)
    rows = draw(st.lists(st.lists(values, min_size=width, max_size=width), min_size=1, max_size=6))
    body = tuple(
        Row(f"r{n}", (Cell(f"dòng{n}"), *map(Cell, row)), "total" if n == 0 else "data") for n, row in enumerate(rows)
    )
    language = draw(st.sampled_from(["vi", "en"]))
    table = Table("t", "Bảng", (Column("Tên"), *grouped), body, number_row=draw(st.booleans()))
    return Document("Phép thử", blocks=(table,), language=language, landscape=draw(st.booleans()))


def from_html(doc: Document) -> Figures:
    rows = parser.fromstring(to_html(doc)).xpath("//tbody/tr")
    return [[cell.text_content() for cell in row.xpath("./td")] for row in rows]


def from_json(doc: Document) -> Figures:
    table = to_json(doc)["blocks"][0]
    return [[cell["text"] for cell in row["cells"][1:]] for row in table["rows"]]


def from_docx(doc: Document) -> Figures:
    table = docx.Document(io.BytesIO(render(doc, "docx"))).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    return [row[1:] for row in rows if row[0].startswith("dòng")]


def from_pdf(doc: Document) -> Figures:
    pages = pypdf.PdfReader(io.BytesIO(render(doc, "pdf"))).pages
    words = [word for page in pages for word in page.extract_text().split()]
    figures: Figures = []
    for word in words[next(n for n, word in enumerate(words) if word == "dòng0") :]:
        if word.startswith("dòng"):
            figures.append([])
        else:
            figures[-1].append(word)
    return figures


def from_xlsx(doc: Document) -> Figures:
    """As Excel would show them: the stored number in the stored pattern."""

    def shown(cell: openpyxl.cell.Cell) -> str:
        if cell.value is None:
            return "–"
        pattern = cell.number_format
        places = len(pattern.partition(".")[2])
        return format_number(Decimal(str(cell.value)), places, language=doc.language)

    sheet = openpyxl.load_workbook(io.BytesIO(render(doc, "xlsx"))).worksheets[0]
    width = len(doc.tables[0].leaves)
    rows = [row[:width] for row in sheet.iter_rows() if str(row[0].value).startswith("dòng")]
    return [[shown(cell) for cell in row[1:]] for row in rows]


def tally(doc: Document) -> Figures:
    """By hand from the model."""
    table = doc.tables[0]
    return [
        [
            "–" if cell.value is None else format_number(cell.value, leaf.decimals, language=doc.language)
            for cell, leaf in zip(row.cells[1:], table.leaves[1:], strict=True)
        ]
        for row in table.rows
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(papers())
def test_the_five_outputs_of_any_table_hold_the_same_figures(doc):
    expected = tally(doc)
    for read in (from_html, from_json, from_docx, from_pdf, from_xlsx):
        assert read(doc) == expected, read.__name__


@settings(max_examples=100, deadline=None)
@given(papers())
def test_values_in_json_are_the_values_of_the_model(doc):
    rows = to_json(doc)["blocks"][0]["rows"]
    for row, told in zip(doc.tables[0].rows, rows, strict=True):
        for cell, fact in zip(row.cells[1:], told["cells"][1:], strict=True):
            assert fact["value"] is None if cell.value is None else Decimal(str(fact["value"])) == cell.value
