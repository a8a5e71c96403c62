"""The fonts of printed papers: Tinos (widths of Times New Roman, every Vietnamese letter), set up by lock file."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

FAMILY = "Tinos"
_FOLDER = Path(__file__).parent / "fonts"
_FILES = ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")


class FontsMissing(RuntimeError):
    """The fonts were not set up; a paper in other letters must not leave the house."""


def fonts_folder() -> Path:
    """The folder with the four faces. Raises FontsMissing."""
    missing = [name for name in _FILES if not (_FOLDER / name).is_file()]
    if missing:
        raise FontsMissing(
            f"Thiếu phông chữ {', '.join(missing)}; chạy bước cài đặt (python tools/assets.py) rồi thử lại."
        )
    return _FOLDER


@cache
def letters() -> frozenset[int]:
    """The code points the fonts can print (the Unicode table of the regular face; OpenType `cmap`, format 4)."""
    data = (fonts_folder() / _FILES[0]).read_bytes()
    tables = {data[at : at + 4]: struct.unpack(">L", data[at + 8 : at + 12])[0] for at in _records(data)}
    cmap = tables[b"cmap"]
    for place in range(struct.unpack(">H", data[cmap + 2 : cmap + 4])[0]):
        _, _, offset = struct.unpack(">HHL", data[cmap + 4 + 8 * place : cmap + 12 + 8 * place])
        if struct.unpack(">H", data[cmap + offset : cmap + offset + 2])[0] == 4:
            return frozenset(_format_4(data, cmap + offset))
    raise FontsMissing("Phông chữ không có bảng mã Unicode.")


def _records(data: bytes) -> range:
    return range(12, 12 + 16 * int(struct.unpack(">H", data[4:6])[0]), 16)


def _format_4(data: bytes, start: int) -> set[int]:
    def numbers(at: int, count: int) -> tuple[int, ...]:
        return struct.unpack(f">{count}H", data[at : at + 2 * count])

    count = numbers(start + 6, 1)[0] // 2
    ends, firsts = numbers(start + 14, count), numbers(start + 16 + 2 * count, count)
    deltas, offsets = numbers(start + 16 + 4 * count, count), numbers(start + 16 + 6 * count, count)
    found: set[int] = set()
    for segment in range(count):
        for code in range(firsts[segment], min(ends[segment], 0xFFFE) + 1):
            if offsets[segment]:
                at = start + 16 + 6 * count + 2 * segment + offsets[segment] + 2 * (code - firsts[segment])
                glyph = numbers(at, 1)[0]
            else:
                glyph = (code + deltas[segment]) & 0xFFFF
            if glyph:
                found.add(code)
    return found


def printable(text: str) -> str:
    """The text with `□` for letters the fonts lack: a foreign name must not stop a whole report from printing."""
    if text.isascii():
        return text
    known = letters()
    return "".join(char if ord(char) in known or ord(char) < 0x80 else _stand_in(char) for char in text)


def _stand_in(char: str) -> str:
    """Nothing for marks without a body (joiners, variation selectors), a space for spaces, else a box."""
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in {"Cf", "Mn", "Me"} else "□"
