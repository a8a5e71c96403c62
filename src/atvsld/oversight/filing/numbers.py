"""Figures as people type and paste them, and as they are stored."""

from __future__ import annotations

import re
from decimal import Decimal

# What a stored figure can hold: 17 digits before the point, 3 behind it.
MOST_WHOLE, MOST_DECIMALS = 17, 3
_SPACES = str.maketrans("", "", "\u00a0\u202f\u2009 ")
# 1.234.567,5 as in Vietnamese; 1,234,567.5 only where both marks, or the same one twice, leave no doubt.
_VIETNAMESE = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"-?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})")
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")


class NotANumber(ValueError):
    """A text in a cell for a figure that is no figure; it is kept as typed and marked."""


def read(text: str) -> Decimal | None:
    """The figure of a text: `1.234,5`, `1234,5`, `1234.5`, `1,234.5`; None for an empty one.

    Dots before groups of three digits part thousands, as Vietnamese writes them: `1.234` is 1234. A lone comma stands
    before decimals. `NotANumber` for anything else, and for more digits than a figure can hold.
    """
    bare = text.translate(_SPACES).replace("−", "-").strip()
    if not bare:
        return None
    if _VIETNAMESE.fullmatch(bare):
        plain = bare.replace(".", "").replace(",", ".")
    elif _ENGLISH.fullmatch(bare):
        plain = bare.replace(",", "")
    elif _PLAIN.fullmatch(bare):
        plain = bare.replace(",", ".")
    else:
        raise NotANumber(text)
    whole, _point, decimals = plain.lstrip("-").partition(".")
    if len(whole.lstrip("0")) > MOST_WHOLE or len(decimals.rstrip("0")) > MOST_DECIMALS:
        raise NotANumber(text)
    return Decimal(plain)


def plain(value: Decimal | None) -> str | None:
    """A figure as stored in JSON: `1234.5`, never in powers of ten; None stays None."""
    if value is None:
        return None
    rounded = round(value, MOST_DECIMALS)
    return f"{rounded.normalize():f}" if rounded else "0"


def typed(value: Decimal | None) -> str:
    """A figure as it is typed again: `1234,5`, without dots between thousands."""
    return (plain(value) or "").replace(".", ",")
