"""All formats of a paper in one place."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from atvsld.documents.as_html import to_html, to_html_page
from atvsld.documents.as_json import to_json
from atvsld.documents.model import Document

__all__ = ["FORMATS", "Format", "render", "render_many", "to_docx", "to_html", "to_json", "to_pdf", "to_xlsx"]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to hand out a paper: name and ending of the file, media type, the word people use for it."""

    name: str
    media_type: str
    label: str
    make: Callable[[Document], bytes]


def to_docx(doc: Document) -> bytes:
    """The paper as a Word file."""
    from atvsld.documents.as_docx import to_docx as make

    return make(doc)


def to_pdf(doc: Document) -> bytes:
    """The paper as PDF/A-2b. Raises FontsMissing when the fonts are not installed."""
    from atvsld.documents.as_pdf import to_pdf as make

    return make(doc)


def to_xlsx(doc: Document) -> bytes:
    """The paper as an Excel workbook, a sheet for each table."""
    from atvsld.documents.as_xlsx import to_xlsx as make

    return make(doc)


def _html(doc: Document) -> bytes:
    return to_html_page(doc).encode()


def _json(doc: Document) -> bytes:
    return json.dumps(to_json(doc), ensure_ascii=False, indent=1).encode()


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        Format("html", "text/html; charset=utf-8", "HTML", _html),
        Format("docx", f"{_OFFICE}.wordprocessingml.document", "Word", to_docx),
        Format("pdf", "application/pdf", "PDF", to_pdf),
        Format("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "Excel", to_xlsx),
        Format("json", "application/json", "JSON", _json),
    )
}


def render(doc: Document, format_name: str) -> bytes:
    """The paper in the named format. Raises KeyError for a name that is not in FORMATS."""
    return FORMATS[format_name].make(doc)


def render_many(docs: Sequence[Document], format_name: str) -> bytes:
    """Papers one after another in one file (a mail merge): `docx` or `pdf`. KeyError for another format."""
    from atvsld.documents.as_docx import many_to_docx
    from atvsld.documents.as_pdf import many_to_pdf

    return {"docx": many_to_docx, "pdf": many_to_pdf}[format_name](docs)
