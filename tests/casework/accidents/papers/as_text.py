"""A document as plain lines, for golden files that a reviewer can read."""

from __future__ import annotations

import os
from pathlib import Path

from atvsld.documents import display
from atvsld.documents.model import (
    Document,
    Heading,
    KeyValues,
    Notice,
    Paragraph,
    QrCode,
    SignatureHere,
    Signatures,
    Table,
)

GOLDEN = Path(__file__).with_name("golden")


def lines(doc: Document) -> list[str]:
    head = doc.letterhead
    assert head is not None
    made = [f"[{head.parent_body or ''} | {head.body}] {display.document_number(doc)} | {display.place_and_day(doc)}"]
    made += [f"# {doc.title} / {doc.subtitle}", f"→ {doc.addressed_to}"]
    for block in doc.blocks:
        made += _block(block)
    made.append(f"~ {doc.signature.title} / {doc.signature.name}" if doc.signature else "~")
    made += [f"- {item}" for item in (doc.recipients.items if doc.recipients else ())]
    return [*made, f"_ {display.page_footer(doc)}"]


def _block(block) -> list[str]:  # noqa: PLR0911 — one answer a kind
    match block:
        case Heading():
            return [f"## {block.text}"]
        case Paragraph():
            return [f"{block.style}: {block.text}"]
        case KeyValues():
            return [f"{label}: {display.cell_text(cell, language='vi')}" for label, cell in block.cells]
        case Table():
            return [
                f"| {' | '.join(leaf.label for leaf in block.leaves)}",
                *(f"| {' | '.join(display.row_texts(block, row, 'vi'))}" for row in block.rows),
            ]
        case Notice():
            return [f"! {block.text}"]
        case Signatures():
            return [f"✍ {one.title} / {one.name} {one.note}" for one in block.signers]
        case QrCode():
            return [f"▦ {block.caption}"]
        case SignatureHere():
            return ["…"]
    raise AssertionError(block)


def assert_golden(name: str, doc: Document) -> None:
    """Compare with the kept text; UPDATE_GOLDEN=1 writes it."""
    text = "\n".join(lines(doc)) + "\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
