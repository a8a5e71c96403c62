"""A Word document as the outline of a plan: headings become sections, items and paragraphs become clauses.

At the end of an item, in square brackets, may stand what the document's own words leave open:
`[chủ trì: construction, transport; phối hợp: departments; bằng chứng: compliance_check; hạn: 2026-11-30]`.
What is left out there is read as standing work of whoever issues the plan, proven by its tasks.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.law.programme_outline import SECTION
from atvsld.oversight.programme.intake.labels import column_of
from atvsld.oversight.programme.intake.reading import Brought
from atvsld.platform.acts import Rejected

# Unpacked, a plan of words weighs a few megabytes at most.
MOST_UNPACKED = 60 << 20
_ROMAN = re.compile(r"(?P<number>[IVXLC]+)[.)]\s+(?P<text>\S.*)")
_ARABIC = re.compile(r"(?P<number>\d+(?:\.\d+)*)[.)]?\s+(?P<text>\S.*)")
_LETTER = re.compile(r"(?P<number>[a-zđ])[.)]\s+(?P<text>\S.*)")
_ITEM = re.compile(r"[-–—+•*·]\s*(?P<text>\S.*)")
_SAID = re.compile(r"\s*\[(?P<said>[^\]]+:[^\]]+)\]\s*\.?$")
_HEADING_STYLE = re.compile(r"(?:heading|tieu de|de muc) ?(?P<depth>[1-9])")
_ALSO = {"loai": "kind", "han": "valid_to", "tu": "valid_from", "den": "valid_to", "thuc hien": "carries", "do": "measures"}  # fmt: skip  # noqa: E501
_ROMANS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
USUAL = {"kind": "standing", "evidence": "task", "measures": "tasks_proven"}


@dataclass(slots=True)
class _Outline:
    issuer: str
    rows: list[dict[str, str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    counters: list[int] = field(default_factory=list)
    assumed: int = 0

    def heading(self, at: int, depth: int, number: str, text: str) -> None:
        depth = min(depth, len(self.path) + 1)
        del self.counters[depth:]
        while len(self.counters) < depth:
            self.counters.append(0)
        self.counters[depth - 1] += 1
        own = number or (_ROMANS[min(self.counters[0], 15)] if depth == 1 else str(self.counters[depth - 1]))
        self.path[depth - 1 :] = [own.rpartition(".")[2] if depth > 1 else own]
        self.rows.append({"id": ".".join(self.path), "kind": SECTION, "text": text})
        self.numbers.append(at)

    def clause(self, at: int, text: str) -> None:
        if not self.path:
            self.before.append(text)
            return
        said: dict[str, str] = {}
        if found := _SAID.search(text):
            text, said = text[: found.start()], self._said(at, found["said"])
        given = {"holders": self.issuer, **USUAL, **said}
        self.assumed += any(name not in said for name in USUAL) or "holders" not in said
        self.rows.append({**given, "id": "", "text": text.rstrip(" .;")})
        self.numbers.append(at)

    def _said(self, at: int, said: str) -> dict[str, str]:
        found = {}
        for part in said.split(";"):
            name, colon, value = part.partition(":")
            column = _ALSO.get(fold(name)) or column_of(name)
            if not colon or column is None or column in ("id", "text", "paragraph"):
                message = _("Không hiểu “%(part)s” trong ngoặc vuông.") % {"part": part.strip()}
                remedy = _("Viết dạng [chủ trì: …; bằng chứng: …].")
                self.problems.append(Problem("programme.said", message, remedy, row=at))
            else:
                found[column] = "; ".join(piece.strip() for piece in value.split(",") if piece.strip())
        return found

    def numbered(self) -> None:
        """Give every clause its id, beside the ids of the headings."""
        taken = {row["id"] for row in self.rows if row["kind"] == SECTION}
        section, count, paragraphs = "", 0, {}
        for row in self.rows:
            if row["kind"] == SECTION:
                section, count = row["id"], 0
                continue
            count += 1
            own = f"{section}.{count}"
            row["id"] = own if own not in taken else f"{section}.{count}p"
            row["paragraph"] = str(count)
            paragraphs[section] = count
        for row in self.rows:
            if row["kind"] == SECTION and row["id"] in paragraphs:
                row["paragraph"] = str(paragraphs[row["id"]])


def read(content: bytes, *, issuer: str) -> Brought:
    """The outline of a document; `issuer` answers for what names nobody. `Rejected` for a file that is no document."""
    outline = _Outline(issuer)
    for at, (depth, number, text) in _paragraphs(content):
        if depth:
            outline.heading(at, depth, number, text)
        else:
            outline.clause(at, text)
    if not outline.rows:
        message = _("Không thấy mục nào trong tài liệu.")
        remedy = _("Dùng kiểu Heading cho tên mục, hoặc đánh số I., 1. và in đậm.")
        raise Rejected([Problem("programme.no_headings", message, remedy, column="file")])
    outline.numbered()
    notes = []
    if outline.before:
        notes.append(_("Bỏ qua %(count)s đoạn đứng trước mục đầu tiên.") % {"count": len(outline.before)})
    if outline.assumed:
        notes.append(
            _("%(count)s nội dung không ghi đủ chủ trì, loại, thước đo, bằng chứng trong ngoặc vuông: hiểu là việc "
              "thường xuyên của đơn vị ban hành, chứng minh bằng nhiệm vụ.") % {"count": outline.assumed}
        )  # fmt: skip
    header = {"title": " ".join(outline.before)[:400]} if outline.before else {}
    return Brought(header, outline.rows, outline.numbers, outline.problems, notes)


def _paragraphs(content: bytes) -> Iterator[tuple[int, tuple[int, str, str]]]:
    """Number, then depth of the heading (0: none), number written before it, text; empty paragraphs are left out."""
    for at, paragraph in enumerate(_opened(content).paragraphs, start=1):
        text = " ".join(paragraph.text.split())
        if text:
            yield at, _understood(paragraph, text)


def _understood(paragraph: Any, text: str) -> tuple[int, str, str]:  # noqa: PLR0911 - one answer a kind of paragraph
    styled = _HEADING_STYLE.match(fold(paragraph.style.name if paragraph.style is not None else ""))
    if styled:
        number, rest = _split(text)
        return int(styled["depth"]), number, rest
    if found := _ITEM.fullmatch(text):
        return 0, "", found["text"]
    strong = text.isupper() or _bold(paragraph)
    if found := _ROMAN.fullmatch(text):
        return 1, found["number"], found["text"]
    if strong and (found := _ARABIC.fullmatch(text)):
        return 2 + found["number"].count("."), found["number"].rpartition(".")[2], found["text"]
    if strong and (found := _LETTER.fullmatch(text)):
        return 3, found["number"].replace("đ", "d"), found["text"]
    for pattern in (_ARABIC, _LETTER):
        if found := pattern.fullmatch(text):
            return 0, "", found["text"]
    return 0, "", text


def _split(text: str) -> tuple[str, str]:
    for pattern in (_ROMAN, _ARABIC, _LETTER):
        if found := pattern.fullmatch(text):
            return found["number"].rpartition(".")[2].replace("đ", "d"), found["text"]
    return "", text


def _bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _opened(content: bytes) -> Any:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        read = docx.Document(BytesIO(content)) if unpacked <= MOST_UNPACKED else None
    except Exception as error:  # the reader's own failures come in several unrelated classes
        raise _unreadable() from error
    if read is None:
        raise _unreadable()
    return read


def _unreadable() -> Rejected:
    message = _("Không đọc được tài liệu Word.")
    return Rejected(
        [Problem("programme.file_damaged", message, _("Mở lại bằng Word, lưu thành .docx rồi gửi."), column="file")]
    )
