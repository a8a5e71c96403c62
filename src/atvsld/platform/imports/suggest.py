"""Which column of a file probably stands for which of ours: by name without tone marks, synonym and likeness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from atvsld.kit.text import fold
from atvsld.platform.imports.columns import Column, Kind, Spec
from atvsld.platform.imports.findings import FileRefused
from atvsld.platform.imports.reading import Book, Sheet
from atvsld.platform.imports.source import HEADER_WITHIN

# Below this two names are strangers.
LEAST = 0.62
SAMPLES = 3
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the file: its heading, a few of its values, the column of ours it seems to be (or "")."""

    position: int
    text: str
    samples: tuple[str, ...]
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet as it will be read: the row of headings (from 1) and what stands in it."""

    sheet: str
    header_row: int
    headings: tuple[Heading, ...]

    @property
    def folded(self) -> frozenset[str]:
        """The headings as profiles keep them."""
        return frozenset(fold(heading.text) for heading in self.headings)


def layout(book: Book, spec: Spec, *, sheet: str = "", header_row: int = 0) -> Layout | None:
    """The sheet and row that look most like a header, or those asked for; None when nothing stands in the file."""
    best: tuple[float, Sheet, int] | None = None
    for candidate in book.sheets:
        if sheet and candidate.name != sheet:
            continue
        for number, row in _head(candidate):
            if header_row and number != header_row:
                continue
            score = _likeness_of_row(row, spec)
            if best is None or score > best[0]:
                best = (score, candidate, number)
    if best is None:
        return None
    _score, found, number = best
    rows = [row for _number, row in islice(found.rows(), number, number + 50)]
    head = next((list(row) for at, row in _head(found) if at == number), [])
    texts = {position: _text(cell) for position, cell in enumerate(head) if _text(cell)}
    suggested = suggest(texts, spec)
    secret = {column.name for column in spec.columns if column.kind is Kind.SECRET}
    headings = tuple(
        Heading(
            position,
            text,
            () if suggested.get(position) in secret else _samples(rows, position),
            suggested.get(position, ""),
        )
        for position, text in texts.items()
    )
    return Layout(found.name, number, headings)


def suggest(headings: Mapping[int, str], spec: Spec) -> dict[int, str]:
    """Position → column of ours, each used once, the likeliest pairs first."""
    pairs = sorted(
        (
            (likeness(text, column), -position, column.name)
            for position, text in headings.items()
            for column in spec.columns
        ),
        reverse=True,
    )
    found: dict[int, str] = {}
    for score, place, name in pairs:
        if score < LEAST:
            break
        if -place not in found and name not in found.values():
            found[-place] = name
    return found


def likeness(text: str, column: Column) -> float:
    """From 0 to 1: how well a heading names a column."""
    wanted = fold(text.replace("_", " ").replace("*", " "))
    return max((_alike(wanted, name) for name in column.headings), default=0.0) if wanted else 0.0


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    words, further = set(one.split()), set(other.split())
    small, large = sorted((words, further), key=len)
    # Abbreviations of three letters are alike by chance.
    score = SequenceMatcher(None, one, other).ratio() if min(len(one), len(other)) > 3 else 0.0
    if small and small <= large and max(map(len, small)) > 2:
        # `ngày sinh` within `ngày sinh (dd/mm/yyyy)`
        score = max(score, 0.6 + 0.35 * len(small) / len(large))
    return min(score, 0.99)


def _likeness_of_row(row: Sequence[Any], spec: Spec) -> float:
    texts = {position: text for position, cell in enumerate(row) if (text := _text(cell))}
    words = [text for text in texts.values() if not _number(text) and len(text) <= _LONGEST]
    if not words:
        return 0.0
    named = len(suggest({position: text for position, text in texts.items() if text in words}, spec))
    # A row of values has numbers; a title has one cell.
    return 3.0 * named + len(set(words)) - (len(texts) - len(words))


def _head(sheet: Sheet) -> Iterable[tuple[int, Sequence[Any]]]:
    try:
        yield from islice(sheet.rows(), HEADER_WITHIN)
    except FileRefused:  # another separator of a text file reads it, or the engine has said why not
        return


def _samples(rows: Iterable[Sequence[Any]], position: int) -> tuple[str, ...]:
    texts = (_text(row[position]) for row in rows if position < len(row))
    return tuple(islice(dict.fromkeys(filter(None, texts)), SAMPLES))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())[:_LONGEST]


def _number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").replace("/", "").replace("-", "").isdigit()
