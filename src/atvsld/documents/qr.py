"""Square codes (QR) as pictures."""

from __future__ import annotations

import io

import segno

# Millimetres at which a telephone reads a short address from paper.
SIDE = 22


def qr_svg(content: str) -> str:
    """The code as SVG that scales; error correction M survives a fold or a stamp's edge."""
    kept = io.BytesIO()
    segno.make(content, error="m", micro=False).save(kept, kind="svg", border=2, xmldecl=False, omitsize=True)
    return kept.getvalue().decode()


def qr_png(content: str) -> bytes:
    """The code as PNG for Word."""
    kept = io.BytesIO()
    segno.make(content, error="m", micro=False).save(kept, kind="png", border=2, scale=8)
    return kept.getvalue()
