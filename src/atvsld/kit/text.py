"""Vietnamese text: folding for search, sort order, numbers and dates as people write them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

_LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
# Order of tones in Vietnamese dictionaries: level, hanging, asking, tumbling, sharp, heavy.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# Wide enough for any sum of money or product of counts; the default of 28 digits refuses some.
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)


class _Bare(dict[int, str]):
    """Code point → its letter without marks, worked out when first met: files bring names by the million."""

    def __missing__(self, point: int) -> str:
        parts = (part for part in unicodedata.normalize("NFD", chr(point)) if not unicodedata.combining(part))
        self[point] = bare = "".join(parts).replace("đ", "d")
        return bare


_BARE = _Bare()


def fold(text: str) -> str:
    """Lower case without tone or letter marks, spaces collapsed: `Điện  Bàn` → `dien ban`."""
    return " ".join(text.lower().translate(_BARE).split())


def sort_key(text: str) -> tuple[str, str, str]:
    """Key for Vietnamese dictionary order: letters first (ă â đ ê ô ơ ư are letters), tones break ties.

    A tone counts for its syllable wherever it is written, so `Hòa` and `Hoà` stand together.
    """
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        tone, kept = 0, []
        for mark in unicodedata.normalize("NFD", char):
            if mark in _TONES:
                tone = _TONES[mark]
            else:
                kept.append(mark)
        letter = unicodedata.normalize("NFC", "".join(kept))
        # Letters are moved above the Latin blocks so that they keep their order and follow digits.
        letters.append(chr(0x1000 + _LETTERS[letter]) if letter in _LETTERS else letter)
        tones.append(" " if char.isspace() else str(tone) if tone else "")
    return "".join(letters), "".join(tones), text


def format_number(number: float | Decimal, decimals: int | None = None, *, language: str = "vi") -> str:
    """A number as printed: `1.234,5` in Vietnamese, `1,234.5` in English.

    `decimals` fixes the places (rounded half up); None prints the places the number has.
    """
    exact = number if isinstance(number, Decimal) else Decimal(str(number))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    elif exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1), context=_EXACT)
    else:
        exact = exact.normalize(context=_EXACT)
    # A rounded -0.04 is nothing, not "minus nothing".
    text = f"{exact or abs(exact):,f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def format_date(day: date | datetime) -> str:
    """dd/mm/yyyy, with hh:mm when a time is given."""
    return day.strftime("%d/%m/%Y %H:%M") if isinstance(day, datetime) else day.strftime("%d/%m/%Y")


def initials(name: str) -> str:
    """A personal name masked to its initials: `Nguyễn Văn An` → `N. V. A.`."""
    return " ".join(f"{word[0].upper()}." for word in name.split())
