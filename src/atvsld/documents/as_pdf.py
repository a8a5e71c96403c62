"""PDF/A-2b by Typst. The template is fixed; the paper reaches it as JSON only, so no text can act as markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from atvsld.documents import display, layout
from atvsld.documents.charts import chart_svg
from atvsld.documents.fonts_folder import FontsMissing, fonts_folder, printable
from atvsld.documents.model import (
    Block,
    Cell,
    Chart,
    Document,
    Heading,
    KeyValues,
    Notice,
    PageBreak,
    Paragraph,
    QrCode,
    Row,
    Sentence,
    Signature,
    SignatureHere,
    Signatures,
    Table,
)
from atvsld.documents.qr import SIDE, qr_svg

# Above this many cells the tags for screen readers cost more memory than a server should give one paper.
GIANT_CELLS = 30_000
_MM_PER_PIXEL = 25.4 / 96
_TEMPLATE = Path(__file__).parent / "typst" / "paper.typ"


def to_pdf(doc: Document) -> bytes:
    """The paper as PDF/A-2b, tagged unless giant. Raises FontsMissing rather than print in other letters."""
    return many_to_pdf((doc,))


def many_to_pdf(docs: Sequence[Document]) -> bytes:
    """Papers in one file (a mail merge), each from a new page with its own head and closing, pages counted anew.

    Title and language are those of the first. Raises FontsMissing as `to_pdf`.
    """
    cells = sum(len(row.cells) for doc in docs for table in doc.tables for row in table.rows)
    data = printable(json.dumps([_paper(doc) for doc in docs], ensure_ascii=False))
    made, warnings = typst.compile_with_warnings(
        _TEMPLATE,
        font_paths=_faces(),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        format="pdf",
        pdf_standards=["a-2b"],
        pdf_tags=cells <= GIANT_CELLS,
        timestamp=_moment(docs[0]),
    )
    about_fonts = [warning.message for warning in warnings if "font" in warning.message]
    if about_fonts:
        raise FontsMissing("; ".join(about_fonts))
    assert isinstance(made, bytes)
    return made


def _moment(doc: Document) -> int | None:
    """The day of the paper as the file's date (Unix seconds), so that one paper always makes the same bytes."""
    day = doc.letterhead.day if doc.letterhead else None
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) if day else None


@cache
def _faces() -> typst.Fonts:
    """Our faces alone, read once: neither the machine's fonts nor those Typst brings along may slip in."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts_folder()])


def _paper(doc: Document) -> dict[str, Any]:
    head, sign, language = doc.letterhead, doc.signature, doc.language
    parts = [
        {
            "landscape": part.landscape,
            "margin": layout.MARGINS[part.landscape],
            "blocks": [_block(doc, block, landscape=part.landscape) for block in part.blocks],
        }
        for part in layout.sections(doc)
    ]
    if not any(isinstance(block, SignatureHere) for block in doc.blocks):
        parts[-1]["blocks"].append({"type": "closing"})  # type: ignore[attr-defined]
    return {
        "title": display.clean(doc.title).upper(),
        "subtitle": display.clean(doc.subtitle),
        "author": str(doc.metadata.get("author", head.body if head else "")),
        "keywords": display.clean(str(doc.metadata.get("verification_code", ""))),
        "lang": language,
        "region": display.LOCALES[language][-2:],
        "words": {name: display.word(language, name) for name in ("to", "recipients", "notes")},
        "form_label": display.clean(doc.form_label),
        "letterhead": head
        and {
            "parent": display.clean(head.parent_body) if head.parent_body else None,
            "body": display.clean(head.body),
            "motto": display.MOTTO,
            "number": display.document_number(doc),
            "place": display.place_and_day(doc),
        },
        "addressed_to": display.clean(doc.addressed_to) if doc.addressed_to else None,
        "signature": sign and _signer(sign),
        "recipients": [display.clean(item) for item in doc.recipients.items] if doc.recipients else [],
        "footer": display.page_footer(doc),
        "sections": parts,
    }


def _block(doc: Document, block: Block, *, landscape: bool) -> dict[str, Any]:  # noqa: C901, PLR0911 — one answer a kind
    match block:
        case Heading():
            return {"type": "heading", "level": block.level, "text": display.clean(block.text)}
        case Paragraph():
            return {"type": "paragraph", "style": block.style, "text": display.clean(block.text)}
        case Sentence():
            flag = display.flag_text(block.flag) if block.flag else ""
            return {"type": "sentence", "text": display.clean(block.text), "flag": flag}
        case KeyValues():
            pairs = [
                {"label": display.clean(label), "text": display.cell_text(cell, language=doc.language)}
                for label, cell in block.cells
            ]
            return {"type": "key_values", "columns": block.columns, "pairs": pairs}
        case Table():
            return _table(doc, block, landscape=landscape)
        case Chart():
            room = layout.text_width(landscape=landscape)
            width = min(block.width * _MM_PER_PIXEL, room)
            return {"type": "chart", "svg": chart_svg(block, doc.language), "alt": block.alt, "width": width}
        case Notice():
            label = display.notice_label(doc.language, block.level)
            return {"type": "notice", "level": block.level, "label": label, "text": display.clean(block.text)}
        case PageBreak():
            return {"type": "page_break"}
        case SignatureHere():
            return {"type": "closing"}
        case Signatures():
            return {"type": "signatures", "lines": [[_signer(one) for one in line] for line in block.lines()]}
        case QrCode():
            return {"type": "qr", "svg": qr_svg(block.content), "side": SIDE, "caption": display.clean(block.caption)}


def _signer(sign: Signature) -> dict[str, Any]:
    name = display.clean(sign.name) if sign.name else None
    return {"title": display.clean(sign.title), "note": display.clean(sign.note), "name": name}


def _table(doc: Document, table: Table, *, landscape: bool) -> dict[str, Any]:
    fitted = layout.fit(table, landscape=landscape, language=doc.language)
    marks = display.remarks(table)
    return {
        "type": "table",
        "title": display.clean(table.title),
        "unit": f"{display.word(doc.language, 'unit')} {display.clean(table.unit)}" if table.unit else "",
        "size": fitted.size,
        "widths": fitted.widths,
        "kinds": [leaf.kind for leaf in table.leaves],
        "named": layout.named_column(table),
        "header": [
            [
                {
                    "x": cell.column,
                    "y": cell.row,
                    "rowspan": cell.rowspan,
                    "colspan": cell.colspan,
                    "label": display.clean(cell.label),
                }
                for cell in row
            ]
            for row in layout.header_rows(table)
        ],
        "numbers": layout.column_numbers(table) if table.number_row else [],
        "rows": [_row(doc, table, row, marks) for row in table.rows],
        "notes": [{"mark": mark, "text": text} for mark, text in display.footnotes(table)],
    }


def _row(doc: Document, table: Table, row: Row, marks: dict[str, str]) -> dict[str, Any]:
    def cell_facts(cell: Cell, text: str) -> dict[str, str]:
        return {"t": text, "m": marks[cell.note]} if cell.note else {"t": text}

    cells = [
        cell_facts(cell, text)
        for cell, text in zip(row.cells, display.row_texts(table, row, doc.language), strict=True)
    ]
    return {"cells": cells, "strong": row.kind != "data", "level": row.level}
