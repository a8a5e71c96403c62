"""The model of a paper: what it says, never how a format draws it. Every renderer reads only this.

Layout of official papers: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

CellValue = int | Decimal | str | date | None
ColumnKind = Literal["text", "code", "number", "date"]
RowKind = Literal["data", "total", "heading"]
ParagraphStyle = Literal["body", "plain", "center", "bold", "italic", "small"]
NoticeLevel = Literal["info", "warning", "provisional"]
Language = Literal["vi", "en"]


class DocumentError(ValueError):
    """The paper contradicts itself (a row of the wrong length, a key used twice); a mistake of the caller."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure or text of a table.

    value: the fact itself; None means unknown or not applicable and never prints as 0.
    text:  what is printed instead of the value's usual form.
    href:  where the records behind the figure open (pages only).
    note:  a remark; printed once under the table with a mark at the cell.
    """

    value: CellValue = None
    text: str | None = None
    href: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if isinstance(self.value, float | bool):
            raise DocumentError("Giá trị của ô phải là số nguyên, Decimal, chuỗi, ngày hoặc None.")
        if isinstance(self.value, Decimal) and not self.value.is_finite():
            raise DocumentError("Giá trị của ô phải là số hữu hạn; không có số thì để None.")


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or with children a group of columns under one heading.

    number: what the form prints in its row of column numbers ("1", "A").
    kind:   text (left), code (centred, leading zeros kept), number (right, grouped by thousands), date.
    width:  wished width in millimetres; None lets the contents decide.
    decimals: places printed of a number; None prints the places the number has.
    """

    label: str
    number: str | None = None
    kind: ColumnKind = "text"
    width: float | None = None
    children: tuple[Column, ...] = ()
    decimals: int | None = None

    def leaves(self) -> Iterator[Column]:
        """The columns that hold cells, left to right."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    @property
    def depth(self) -> int:
        """How many header rows the column needs."""
        return 1 + max((child.depth for child in self.children), default=0)


@dataclass(frozen=True, slots=True)
class Row:
    """A row; a heading row may hold a single cell, which then spans the table. level: depth of indentation."""

    key: str
    cells: tuple[Cell, ...]
    kind: RowKind = "data"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a paper.

    id: stable name, unique in the paper (anchor in pages, key in JSON). unit: unit of measure printed above.
    number_row: print the form's row of column numbers under the header. Raises DocumentError on rows that do not fit.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str | None = None
    notes: tuple[str, ...] = ()
    landscape: bool = False
    number_row: bool = False

    def __post_init__(self) -> None:
        width = len(self.leaves)
        if not width:
            raise DocumentError(f"Bảng {self.id!r} không có cột nào.")
        seen: set[str] = set()
        for row in self.rows:
            if len(row.cells) != width and not (row.kind == "heading" and len(row.cells) == 1):
                raise DocumentError(f"Bảng {self.id!r}, dòng {row.key!r}: {len(row.cells)} ô cho {width} cột.")
            if row.key in seen:
                raise DocumentError(f"Bảng {self.id!r}: mã dòng {row.key!r} lặp lại.")
            seen.add(row.key)

    @property
    def leaves(self) -> tuple[Column, ...]:
        """The columns that hold cells, left to right."""
        return tuple(leaf for column in self.columns for leaf in column.leaves())


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the paper; level 1 is the highest below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line breaks in it are kept. style body: justified with indented first line."""

    text: str
    style: ParagraphStyle = "body"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence. With a `tag` it is a figure: locked in Word under that tag, a link in pages."""

    text: str
    tag: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence whose figures stay linked: in Word a content control named `tag`, with one for each figure.

    flag: what is wrong with it, printed after it in red with a sign and these words.
    """

    pieces: tuple[Piece, ...]
    tag: str = ""
    flag: str = ""

    @property
    def text(self) -> str:
        """As it prints, without the flag."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Named facts of a form's head (`Đơn vị báo cáo: …`), in one or two columns, read row by row."""

    pairs: tuple[tuple[str, Cell | CellValue], ...]
    columns: Literal[1, 2] = 1

    @property
    def cells(self) -> tuple[tuple[str, Cell], ...]:
        """The pairs with every value as a cell."""
        return tuple((label, value if isinstance(value, Cell) else Cell(value)) for label, value in self.pairs)


@dataclass(frozen=True, slots=True)
class Chart:
    """A Vega-Lite chart carrying its own data; alt says in words what it shows. Size in CSS pixels (96 an inch)."""

    spec: Mapping[str, Any]
    alt: str
    width: int = 640
    height: int = 320


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark that must not be overlooked; provisional: something below is not confirmed by the official text."""

    level: NoticeLevel
    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True, slots=True)
class SignatureHere:
    """The signature and recipients stand here instead of at the end (annexes follow the signed part)."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Head of an official paper: issuing body, motto, number, place and day (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    parent_body: str | None
    body: str
    document_number: str | None = None
    place: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: title (line breaks kept), the name when known, an instruction such as `(Ký, ghi rõ họ tên)`."""

    title: str
    name: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Room for several people to sign beside one another (minutes, statements); at most three in a line."""

    signers: tuple[Signature, ...]

    def lines(self) -> list[tuple[Signature, ...]]:
        """The signers line by line, lines as even as can be."""
        count = -(-len(self.signers) // 3)
        width = -(-len(self.signers) // count) if count else 1
        return [self.signers[at : at + width] for at in range(0, len(self.signers), width)]


@dataclass(frozen=True, slots=True)
class QrCode:
    """A square code to be photographed, with what it says in words beside it; pages and tables print the words."""

    content: str
    caption: str


Block = (
    Heading
    | Paragraph
    | Sentence
    | KeyValues
    | Table
    | Chart
    | Notice
    | PageBreak
    | SignatureHere
    | Signatures
    | QrCode
)


@dataclass(frozen=True, slots=True)
class Recipients:
    """`Nơi nhận`, one line each, printed left of the signature."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper.

    title: kind of paper (`Báo cáo`), empty for a letter; subtitle: what it is about. footer: printed on every page
    (form code, moment of the figures). form_label: the form's number and instrument, printed at the top right.
    metadata: plain facts for machines, passed on in JSON (`author` also becomes the author of the files).
    """

    title: str
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()
    letterhead: Letterhead | None = None
    addressed_to: str | None = None
    signature: Signature | None = None
    recipients: Recipients | None = None
    language: Language = "vi"
    landscape: bool = False
    footer: str = ""
    form_label: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [table.id for table in self.tables]
        if len(names) != len(set(names)):
            raise DocumentError("Hai bảng trong cùng văn bản có cùng mã.")

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in the order printed."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def is_provisional(self) -> bool:
        """Whether any part is marked as not confirmed; then every page says so."""
        return any(isinstance(block, Notice) and block.level == "provisional" for block in self.blocks)
