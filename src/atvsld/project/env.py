"""Typed reading of the environment. Secrets may come from files: NAME_FILE beats NAME."""

from __future__ import annotations

import os
from pathlib import Path

KNOWN: dict[str, str] = {
    "ATVSLD_HOME": "Thư mục dữ liệu (mặc định var/)",
    "ATVSLD_SECRET_KEY": "Khóa bí mật của hệ thống thật; hệ thống thử tự sinh",
    "ATVSLD_HOSTS": "Tên máy chủ được phép, cách nhau dấu phẩy",
    "ATVSLD_DEMO": "1: nạp tỉnh mẫu; 0: hệ thống thật",
    "ATVSLD_DEBUG": "1: hiện chi tiết lỗi cho người phát triển",
    "ATVSLD_ORIGIN": "Địa chỉ công khai, ví dụ https://atvsld.example.gov.vn",
    "ATVSLD_BEHIND_TLS": "1: chạy sau máy chủ TLS, cookie chỉ đi qua HTTPS",
    "ATVSLD_EMAIL_HOST": "Máy chủ gửi thư (SMTP); không đặt thì thư chỉ nằm trong hộp thư của hệ thống",
    "ATVSLD_EMAIL_PORT": "Cổng SMTP (mặc định 587; 465 là TLS ngay từ đầu)",
    "ATVSLD_EMAIL_USER": "Tài khoản gửi thư",
    "ATVSLD_EMAIL_PASSWORD": "Mật khẩu gửi thư (nên dùng ATVSLD_EMAIL_PASSWORD_FILE)",
    "ATVSLD_EMAIL_TLS": "1 (mặc định): mã hóa đường truyền bằng STARTTLS; 0: không",
    "ATVSLD_EMAIL_FROM": "Địa chỉ người gửi ghi trên thư",
    "ATVSLD_TEST_HOME": "Thư mục dữ liệu của bộ kiểm thử",
    "ATVSLD_WEB_WORKERS": "Số tiến trình web (mặc định 2)",
    "ATVSLD_CHROMIUM": "Đường dẫn Chromium cho kiểm thử trình duyệt",
}


class EnvError(RuntimeError):
    """A setting that is missing or unreadable, named so that the operator can mend it."""


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE points at."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise EnvError(f"Không đọc được tệp {path} của {name}_FILE: {error.strerror}.") from error
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no"}:
        raise EnvError(f"{name} phải là 1 hoặc 0, không phải “{value}”.")
    return value in {"1", "true", "yes"}


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdigit():
        raise EnvError(f"{name} phải là số nguyên, không phải “{value}”.")
    return int(value)


def refuse_unknown() -> None:
    """Raise for a mistyped ATVSLD_ name: a silent typo is a setting that never took effect."""
    unknown = sorted(
        name for name in os.environ if name.startswith("ATVSLD_") and name.removesuffix("_FILE") not in KNOWN
    )
    if unknown:
        raise EnvError(f"Không có thiết lập tên {', '.join(unknown)}. Các tên đúng: {', '.join(KNOWN)}.")
