"""Numbers of a sentence that rest on nothing: the rule that keeps a report from saying what no register holds. Pure.

A number may stand in a sentence as a figure's mark, as part of a day, a span of years, the number of an instrument or
of a provision, a clause's id, or an ordinal. Every other number, in digits or spelled before a unit, is uncited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from atvsld.oversight.yearly.marks import MARK

_YEAR = r"(?:19[5-9]\d|20[0-6]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_LETTERS = "A-ZĐÂĂÊÔƠƯ"
_PROVISION = r"(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Mm]ục|[Pp]hụ lục|[Cc]hương|[Bb]ảng|[Bb]iểu)"
_ENDS = r"(?![\w%]|[.,]\d)"
_UNITS = (
    "người|lao động|vụ|cuộc|lớp|buổi|đơn vị|doanh nghiệp|cơ sở|hộ|xã|phường|đồng|triệu đồng|tỷ đồng|phần trăm|lượt"
    "|trường hợp|nạn nhân|máy|thiết bị|tin|bài|tờ|bản|nghìn đồng|hội nghị|hội thảo|đoàn|mô hình|sáng kiến"
)
# What a number may be without telling a quantity, most telling first.
_ALLOWED = tuple(
    re.compile(pattern)
    for pattern in (
        # Days and spans of time.
        rf"\b0?[1-9]\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+{_YEAR})?{_ENDS}",
        rf"\b{_DAY}[/.\-]{_MONTH}[/.\-]{_YEAR}\b",
        rf"[Nn]gày\s+{_DAY}\s+tháng\s+{_MONTH}(?:\s+năm\s+{_YEAR})?{_ENDS}",
        rf"[Nn]gày\s+{_DAY}[/\-]{_MONTH}{_ENDS}(?!/)",
        rf"[Tt]háng\s+{_MONTH}(?:\s*(?:[/\-]|năm)\s*{_YEAR})?{_ENDS}(?!/)",
        rf"[Qq]uý\s+(?:[1-4]|IV|I{{1,3}})(?:\s*(?:[/\-]|năm)\s*{_YEAR})?{_ENDS}",
        rf"(?:[Nn]ăm|[Gg]iai đoạn|[Nn]hiệm kỳ)\s+{_YEAR}(?:\s*(?:[-–]|đến)\s*{_YEAR})?{_ENDS}",
        rf"\b{_YEAR}\s*[-–]\s*{_YEAR}{_ENDS}",
        r"(?:lúc|Lúc)\s+\d{1,2}(?::\d{2}|\s+giờ(?:\s+\d{1,2}(?:\s+phút)?)?)\b",
        # Instruments, by their number and symbol: 425-KH/TU, 28/2023/TT-BYT, 12/BC-SYT, 84/2015/QH13.
        rf"\b\d{{1,5}}(?:/{_YEAR})?(?:[-/][{_LETTERS}][{_LETTERS}\d]*)(?:[-/&][{_LETTERS}][{_LETTERS}\d]*)*(?![\w])",
        rf"(?:Luật|Nghị quyết|Nghị định|Thông tư|Chỉ thị|Kết luận)\s+(?:số\s+)?\d{{1,5}}(?:/{_YEAR})?{_ENDS}",
        rf"(?:Quyết định|Kế hoạch|Công văn|Thông báo|Báo cáo|Tờ trình)\s+số\s+\d{{1,5}}(?:/{_YEAR})?{_ENDS}",
        # As people shorten it, “Kế hoạch 425”; before a word that is counted it would be a quantity.
        rf"(?:Quyết định|Kế hoạch|Tờ trình)\s+\d{{3,5}}{_ENDS}(?!\s+(?:{_UNITS}))",
        # Provisions and headings of a document; ids of clauses.
        rf"{_PROVISION}\s+(?:số\s+)?(?:[IVX]+\.)?\d{{1,3}}(?:\.\d{{1,3}})*[a-zđ]?(?:\d{{1,2}})?{_ENDS}",
        r"\b[IVX]+(?:\.\d{1,2}[a-z]?\d{0,2}[a-z]?)+(?![\w])",
        r"(?:^|\n)\s*\d{1,2}[.)](?=\s)",
        r"(?:lần\s+)?thứ\s+\d{1,2}\b",
        # Names that hold a number: groups of training, standards, roads, hamlets, zones, steering committees.
        r"(?<!\w)[Nn]hóm\s+[1-6]\b(?!\s*(?:người|đơn vị|lớp|vụ|cơ sở|doanh nghiệp|%|[.,]\d))",
        r"\b(?:COVID|Covid)[\s\-]*19\b|\b5S\b|\b24/(?:7|24)(?![\d/])",
        r"(?:(?:Khu|Cụm) công nghiệp|Ban Chỉ đạo)\s+(?:số\s+)?\d{1,3}\b(?!\s*(?:người|lần|cuộc|vụ|đơn vị|[.,]\d))",
        r"\b(?:ISO|TCVN|QCVN|IEC|OHSAS)[\s\-]*\d{1,6}(?:[:\-]\d{1,4})*(?:/[A-ZĐ]+)?",
        r"(?:Quốc lộ|[Đđ]ường tỉnh|[Tt]hôn|[Tt]ổ dân phố|[Kk]hối phố)\s+\d{1,4}[A-Z]?\b",
    )
)
_NUMBER = re.compile(r"[+\-−]?\d[\d.,]*(?:\s?%)?(?<![.,])|\d")
_ONES = "một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười"
_SPELLED = rf"(?:{_ONES}|mươi|trăm|nghìn|ngàn|linh|lẻ|triệu|tỷ|vạn)"
# “một người” is an article as often as a count; from two on a spelled number before a unit is a count.
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?:{_SPELLED}\s+)+{_SPELLED}|hai|ba|bốn|sáu|bảy|tám|chín|mười|hàng (?:chục|trăm|nghìn))"
    rf"\s+(?={_UNITS})",
    re.IGNORECASE,
)


# Words by which a sentence says that something was or is being done.
_DEED = re.compile(r"\b(?:đã|đang|hoàn thành|tổ chức|triển khai|thực hiện|ban hành|phối hợp)\b", re.IGNORECASE)
_NOT_DONE = re.compile(r"\b(?:chưa|không|sẽ|cần|đề nghị|kiến nghị)\b", re.IGNORECASE)


def tells_deed(text: str) -> bool:
    """Whether a sentence written by hand reads as a claim that something was done. A house rule, on the safe side."""
    return bool(_DEED.search(text)) and not _NOT_DONE.search(text)


@dataclass(frozen=True, slots=True)
class Uncited:
    """A number without a source: as written, and where it begins in the text."""

    text: str
    at: int


def uncited(text: str) -> list[Uncited]:
    """Every number of a sentence that is no figure and names no day, instrument, provision or ordinal."""
    bare = _blanked(text, (MARK, *_ALLOWED))
    found = [Uncited(hit[0].strip(), hit.start()) for hit in _NUMBER.finditer(bare)]
    found += [Uncited(hit[0].strip(), hit.start()) for hit in _IN_WORDS.finditer(bare)]
    return sorted(found, key=lambda one: one.at)


def _blanked(text: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    """The text with everything the patterns take in replaced by blanks of the same length."""
    for pattern in patterns:
        text = pattern.sub(lambda hit: " " * len(hit[0]), text)
    return text
