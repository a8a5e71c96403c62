"""Where the fonts of printed papers lie: Tinos (widths of Times New Roman, every Vietnamese letter), set up by lock file."""

from __future__ import annotations

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
        raise FontsMissing(f"Thiếu phông chữ {', '.join(missing)}; chạy bước cài đặt (python tools/assets.py) rồi thử lại.")
    return _FOLDER
