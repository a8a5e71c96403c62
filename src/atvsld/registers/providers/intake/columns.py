"""The columns of a file of service providers: the provider, and one paper by which it works."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.law.providers import load_provider_rules
from atvsld.platform.imports.columns import Choice, Column, Kind, Spec
from atvsld.registers.providers.models import qualification

# Staged beside what the file says.
DERIVED = {"name_folded": ("name", lambda name: fold(name)[:300])}
FACTS = ("name", "head", "address", "phone", "email", "website", "ceased_on")
PAPER = ("form", "class_name", "number", "issuer", "valid_from", "valid_to", "withdrawn_on")
_KINDS = {
    "training": ("huấn luyện", "huấn luyện an toàn", "huấn luyện atvslđ"),
    "technical_inspection": ("kiểm định", "kiểm định kỹ thuật an toàn"),
    "workplace_monitoring": ("quan trắc", "quan trắc môi trường", "quan trắc mtlđ"),
    "health_exam": ("khám sức khỏe", "ksk"),
    "disease_screening": ("khám bệnh nghề nghiệp", "khám bnn", "bệnh nghề nghiệp"),
    "conformity": ("hợp quy", "chứng nhận hợp quy", "đánh giá hợp quy"),
}
_FORMS = {
    "licence": ("giấy chứng nhận", "gcn", "giấy chứng nhận đủ điều kiện"),
    "announcement": ("công bố", "công bố đủ điều kiện"),
    "self_announcement": ("tự công bố",),
    "notification": ("thông báo",),
    "practice_licence": ("giấy phép", "giấy phép hoạt động"),
    "designation": ("chỉ định", "đăng ký hoạt động"),
}


@lru_cache(maxsize=1)
def spec() -> Spec:
    """The columns in the order of the template."""
    return Spec((*_provider(), *_paper()))


def _provider() -> tuple[Column, ...]:
    return (
        Column(
            name="name", label="Tên tổ chức", kind=Kind.TEXT, required=True, example="Trung tâm Huấn luyện Ví Dụ",
            aliases=("tên", "tổ chức", "tên đơn vị", "đơn vị"),
        ),
        Column(
            name="tax_code", label="Mã số thuế", kind=Kind.TEXT, max_length=14, aliases=("mst", "mã số doanh nghiệp"),
            normalise=_tax_code, help="Để trống nếu chưa rõ; khi đó tổ chức được tìm theo tên.",
        ),
        Column(
            name="head", label="Người đứng đầu", kind=Kind.TEXT, max_length=200, example="Nguyễn Văn Mẫu",
            aliases=("người đại diện", "giám đốc", "người đứng đầu tổ chức"),
        ),
        Column(
            name="place_code", label="Mã xã đặt trụ sở", kind=Kind.TEXT, max_length=10, example="20242",
            aliases=("mã xã", "mã phường xã", "mã địa bàn"), normalise=_place_code,
            help="Để trống nếu trụ sở ở tỉnh khác.",
        ),
        Column(name="address", label="Địa chỉ trụ sở", kind=Kind.TEXT, aliases=("địa chỉ",), example="1 Đường Mẫu"),
        Column(
            name="phone", label="Điện thoại", kind=Kind.TEXT, max_length=30, aliases=("số điện thoại", "sđt", "đt"),
        ),
        Column(
            name="email", label="Thư điện tử", kind=Kind.TEXT, max_length=254, aliases=("email", "e-mail"),
            normalise=_email,
        ),
        Column(
            name="website", label="Trang thông tin", kind=Kind.TEXT, max_length=200, aliases=("website", "trang web"),
            normalise=_website,
        ),
        Column(
            name="ceased_on", label="Chấm dứt hoạt động từ", kind=Kind.DAY, future=True, aliases=("ngày chấm dứt",),
        ),
    )  # fmt: skip


def _paper() -> tuple[Column, ...]:
    return (
        Column(
            name="kind", label="Dịch vụ", kind=Kind.CHOICE, example="Huấn luyện an toàn, vệ sinh lao động",
            aliases=("loại dịch vụ", "lĩnh vực", "lĩnh vực hoạt động"),
            choices=lambda: _choices(qualification.Kind.choices, _KINDS),
            help="Để trống cả phần giấy tờ khi chỉ ghi tổ chức.",
        ),
        Column(
            name="form", label="Loại giấy tờ", kind=Kind.CHOICE, aliases=("hình thức", "chế độ pháp lý"),
            choices=lambda: _choices(qualification.Form.choices, _FORMS), example="Thông báo bắt đầu hoạt động",
        ),
        Column(
            name="class_name", label="Hạng", kind=Kind.CHOICE, example="B", choices=_classes,
            help="Chỉ dùng cho huấn luyện.",
        ),
        Column(
            name="number", label="Số giấy tờ", kind=Kind.TEXT, max_length=80, example="12/TB-VD",
            aliases=("số", "số giấy chứng nhận", "số gcn", "số văn bản"),
        ),
        Column(
            name="issuer", label="Cơ quan cấp hoặc tiếp nhận", kind=Kind.TEXT, max_length=200,
            aliases=("cơ quan cấp", "nơi cấp", "cơ quan công bố"),
        ),
        Column(
            name="valid_from", label="Có hiệu lực từ", kind=Kind.DAY, future=True, example="01/10/2026",
            aliases=("ngày cấp", "ngày hiệu lực", "ngày công bố", "hiệu lực từ"), help="Bắt buộc khi ghi giấy tờ.",
        ),
        Column(
            name="valid_to", label="Đến hết ngày", kind=Kind.DAY, future=True,
            aliases=("ngày hết hạn", "hết hạn", "hiệu lực đến", "hết hiệu lực"),
            help="Để trống nếu giấy tờ không ghi thời hạn.",
        ),
        Column(
            name="scopes", label="Phạm vi", kind=Kind.CODES, choices=_scopes, aliases=("phạm vi hoạt động",),
            help="Mã hoặc tên phạm vi của đúng dịch vụ, cách nhau bằng dấu chấm phẩy.",
        ),
        Column(name="withdrawn_on", label="Thu hồi từ", kind=Kind.DAY, aliases=("ngày thu hồi",)),
    )  # fmt: skip


def examples() -> list[dict[str, Any]]:
    """Rows of the template: an invented provider with one paper."""
    return [{column.name: column.example for column in spec().columns if column.example}]


def _choices(held: Any, words: dict[str, tuple[str, ...]]) -> tuple[Choice, ...]:
    return tuple(Choice(code, str(label), words.get(code, ())) for code, label in held)


def _classes() -> tuple[Choice, ...]:
    names = {name for rule in load_provider_rules().kinds.values() for name in rule.classes if name}
    return tuple(Choice(name, name, (f"hạng {name}",)) for name in sorted(names))


def _scopes() -> tuple[Choice, ...]:
    """Scopes of every kind; whether one belongs to the kind of the row is checked with the row."""
    found: dict[str, Choice] = {}
    for rule in load_provider_rules().kinds.values():
        for code, label in rule.scopes.items():
            found.setdefault(code, Choice(code, label.vi))
    return tuple(found.values())


def _tax_code(text: str) -> str:
    return re.sub(r"[\s.\-]+", "", text)


def _place_code(text: str) -> str:
    """`20341 – Điện Bàn` as drop-down lists write it; zeros lost by a spreadsheet put back."""
    head = re.split(r"\s*–\s*|\s+-\s+", text, maxsplit=1)[0].strip()
    return head.zfill(5) if head.isdigit() else head


def _email(text: str) -> str | Problem:
    try:
        validate_email(text)
    except ValidationError:
        message = _("“%(value)s” không phải địa chỉ thư điện tử.") % {"value": text[:60]}
        return Problem("email", message, _("Sửa lại, hoặc để trống."))
    return text


def _website(text: str) -> str | Problem:
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        message = _("“%(value)s” không phải địa chỉ trang thông tin.") % {"value": text[:60]}
        return Problem("website", message, _("Sửa lại, hoặc để trống."))
    return address
