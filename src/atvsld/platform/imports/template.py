"""The workbook to fill in: header, drop-down lists, a note on each column, examples, instructions."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from atvsld.platform.imports.columns import Column, Kind
from atvsld.platform.imports.targets import Target

# Rows below the header that carry drop-down lists.
ROWS = 5_000
_LISTS = "_danh_muc"
_NUMERIC = {Kind.COUNT, Kind.MONEY}


def template_workbook(target: Target) -> bytes:
    """An .xlsx that the import reads back as it is. Codes are text cells, so leading zeros stay."""
    spec = target.spec()
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Nhập liệu"))
        styles = _styles(book)
        lists = book.add_worksheet(_LISTS)
        for position, column in enumerate(spec.columns):
            _column(sheet, lists, position, column, styles)
        for row, example in enumerate(target.examples(), start=1):
            for position, column in enumerate(spec.columns):
                _cell(sheet, (row, position), column, example.get(column.name, ""), styles)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, ROWS, len(spec.columns) - 1)
        lists.very_hidden()
        _instructions(book.add_worksheet(_("Hướng dẫn")), target, styles)
        sheet.activate()
    return content.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "Arial", "font_size": 10}
    head = {**base, "bold": True, "border": 1, "text_wrap": True, "valign": "top"}
    return {
        "head": book.add_format({**head, "bg_color": "#DCE6F2"}),
        "required": book.add_format({**head, "bg_color": "#F8CBAD"}),
        "text": book.add_format({**base, "num_format": "@"}),
        "number": book.add_format({**base, "num_format": "#,##0"}),
        "wrap": book.add_format({**base, "text_wrap": True, "valign": "top"}),
    }


def _column(sheet: Any, lists: Any, position: int, column: Column, styles: dict[str, Any]) -> None:
    sheet.write_string(0, position, column.label, styles["required" if column.required else "head"])
    sheet.write_comment(0, position, _note(column), {"x_scale": 2.2, "y_scale": 1.6})
    width = 24 if column.kind is Kind.TEXT else 17
    sheet.set_column(position, position, width, styles["number" if column.kind in _NUMERIC else "text"])
    options = _options(column)
    if not options:
        return
    letter = xl_col_to_name(position)
    for row, option in enumerate(options):
        lists.write_string(row, position, option)
    sheet.data_validation(
        1, position, ROWS, position,
        {
            "validate": "list",
            "source": f"={_LISTS}!${letter}$1:${letter}${len(options)}",
            # Values typed by hand are checked on import, with better sentences than Excel's.
            "error_type": "information",
            "error_title": _("Ngoài danh mục"),
            "error_message": _("Giá trị không có trong danh sách; hệ thống sẽ kiểm tra khi nhập."),
        },
    )  # fmt: skip


def _options(column: Column) -> list[str]:
    if column.kind is Kind.BOOLEAN:
        return [_("Có"), _("Không")]
    if column.choices is None or column.kind is Kind.CODES:
        return []
    held = [choice for choice in column.choices() if not choice.heading]
    if column.kind is Kind.CHOICE:
        return [choice.label for choice in held]
    return [f"{choice.code} – {choice.label}"[:250] for choice in held]


def _note(column: Column) -> str:
    parts = [_("Bắt buộc.") if column.required else _("Để trống nếu chưa rõ.")]
    if column.help:
        parts.append(column.help)
    if column.example:
        parts.append(_("Ví dụ: %(example)s") % {"example": column.example})
    return "\n".join([*parts, column.name])


def _cell(sheet: Any, at: tuple[int, int], column: Column, value: Any, styles: dict[str, Any]) -> None:
    if value in ("", None):
        return
    if column.kind in _NUMERIC:
        sheet.write_number(*at, int(value), styles["number"])
    else:
        sheet.write_string(*at, str(value), styles["text"])


def _instructions(sheet: Any, target: Target, styles: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 80)
    lines = (
        *map(str, target.guidance),
        _("Xóa các dòng ví dụ trước khi gửi."),
        _("Ô trống nghĩa là chưa rõ, không phải số 0. Không gộp ô, không đổi tên cột; thứ tự cột tùy ý."),
        _("Nhập lại cùng một tệp không tạo thêm hồ sơ; dòng đã sửa thì hồ sơ được cập nhật và lưu vết."),
    )
    for row, line in enumerate(lines):
        sheet.merge_range(row, 0, row, 2, line, styles["wrap"])
    top = len(lines) + 1
    for position, title in enumerate((_("Cột"), _("Tên kỹ thuật"), _("Cách ghi"))):
        sheet.write_string(top, position, title, styles["head"])
    for row, column in enumerate(target.spec().columns, start=top + 1):
        options = _options(column)
        said = _note(column).rsplit("\n", 1)[0].replace("\n", " ")
        if 0 < len(options) <= 12:
            said += " " + _("Giá trị: %(values)s.") % {"values": "; ".join(options)}
        sheet.write_string(row, 0, column.label, styles["wrap"])
        sheet.write_string(row, 1, column.name, styles["wrap"])
        sheet.write_string(row, 2, said, styles["wrap"])
