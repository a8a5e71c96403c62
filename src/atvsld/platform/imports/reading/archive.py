"""Zip containers (.xlsx, .ods) looked at before anything is unpacked: a few kilobytes may unfold to gigabytes."""

from __future__ import annotations

import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from atvsld.platform.imports.findings import FileRefused

# A sheet of 250,000 rows by 21 columns unpacks to about 250 MB of XML and some 450 MB of cells in memory.
LARGEST_MEMBER = 300 << 20
LARGEST_TOTAL = 400 << 20
# Honest sheets shrink ten- to thirtyfold; a bomb a thousandfold.
STEEPEST = 150
_SMALL = 20 << 20
_MOST_MEMBERS = 5_000


def check_archive(path: Path) -> None:
    """Raise `FileRefused` for a container that is damaged, unfolds beyond the limits, or lies about its sizes."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        message = _("Tệp bị hỏng hoặc chưa tải lên trọn vẹn.")
        raise FileRefused("damaged", message, _("Mở lại bằng Excel, lưu thành tệp mới rồi gửi.")) from error
    total = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    steep = total > _SMALL and total > STEEPEST * packed
    if steep or len(members) > _MOST_MEMBERS:
        message = _("Tệp nén bất thường: %(packed)d KB bung thành %(total)d MB.")
        raise FileRefused(
            "archive_bomb", message % {"packed": packed >> 10, "total": total >> 20},
            _("Tệp không được mở. Mở bằng Excel, chép dữ liệu sang tệp mới hoặc lưu thành CSV UTF-8."),
        )  # fmt: skip
    if total > LARGEST_TOTAL or any(member.file_size > LARGEST_MEMBER for member in members):
        message = _("Bảng tính bung ra %(total)d MB, quá lớn để mở.")
        raise FileRefused(
            "workbook_too_large", message % {"total": total >> 20},
            _("Lưu thành CSV UTF-8 (đọc được tới 1.000.000 dòng), hoặc chia thành nhiều tệp."),
        )  # fmt: skip


def kind_of_archive(path: Path) -> str | None:
    """xlsx, xlsb or ods; None for another container."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    return "ods" if "content.xml" in names and "mimetype" in names else None
