"""Names of acts for people. Each app names its own when it is loaded."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NAMES: dict[str, str | Promise] = {}

# Acts without a name of their own are read from their last word.
_VERBS: dict[str, str | Promise] = {
    "created": _("Tạo hồ sơ"),
    "opened": _("Tạo hồ sơ"),
    "changed": _("Sửa hồ sơ"),
    "added": _("Thêm"),
    "removed": _("Bỏ"),
    "imported": _("Nhập từ tệp"),
    "loaded": _("Nạp dữ liệu"),
    "registered": _("Đăng ký"),
    "ended": _("Kết thúc"),
    "given": _("Giao"),
}
CHANNELS: dict[str, str | Promise] = {
    "page": _("trên trang"),
    "api": _("qua API"),
    "cli": _("bằng dòng lệnh"),
    "import": _("từ tệp nhập"),
    "job": _("tác vụ tự động"),
}


def name_act(code: str, label: str | Promise) -> None:
    """Give an act (`context:thing:done`) the name people read in a timeline."""
    _NAMES[code] = label


def act_name(code: str) -> str | Promise:
    """The name of an act, from its own name or its last word."""
    if code in _NAMES:
        return _NAMES[code]
    verb = code.rpartition(":")[2]
    return _VERBS.get(verb, _VERBS.get(verb.rpartition("_")[2], _("Thay đổi dữ liệu")))
