"""The receipt as a paper, as a picture to scan, and the proof that what is stored is what was received."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.utils.translation import gettext as _

from atvsld.casework.accidents.declarations import sealing
from atvsld.casework.accidents.declarations.models import Declaration, Receipt
from atvsld.documents.model import Chart, Document, KeyValues, Paragraph
from atvsld.kit.text import format_date
from atvsld.platform import vault
from atvsld.platform.ui.formats_text import moment

# Modules of white around the code, as scanners want them.
QUIET = 4
_PIXELS = 6


def holds(declaration: Declaration) -> bool:
    """Whether the record still says what its receipt says: content, victims and reporter alike."""
    told = declaration.content
    try:
        marks = (
            sealing.mark_of(declaration.reporter_sealed, purpose=sealing.REPORTER) == told.get("reporter_mark", ""),
            sealing.mark_of(declaration.persons_sealed, purpose=sealing.PERSONS) == told.get("persons_mark", ""),
        )
    except vault.CannotOpen:
        return False
    return all(marks) and sealing.digest(told) == declaration.content_hash == declaration.receipt.content_hash


def picture(address: str) -> str:
    """The address as a QR code, SVG to stand in a page (no inline style)."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", border=QUIET, xmldecl=False, svgns=True, unit="", scale=4, svgclass="qr", lineclass="qr-line"
    )
    return out.getvalue().decode()


def paper(receipt: Receipt, address: str) -> Document:
    """The receipt for print; nothing in it is personal."""
    told = receipt.declaration
    pairs: tuple[tuple[str, Any], ...] = (
        (_("Số"), told.number),
        (_("Lần"), str(told.version)),
        (_("Nhận lúc"), moment(told.received_at)),
        (_("Mã biên nhận"), receipt.grouped),
        (_("Mã băm SHA-256 của nội dung"), receipt.content_hash),
        (_("Kiểm tra tại"), address),
    )
    return Document(
        title=_("Biên nhận khai báo, tin báo tai nạn lao động"),
        blocks=(
            KeyValues(pairs),
            Chart(_spec(address), _("Mã QR dẫn tới trang kiểm tra biên nhận"), 220, 220),
            Paragraph(
                _("Ai cầm biên nhận này cũng kiểm tra được số, thời điểm nhận và mã băm. Biên nhận không chứa thông "
                  "tin cá nhân và không thay cho kết luận về vụ tai nạn."), "small",
            ),
        ),
        footer=f"{told.number} · {format_date(told.received_at)}",
    )  # fmt: skip


def _spec(address: str) -> dict[str, Any]:
    """The QR code as a chart of black squares, so that every format draws it."""
    matrix = [list(row) for row in segno.make(address, error="m").matrix]
    size = len(matrix)
    dark = [
        {"x": x + QUIET, "y": y + QUIET, "x2": x + QUIET + 1, "y2": y + QUIET + 1}
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    ]
    scale = {"domain": [0, size + 2 * QUIET], "nice": False}
    return {
        "data": {"values": dark},
        "mark": {"type": "rect", "color": "black", "strokeWidth": 0},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "axis": None, "scale": scale},
            "x2": {"field": "x2"},
            "y": {"field": "y", "type": "quantitative", "axis": None, "scale": scale | {"reverse": True}},
            "y2": {"field": "y2"},
        },
        "config": {"view": {"stroke": None}, "background": "white"},
    }
