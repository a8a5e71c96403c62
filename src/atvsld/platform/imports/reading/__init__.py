"""Opening a file somebody sent: what it is, whether it is safe to open, its sheets as rows of cells."""

from atvsld.platform.imports.reading.files import open_book
from atvsld.platform.imports.reading.sheet import Book, Sheet

__all__ = ["Book", "Sheet", "open_book"]
