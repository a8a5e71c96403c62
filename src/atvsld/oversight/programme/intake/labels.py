"""What the outline's columns and the header are called to people, and back."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import fold

COLUMNS = {
    "id": _("Mã"),
    "kind": _("Loại"),
    "paragraph": _("Đoạn"),
    "text": _("Nội dung"),
    "text_en": _("Nội dung tiếng Anh"),
    "holders": _("Chủ trì"),
    "supporting": _("Phối hợp"),
    "due": _("Quy tắc hạn"),
    "watches": _("Theo dõi hạn của đơn vị khác"),
    "measures": _("Thước đo"),
    "evidence": _("Bằng chứng"),
    "targets": _("Mục tiêu"),
    "carries": _("Thực hiện nội dung"),
    "groups": _("Nhóm người"),
    "sectors": _("Ngành, lĩnh vực"),
    "valid_from": _("Từ ngày"),
    "valid_to": _("Đến hết ngày"),
    "status": _("Độ chắc chắn"),
    "note": _("Ghi chú"),
}
HEADER = {
    "id": _("Mã kế hoạch"),
    "level": _("Cấp"),
    "title": _("Tên kế hoạch"),
    "title_en": _("Tên tiếng Anh"),
    "instrument": _("Mã văn bản trong sách luật"),
    "number": _("Số, ký hiệu"),
    "issuer": _("Cơ quan ban hành"),
    "issued_on": _("Ngày ban hành"),
    "valid_from": _("Áp dụng từ ngày"),
    "valid_to": _("Áp dụng đến hết ngày"),
    "carries_out": _("Thực hiện văn bản"),
    "standing": _("Cơ quan thường trực"),
    "complete": _("Đủ toàn văn"),
    "status": _("Độ chắc chắn"),
    "note": _("Ghi chú"),
}
# Written in Vietnamese whatever the language of the page: a file goes from hand to hand.
COLUMNS_VI = {
    "id": "Mã", "kind": "Loại", "paragraph": "Đoạn", "text": "Nội dung", "text_en": "Nội dung tiếng Anh",
    "holders": "Chủ trì", "supporting": "Phối hợp", "due": "Quy tắc hạn", "watches": "Theo dõi hạn của đơn vị khác",
    "measures": "Thước đo", "evidence": "Bằng chứng", "targets": "Mục tiêu", "carries": "Thực hiện nội dung",
    "groups": "Nhóm người", "sectors": "Ngành, lĩnh vực", "valid_from": "Từ ngày", "valid_to": "Đến hết ngày",
    "status": "Độ chắc chắn", "note": "Ghi chú",
}  # fmt: skip
HEADER_VI = {
    "id": "Mã kế hoạch", "level": "Cấp", "title": "Tên kế hoạch", "title_en": "Tên tiếng Anh",
    "instrument": "Mã văn bản trong sách luật", "number": "Số, ký hiệu", "issuer": "Cơ quan ban hành",
    "issued_on": "Ngày ban hành", "valid_from": "Áp dụng từ ngày", "valid_to": "Áp dụng đến hết ngày",
    "carries_out": "Thực hiện văn bản", "standing": "Cơ quan thường trực", "complete": "Đủ toàn văn",
    "status": "Độ chắc chắn", "note": "Ghi chú",
}  # fmt: skip


def column_of(heading: str) -> str | None:
    """The column a heading means, by its word or its label, tones or not; None for an unknown one."""
    return _named(heading, COLUMNS_VI)


def header_of(name: str) -> str | None:
    """The part of the header a label means."""
    return _named(name, HEADER_VI)


def _named(text: str, known: Mapping[str, str]) -> str | None:
    wanted = fold(text).strip(" *:")
    if wanted in known:
        return wanted
    return next((word for word, label in known.items() if fold(label) == wanted), None)


def column_label(name: str | None) -> str:
    """What a column, or a part of the header, is called on the page."""
    return str(COLUMNS.get(name or "") or HEADER.get(name or "") or name or "")
