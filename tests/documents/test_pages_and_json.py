from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree
from lxml import html as parser
from tests.documents.papers import CHART, MARKUP, report, small_table, wide_table

from atvsld.documents.model import Cell, Column, Document, Paragraph, Row, Table
from atvsld.documents.render import FORMATS, render, to_html, to_json


def parsed(doc: Document) -> etree._Element:
    return parser.fromstring(to_html(doc))


def test_every_figure_of_a_page_opens_to_its_records():
    page = parsed(report())
    cells = page.xpath("//section[@id='phan-loai']//tbody//td[@class='num']")
    assert len(cells) == 33
    assert all(cell.xpath("./a[starts-with(@href, '/ho-so/')]") for cell in cells)


def test_a_table_on_a_page_has_caption_header_scopes_and_row_names():
    table = parsed(report()).xpath("//section[@id='phan-loai']//table")[0]
    assert table.xpath("string(caption)") == "Bảng 2. Phân loại"
    assert len(table.xpath("thead/tr")) == 4
    assert table.xpath("thead/tr[1]/th[1]/@rowspan") == ["3"]
    assert table.xpath("thead/tr[1]/th[3]/@colspan") == ["7"]
    assert all(heading.get("scope") for heading in table.xpath("thead//th"))
    assert table.xpath("string(tbody/tr[1]/th[@scope='row'])") == "1. Tổng số"
    assert table.xpath("tbody/tr[@class='heading']/th/@colspan") == ["13"]


def test_text_is_escaped_everywhere():
    evil = "<script>alert(1)</script>"
    table = Table(
        evil, evil, (Column(evil),), (Row(evil, (Cell(evil, note=evil, href='/"><script>'),)),), evil, (evil,)
    )
    page = to_html(Document(evil, evil, (Paragraph(evil), table), footer=evil, addressed_to=evil, form_label=evil))
    assert "<script" not in page


@pytest.mark.parametrize("href", ["javascript:alert(1)", "//elsewhere.example/", "data:text/html,x", "JavaScript:x"])
def test_only_addresses_of_the_site_and_the_web_become_links(href):
    table = Table("t", "T", (Column("A"),), (Row("r", (Cell("x", href=href),)),))
    assert "<a " not in to_html(Document("T", blocks=(table,)))


def test_a_chart_on_a_page_carries_its_specification_and_says_what_it_shows():
    chart = parsed(report()).xpath("//div[@class='chart']")[0]
    assert json.loads(chart.get("data-vega-lite")) == CHART.spec
    assert (chart.get("role"), chart.get("aria-label")) == ("img", CHART.alt)


def test_headings_begin_where_the_page_says():
    page = parser.fromstring(to_html(report(), headings_from=3))
    assert [page.xpath("string(//h3)"), page.xpath("string(//h4)")] == ["Báo cáo", "I. Tình hình chung"]


def test_json_keeps_types_and_null_for_unknown():
    found = to_json(report())
    table = next(block for block in found["blocks"] if block.get("id") == "ty-le")
    assert table["rows"][0]["cells"] == [
        {"value": "2024", "text": "2024"},
        {"value": 29, "text": "29", "note": "Chưa gồm số liệu bổ sung."},
        {"value": 4.5349, "text": "4,53"},
    ]
    assert table["rows"][1]["cells"][1] == {"value": None, "text": "–"}
    assert found["provisional"] is True
    assert found["letterhead"]["day"] == "2026-01-05"
    assert json.loads(render(report(), "json")) == found


def test_metadata_of_any_plain_kind_reaches_json():
    doc = Document("T", metadata={"day": date(2026, 1, 5), "rate": Decimal("1.5"), "deep": {"n": Decimal(2)}})
    assert to_json(doc)["metadata"] == {"day": "2026-01-05", "rate": 1.5, "deep": {"n": 2}}


def test_the_page_that_stands_alone_is_whole():
    page = render(report(), "html").decode()
    assert page.startswith("<!doctype html>")
    assert 'lang="vi"' in page
    assert parser.fromstring(page).xpath("string(//p[@class='paragraph-body'])") == MARKUP


def test_every_format_has_a_media_type_and_an_unknown_one_is_refused():
    assert set(FORMATS) == {"html", "docx", "pdf", "xlsx", "json"}
    assert all("/" in form.media_type for form in FORMATS.values())
    with pytest.raises(KeyError):
        render(Document("T", blocks=(small_table(), wide_table())), "odt")
