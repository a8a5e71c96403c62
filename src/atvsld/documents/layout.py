"""Where things stand: the grid of a table's header, column widths on the page, portrait and landscape sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from atvsld.documents.display import column_cell_text
from atvsld.documents.model import Block, Column, Document, Heading, Language, Notice, PageBreak, Table

# Millimetres. Portrait: Nghị định 30/2020/NĐ-CP, Phụ lục I (top, bottom 20–25; left 30–35; right 15–20).
MARGINS = {
    False: {"top": 20, "right": 20, "bottom": 20, "left": 30},
    True: {"top": 20, "right": 15, "bottom": 18, "left": 20},
}
PAGE = {False: (210, 297), True: (297, 210)}
# A whole character of Times at 1 pt is about 0.18 mm wide on average, a digit exactly 0.5 em = 0.1764 mm.
_MM_PER_CHAR = 0.18
_PADDING = 3.2
_MINIMUM = {"text": 26.0, "code": 10.0, "number": 11.0, "date": 18.0}


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One cell of the header: its place and how far it reaches, counted from 0."""

    row: int
    column: int
    rowspan: int
    colspan: int
    label: str
    leaf: bool


def header_rows(table: Table) -> list[list[HeaderCell]]:
    """The header's labels row by row; columns without children reach down to the last row."""
    depth = max(column.depth for column in table.columns)
    rows: list[list[HeaderCell]] = [[] for _ in range(depth)]

    def place(columns: Iterable[Column], row: int, at: int) -> int:
        for column in columns:
            width = sum(1 for _ in column.leaves())
            down = 1 if column.children else depth - row
            rows[row].append(HeaderCell(row, at, down, width, column.label, not column.children))
            place(column.children, row + 1, at)
            at += width
        return at

    place(table.columns, 0, 0)
    return rows


def column_numbers(table: Table) -> list[str]:
    """The row 1, 2, 3… under the header: the numbers the form gives, else the position."""
    return [leaf.number or str(place) for place, leaf in enumerate(table.leaves, start=1)]


def label_paths(table: Table) -> list[tuple[str, ...]]:
    """For each column its labels from the top group down."""

    def walk(column: Column, above: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        path = (*above, column.label)
        if not column.children:
            yield path
        for child in column.children:
            yield from walk(child, path)

    return [path for column in table.columns for path in walk(column, ())]


def named_column(table: Table) -> int:
    """The column that names the row (indented by level): the first of text, else the first."""
    return next((place for place, leaf in enumerate(table.leaves) if leaf.kind == "text"), 0)


def text_width(*, landscape: bool) -> float:
    """Millimetres between the margins."""
    margin = MARGINS[landscape]
    return float(PAGE[landscape][0] - margin["left"] - margin["right"])


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table fits its page: column widths in mm and the size of its type in points."""

    widths: tuple[float, ...]
    size: float


def fit(table: Table, *, landscape: bool, language: Language) -> Fit:
    """Widths by contents, stretched over the text width; type shrinks (12 → 8 pt) until the words fit."""
    room = text_width(landscape=landscape)
    count = len(table.leaves)
    sizes = [size for size in (12.0, 11.0, 10.0, 9.0, 8.0) if size <= (12 if count <= 8 else 11)]
    for size in sizes:
        need = [_need(table, index, size, language) for index in range(count)]
        if sum(need) <= room or size == sizes[-1]:
            return Fit(_stretch(table, need, room), size)
    raise AssertionError("unreachable")


def _need(table: Table, index: int, size: float, language: Language) -> float:
    leaf = table.leaves[index]
    char = _MM_PER_CHAR * size
    word = max((len(part) for part in leaf.label.split()), default=1) * char * 1.12 + _PADDING
    # A heading of more than four lines makes every page lose a row.
    word = max(word, len(leaf.label) / 4 * char * 1.15 + _PADDING) if leaf.kind == "number" else word
    least = max(_MINIMUM[leaf.kind] * size / 12, word)
    if leaf.width is not None:
        return max(leaf.width * size / 12, word)
    cells = [row.cells[index] for row in table.rows if len(row.cells) > index and (index or row.kind != "heading")]
    texts = [column_cell_text(cell, leaf, language) for cell in cells]
    if leaf.kind == "text":
        longest = max((len(text) for text in texts), default=0) * char
        return max(least, min(longest, 62.0 * size / 12) + _PADDING)
    return max(least, max((len(text) for text in texts), default=0) * char * 1.04 + _PADDING)


def _stretch(table: Table, need: list[float], room: float) -> tuple[float, ...]:
    spare = room - sum(need)
    if spare <= 0:
        return tuple(width * room / sum(need) for width in need)
    # Text takes most of what is left over; figures get a little air.
    pull = [width * (4.0 if leaf.kind == "text" else 1.0) for width, leaf in zip(need, table.leaves, strict=True)]
    return tuple(width + spare * share / sum(pull) for width, share in zip(need, pull, strict=True))


@dataclass(frozen=True, slots=True)
class Section:
    """A run of blocks on pages of one orientation."""

    landscape: bool
    blocks: tuple[Block, ...]


def sections(doc: Document) -> list[Section]:
    """The paper cut where the page turns; headings and notices just above a landscape table turn with it."""
    turned = [doc.landscape or (isinstance(block, Table) and block.landscape) for block in doc.blocks]
    for index in range(len(turned) - 2, -1, -1):
        if isinstance(doc.blocks[index], Heading | Notice):
            turned[index] = turned[index + 1]
    found: list[Section] = []
    if doc.letterhead and not doc.landscape and (not turned or turned[0]):
        found.append(Section(landscape=False, blocks=()))  # the head of an official paper stands upright
    for block, landscape in zip(doc.blocks, turned, strict=True):
        if found and found[-1].landscape == landscape:
            found[-1] = Section(landscape, (*found[-1].blocks, block))
        else:
            found.append(Section(landscape, (block,)))
    kept = [Section(part.landscape, _trim(part.blocks, keep_first=not place)) for place, part in enumerate(found)]
    return kept or [Section(doc.landscape, ())]


def _trim(blocks: tuple[Block, ...], *, keep_first: bool) -> tuple[Block, ...]:
    """Without page breaks at the edges, where a new page begins anyway."""
    start, end = 0, len(blocks)
    while not keep_first and start < end and isinstance(blocks[start], PageBreak):
        start += 1
    while end > start and isinstance(blocks[end - 1], PageBreak):
        end -= 1
    return blocks[start:end]
