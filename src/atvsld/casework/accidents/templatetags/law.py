"""Citations of the law book as people write them."""

from __future__ import annotations

from django import template

from atvsld.kit.certainty import Citation
from atvsld.law import load_book

register = template.Library()


@register.filter
def cited(citation: Citation | None) -> str:
    """`Điều 35 khoản 2 Luật 84/2015/QH13`; the bare citation when the book does not hold the instrument."""
    if citation is None:
        return ""
    instrument = load_book().instruments.get(citation.instrument)
    if instrument is None:
        return str(citation)
    return f"{citation.locator} {instrument.kind.capitalize()} {instrument.number}".strip()
