"""A consolidated paper as a document: every point with the bodies that asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from atvsld.documents.model import Block, Cell, Column, Document, Heading, Paragraph, Recipients, Row, Table
from atvsld.kit.text import format_date


@dataclass(frozen=True, slots=True)
class Point:
    """One point as printed. `authors`: the names of those it rests on, in the order they spoke."""

    subject: str
    defect: str
    wording: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A body asked for its opinion: its name, and what it did, in words."""

    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a paper is made from. `draft` is the title of the draft commented on, empty for proposals."""

    addressed_to: str
    points: tuple[Point, ...]
    draft: str = ""
    sender: str = ""
    letter: str = ""
    asked: tuple[Answered, ...] = ()


def opening(content: Content) -> str:
    """The sentence a paper begins with, to be edited."""
    authors = {name for point in content.points for name in point.authors}
    if content.draft:
        which = f" tại Công văn số {content.letter}" if content.letter else ""
        return (
            f"Thực hiện đề nghị của {content.sender}{which} về việc góp ý {_inside(content.draft)}, trên cơ sở ý kiến "
            f"của {len(authors)} cơ quan, đơn vị, tổng hợp như sau:"
        )
    return (
        f"Trên cơ sở kiến nghị của {len(authors)} cơ quan, đơn vị, cơ sở trên địa bàn về chính sách, pháp luật "
        f"an toàn, vệ sinh lao động, tổng hợp {len(content.points)} nội dung như sau:"
    )


CLOSING = "Trân trọng đề nghị xem xét và thông báo kết quả để trả lời cơ quan, đơn vị đã kiến nghị."


def build(content: Content, fields: Mapping[str, str]) -> Document:
    """The paper without letterhead and signature."""
    blocks: list[Block] = [Paragraph(line) for line in _lines(fields.get("opening") or opening(content))]
    blocks.append(_points(content))
    if content.asked:
        blocks += [Heading("Cơ quan, đơn vị được lấy ý kiến", 2), _asked(content)]
    blocks += [Paragraph(line) for line in _lines(fields.get("closing") or CLOSING)]
    about = "tổng hợp kiến nghị sửa đổi, bổ sung chính sách, pháp luật về an toàn, vệ sinh lao động"
    if content.draft:
        about = f"góp ý {_inside(content.draft)}"
    return Document(
        "" if content.draft else "Báo cáo",
        about,
        tuple(blocks),
        addressed_to=content.addressed_to,
        recipients=Recipients(("Như trên;", "Cơ quan, đơn vị đã kiến nghị, góp ý;", "Lưu: VT.")),
    )


def _inside(title: str) -> str:
    """The title of a draft within a sentence: `dự thảo Thông tư …`."""
    return title[:1].lower() + title[1:] if title.lower().startswith("dự thảo") else title


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _points(content: Content) -> Table:
    wish = "Nội dung góp ý" if content.draft else "Nội dung kiến nghị"
    columns = [Column("TT", kind="code", width=10), Column("Văn bản, điều khoản", width=32)]
    if not content.draft:
        columns.append(Column("Bất cập, vướng mắc", width=42))
    columns += [Column(wish, width=46), Column("Cơ quan, đơn vị", width=34)]
    rows = []
    for at, point in enumerate(content.points, start=1):
        told = [str(at), point.subject]
        told += [] if content.draft else [point.defect or "–"]
        told += [point.wording, "; ".join(point.authors)]
        rows.append(Row(str(at), tuple(Cell(text) for text in told)))
    return Table("kien-nghi", "", tuple(columns), tuple(rows))


def _asked(content: Content) -> Table:
    columns = (Column("TT", kind="code", width=10), Column("Cơ quan, đơn vị", width=90), Column("Ý kiến", width=60))
    rows = tuple(
        Row(str(at), (Cell(str(at)), Cell(one.name), Cell(one.said))) for at, one in enumerate(content.asked, start=1)
    )
    return Table("duoc-hoi", "", columns, rows)


def said_of(stance: str, given: object, late: int) -> str:
    """`Nhất trí, đề nghị sửa; ngày 05/11/2026, sau hạn 3 ngày`."""
    text = f"{stance}; ngày {format_date(given)}"  # type: ignore[arg-type]
    return f"{text}, sau hạn {late} ngày" if late else text
