"""Reading our own papers back: which code a file carries, and where its figures differ from the kept one.

Only what people read is compared: the cells of tables, the words of a page. A file that cannot be read says nothing.
"""

from __future__ import annotations

import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from atvsld.platform.files.kinds import recognise

READABLE = ("json", "pdf", "docx", "xlsx", "html")
_CODE = re.compile(r"(?<![0-9A-Z])([2-9BCDFGHJKMNP-TV-Z]{5})-?([2-9BCDFGHJKMNP-TV-Z]{5})(?![0-9A-Z])")
# A package that unpacks to more than this is no report of ours.
_MOST_UNPACKED = 200 * 1024 * 1024
# Reading the words of a PDF costs about a quarter of a second a page.
_MOST_PDF = 8 * 1024 * 1024
_MOST_PAGES = 60
# So many places are named; more of them say nothing new.
MOST_SPOTS = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a file says something else: `where` in words, the kept text and the one found."""

    where: str
    kept: str
    found: str

    def to_data(self) -> dict[str, str]:
        return {"where": self.where, "kept": self.kept, "found": self.found}


class _Unreadable(Exception):
    """The file is damaged or no paper of ours."""


def kind_of(content: bytes) -> str:
    """The format of a file by its content; empty for one that reports are never made in."""
    kind = recognise(content)
    return kind.name if kind is not None and kind.name in READABLE else ""


def codes_in(content: bytes, kind: str) -> list[str]:
    """Everything in a file that looks like a code, in the order it stands there."""
    try:
        if kind == "json":
            told = json.loads(content).get("snapshot", {})
            return [str(told.get("code", ""))]
        found = (match for text in _texts(content, kind) for match in _CODE.finditer(text))
        return list(dict.fromkeys("".join(match.groups()) for match in found))
    except (_Unreadable, ValueError, AttributeError):
        return []


def differing(kept: bytes, given: bytes, kind: str) -> list[Spot] | None:
    """Where the given file says other figures than the kept one; None when it cannot be read."""
    try:
        if kind == "json":
            return _limited(_in_data(kept, given))
        if kind == "pdf":
            return _limited(_in_lines(_pdf_lines(kept), _pdf_lines(given)))
        if kind in ("docx", "xlsx"):
            read = _word_tables if kind == "docx" else _sheets
            return _limited(_in_tables(read(kept), read(given)))
    except (_Unreadable, ValueError, KeyError, AttributeError, TypeError):
        return None
    return None


def _limited(spots: Iterator[Spot]) -> list[Spot]:
    return list(itertools.islice(spots, MOST_SPOTS))


def _in_data(kept: bytes, given: bytes) -> Iterator[Spot]:
    before, after = json.loads(kept), json.loads(given)
    for part in ("header", "tables", "coverage"):
        old, new = dict(_leaves(before[part], part)), dict(_leaves(after.get(part), part))
        for where in dict.fromkeys([*old, *new]):
            if old.get(where) != new.get(where):
                place = where.removeprefix("tables/").replace("/rows/", "/").replace("/values/", "/")
                yield Spot(place, _word(old.get(where)), _word(new.get(where)))


def _leaves(data: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, f"{path}/{key}")
    elif isinstance(data, list):
        for place, value in enumerate(data, start=1):
            name = (value.get("key") or value.get("id") or place) if isinstance(value, dict) else place
            yield from _leaves(value, f"{path}/{name}")
    else:
        yield path, data


def _in_tables(kept: list[list[list[str]]], given: list[list[list[str]]]) -> Iterator[Spot]:
    no_rows: list[list[str]] = []
    no_cells: list[str] = []
    for table, (old, new) in enumerate(itertools.zip_longest(kept, given, fillvalue=no_rows), start=1):
        for line, (was, now) in enumerate(itertools.zip_longest(old, new, fillvalue=no_cells), start=1):
            for place, (left, right) in enumerate(itertools.zip_longest(was, now, fillvalue=""), start=1):
                if left != right:
                    name = (was or now)[0] if place > 1 else ""
                    yield Spot(f"bảng {table}, dòng {line}, cột {place}" + (f" ({name})" if name else ""), left, right)


def _in_lines(kept: list[str], given: list[str]) -> Iterator[Spot]:
    import difflib

    matcher = difflib.SequenceMatcher(None, kept, given, autojunk=False)
    for verb, left, right, low, high in matcher.get_opcodes():
        if verb != "equal":
            yield Spot(f"dòng chữ {left + 1}", " ⏎ ".join(kept[left:right]), " ⏎ ".join(given[low:high]))


def _texts(content: bytes, kind: str) -> Iterator[str]:
    if kind == "pdf":
        yield from _pdf_lines(content, with_keywords=True)
    elif kind == "html":
        yield content.decode("utf-8", "replace")
    else:
        with _package(content) as package:
            # The keywords of the file come before its text, which also names the number it stands for.
            for name in sorted(package.namelist(), key=lambda name: not name.startswith("docProps/")):
                if name.endswith(".xml"):
                    yield package.read(name).decode("utf-8", "replace")


def _pdf_lines(content: bytes, *, with_keywords: bool = False) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if len(content) > _MOST_PDF:
        raise _Unreadable
    try:
        reader = PdfReader(io.BytesIO(content))
        if len(reader.pages) > _MOST_PAGES:
            raise _Unreadable
        keywords = [str(reader.metadata.get("/Keywords", "") if reader.metadata else "")] if with_keywords else []
        lines = [line.strip() for page in reader.pages for line in page.extract_text().splitlines()]
    except (PyPdfError, RecursionError, OSError) as error:
        raise _Unreadable from error
    return [*keywords, *(line for line in lines if line)]


def _word_tables(content: bytes) -> list[list[list[str]]]:
    import docx
    from docx.oxml.ns import qn

    with _package(content):
        pass
    try:
        file = docx.Document(io.BytesIO(content))
    except Exception as error:  # python-docx raises whatever its XML library does
        raise _Unreadable from error
    body = file.element.body
    return [
        [[_cell(cell) for cell in row.iter(qn("w:tc"))] for row in table.iter(qn("w:tr"))]
        for table in body.iter(qn("w:tbl"))
    ]


def _cell(cell: Any) -> str:
    from docx.oxml.ns import qn

    return "".join(text.text or "" for text in cell.iter(qn("w:t"))).strip()


def _sheets(content: bytes) -> list[list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    with _package(content):
        pass
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
            for name in book.sheet_names
        ]
    except CalamineError as error:
        raise _Unreadable from error


def _package(content: bytes) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise _Unreadable from error
    if sum(part.file_size for part in package.infolist()) > _MOST_UNPACKED:
        raise _Unreadable
    return package


def _word(value: Any) -> str:
    return "–" if value is None else str(value)
