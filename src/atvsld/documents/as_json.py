"""JSON: the facts for machines and, beside each, what people read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from atvsld.documents import display, layout
from atvsld.documents.model import (
    Block,
    Cell,
    CellValue,
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
    SignatureHere,
    Signatures,
    Table,
)


def to_json(doc: Document) -> dict[str, Any]:
    """The paper as plain dicts, lists, strings and numbers; unknown is null, days are ISO 8601.

    Whole numbers are exact; other numbers are exact to 15 significant digits.
    """
    head, sign = doc.letterhead, doc.signature
    return {
        "title": doc.title,
        "subtitle": doc.subtitle,
        "language": doc.language,
        "form_label": doc.form_label,
        "letterhead": head
        and {
            "parent_body": head.parent_body,
            "body": head.body,
            "document_number": head.document_number,
            "place": head.place,
            "day": plain(head.day),
        },
        "addressed_to": doc.addressed_to,
        "blocks": [_block(doc, block) for block in doc.blocks],
        "signature": sign and {"title": sign.title, "name": sign.name, "note": sign.note},
        "recipients": list(doc.recipients.items) if doc.recipients else [],
        "footer": doc.footer,
        "provisional": doc.is_provisional,
        "metadata": json.loads(json.dumps(dict(doc.metadata), default=_other)),
    }


def plain(value: CellValue) -> int | float | str | None:
    """The value as JSON holds it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _other(value: Any) -> Any:
    if isinstance(value, Decimal | date):
        return plain(value)
    return dict(value) if isinstance(value, Mapping) else str(value)


def _cell(cell: Cell, text: str) -> dict[str, Any]:
    found: dict[str, Any] = {"value": plain(cell.value), "text": text}
    if cell.href:
        found["href"] = cell.href
    if cell.note:
        found["note"] = cell.note
    return found


def _block(doc: Document, block: Block) -> dict[str, Any]:  # noqa: C901, PLR0911 — one answer a kind
    match block:
        case Heading():
            return {"type": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"type": "paragraph", "style": block.style, "text": block.text}
        case Sentence():
            pieces = [{"text": piece.text} | ({"tag": piece.tag} if piece.tag else {}) for piece in block.pieces]
            return {"type": "sentence", "tag": block.tag, "text": block.text, "pieces": pieces, "flag": block.flag}
        case KeyValues():
            pairs = [
                {"label": label, **_cell(cell, display.cell_text(cell, language=doc.language))}
                for label, cell in block.cells
            ]
            return {"type": "key_values", "pairs": pairs}
        case Table():
            return _table(doc, block)
        case Chart():
            return {"type": "chart", "alt": block.alt, "spec": json.loads(json.dumps(block.spec, default=_other))}
        case Notice():
            return {"type": "notice", "level": block.level, "text": block.text}
        case PageBreak():
            return {"type": "page_break"}
        case SignatureHere():
            return {"type": "signature_here"}
        case Signatures():
            people = [{"title": one.title, "name": one.name, "note": one.note} for one in block.signers]
            return {"type": "signatures", "signers": people}
        case QrCode():
            return {"type": "qr", "content": block.content, "caption": block.caption}


def _table(doc: Document, table: Table) -> dict[str, Any]:
    paths, numbers = layout.label_paths(table), layout.column_numbers(table)
    return {
        "type": "table",
        "id": table.id,
        "title": table.title,
        "unit": table.unit,
        "columns": [
            {"label": leaf.label, "path": list(path), "number": number, "kind": leaf.kind}
            for leaf, path, number in zip(table.leaves, paths, numbers, strict=True)
        ],
        "rows": [_row(doc, table, row) for row in table.rows],
        "notes": list(table.notes),
    }


def _row(doc: Document, table: Table, row: Row) -> dict[str, Any]:
    texts = display.row_texts(table, row, doc.language)
    cells = [_cell(cell, text) for cell, text in zip(row.cells, texts, strict=True)]
    return {"key": row.key, "kind": row.kind, "level": row.level, "cells": cells}
