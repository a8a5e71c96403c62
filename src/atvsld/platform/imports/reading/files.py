"""What kind of file it is, by its content and not by its name."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from atvsld.platform.imports.findings import FileRefused
from atvsld.platform.imports.reading.archive import check_archive, kind_of_archive
from atvsld.platform.imports.reading.delimited import open_text
from atvsld.platform.imports.reading.sheet import Book
from atvsld.platform.imports.reading.workbook import open_workbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
    b"<html": "HTML",
    b"<!DOC": "HTML",
    b"<?xml": "XML",
}


def open_book(path: Path, *, largest: int) -> Book:
    """Open .xlsx, .xlsm, .xls, .ods or .csv. Raises `FileRefused` with a sentence for everything else.

    `largest` is the size in bytes above which a file is refused unread.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise FileRefused("unreadable", _("Không mở được tệp: %(why)s.") % {"why": error.strerror or error}) from error
    if size > largest:
        message = _("Tệp %(size)d MB, lớn hơn mức cho phép %(limit)d MB.")
        raise FileRefused(
            "too_large", message % {"size": size >> 20, "limit": largest >> 20},
            _("Chia tệp theo tháng hoặc theo địa bàn, hoặc bỏ các trang tính không cần."),
        )  # fmt: skip
    if not size:
        raise FileRefused("empty", _("Tệp rỗng."), _("Chọn lại tệp có dữ liệu."))
    if head.startswith(_ZIP):
        check_archive(path)
        kind = kind_of_archive(path)
        if kind is None:
            raise _not_a_table(_("một tệp nén không phải bảng tính"))
        return open_workbook(path, kind)
    if head.startswith(_OLE):
        _refuse_encrypted(path)
        return open_workbook(path, "xls")
    for mark, name in _OTHERS.items():
        if head[: len(mark)].lower() == mark.lower():
            raise _not_a_table(name)
    return open_text(path)


def _not_a_table(what: str) -> FileRefused:
    return FileRefused(
        "not_a_table", _("Tệp này là %(what)s.") % {"what": what},
        _("Gửi bảng tính Excel (.xlsx, .xls), OpenDocument (.ods) hoặc CSV UTF-8."),
    )  # fmt: skip


def _refuse_encrypted(path: Path) -> None:
    """Excel keeps a password-protected workbook as an encrypted package inside an old-style container."""
    with path.open("rb") as file:
        content = file.read(1 << 20)
        file.seek(max(0, path.stat().st_size - (1 << 20)))
        content += file.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        message = _("Tệp Excel được đặt mật khẩu nên không đọc được.")
        raise FileRefused("password", message, _("Mở tệp, gỡ mật khẩu, lưu lại rồi gửi."))
