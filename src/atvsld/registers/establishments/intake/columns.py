"""The columns of a file of establishments, one row per establishment and year of workforce."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.law import load_book
from atvsld.platform.imports.columns import Choice, Column, Kind, Spec
from atvsld.registers.establishments import rules, tax_codes
from atvsld.registers.establishments.intake import further
from atvsld.registers.establishments.models.workforce import PARTS

POINT_COLUMNS = ("latitude", "longitude")
# Columns of the establishment itself; the others state the workforce of one year.
FACT_COLUMNS = (
    "name",
    "address",
    "place_code",
    "headquarters_place_code",
    "industry_version",
    "industry_code",
    "ownership_type",
    "phone",
    "email",
    "enterprise_tax_code",
    "zone_name",
    *POINT_COLUMNS,
)
# Columns worked out while the rows stream in: name → what it is read from, and how.
DERIVED: dict[str, tuple[str, Callable[[str], str]]] = {"name_folded": ("name", lambda name: fold(name)[:300])}
WORKFORCE_COLUMNS = ("workers", "female_workers", "payroll", *PARTS)
OSH_COLUMNS = ("osh_stated_on", *further.ORGANISATION)


@lru_cache(maxsize=1)
def spec() -> Spec:
    """The columns in the order of the template."""
    return Spec(
        (
            *_facts(),
            *_workforce(),
            *further.part_columns(),
            *further.place_columns(),
            *further.organisation_columns(),
        )
    )


def _facts() -> tuple[Column, ...]:
    return (
        Column(
            name="tax_code", label="Mã số thuế", kind=Kind.TEXT, required=True, max_length=14, example="0401999999",
            aliases=("mst", "mã số doanh nghiệp", "mã số thuế cơ sở", "msdn"), normalise=_tax_code,
            help="10, 13 hoặc 12 chữ số. Cơ sở đã có thì được cập nhật; ô trống giữ nguyên giá trị đang có.",
        ),
        Column(
            name="name", label="Tên cơ sở", kind=Kind.TEXT, example="Công ty TNHH Ví dụ",
            aliases=("tên", "tên doanh nghiệp", "tên đơn vị", "doanh nghiệp"), help="Bắt buộc với cơ sở mới.",
        ),
        Column(
            name="address", label="Địa chỉ", kind=Kind.TEXT, example="12 Trần Phú",
            aliases=("địa chỉ trụ sở", "dia chi"),
        ),
        Column(
            name="place_code", label="Mã xã nơi hoạt động", kind=Kind.TEXT, max_length=10, example="20242",
            aliases=("mã xã", "mã phường xã", "mã địa bàn"), normalise=_place_code,
            help="Mã đơn vị hành chính cấp xã; bắt buộc với cơ sở mới.",
        ),
        Column(
            name="headquarters_place_code", label="Mã xã nơi đặt trụ sở", kind=Kind.TEXT, max_length=10,
            example="20242", aliases=("mã xã trụ sở",), normalise=_place_code,
            help="Để trống nếu trùng nơi hoạt động.",
        ),
        Column(
            name="industry_version", label="Phiên bản ngành", kind=Kind.CHOICE, example="2025",
            aliases=("phiên bản hệ thống ngành", "hệ thống ngành"), choices=_versions,
            help="Cần khi có mã ngành: cùng một số có thể là ngành khác ở phiên bản khác.",
        ),
        Column(
            name="industry_code", label="Mã ngành", kind=Kind.CODE, max_length=6, example="4101",
            aliases=("ngành", "mã ngành chính", "mã ngành nghề"), choices=_industries, extensible=True,
        ),
        Column(
            name="ownership_type", label="Mã loại hình cơ sở", kind=Kind.CODE, example="02",
            aliases=("loại hình", "loại hình cơ sở", "loại hình doanh nghiệp"), choices=_ownership,
        ),
        Column(
            name="phone", label="Điện thoại", kind=Kind.TEXT, max_length=30, example="0236 3000 000",
            aliases=("số điện thoại", "sđt", "đt"),
        ),
        Column(
            name="email", label="Thư điện tử", kind=Kind.TEXT, max_length=254, example="atld@vidu.invalid",
            aliases=("email", "e-mail"), normalise=_email,
        ),
    )  # fmt: skip


def _workforce() -> tuple[Column, ...]:
    return (
        Column(
            name="year", label="Năm", kind=Kind.COUNT, minimum=rules.FIRST_YEAR, maximum=2100, example="2025",
            aliases=("năm số liệu",), help="Năm của số lao động; nhiều năm thì mỗi năm một dòng.",
        ),
        Column(
            name="workers", label="Tổng số lao động", kind=Kind.COUNT, maximum=1_000_000, example="120",
            aliases=("số lao động", "lao động"),
        ),
        Column(
            name="female_workers", label="Trong đó nữ", kind=Kind.COUNT, maximum=1_000_000, example="45",
            aliases=("lao động nữ", "số lao động nữ", "nữ"),
        ),
        Column(
            name="payroll", label="Tổng quỹ lương (đồng)", kind=Kind.MONEY, example="12000000000",
            aliases=("tổng quỹ lương", "quỹ lương"), help="Cả năm, bằng đồng.",
        ),
    )  # fmt: skip


def examples() -> list[dict[str, Any]]:
    """Rows plainly invented and complete enough to import."""
    row = {column.name: column.example for column in spec().columns}
    return [row, row | {"year": "2024", "workers": "110", "female_workers": "", "payroll": ""}]


def _versions() -> tuple[Choice, ...]:
    lists = load_book().code_lists.versions(rules.INDUSTRY_LISTS)
    return tuple(Choice(codes.version, f"VSIC {codes.version}") for codes in lists)


def _industries() -> tuple[Choice, ...]:
    """Every code of any version; the version named in the row decides (checked with the row)."""
    found: dict[str, Choice] = {}
    for codes in load_book().code_lists.versions(rules.INDUSTRY_LISTS):
        for item in codes.items:
            found.setdefault(item.code, Choice(item.code, item.label_vi))
    return tuple(found.values())


def _ownership() -> tuple[Choice, ...]:
    found: dict[str, Choice] = {}
    for codes in load_book().code_lists.versions(rules.OWNERSHIP_LIST):
        for item in codes.choices:
            found[item.code] = Choice(item.code, item.label_vi)
    return tuple(found.values())


def _tax_code(text: str) -> str | Problem:
    """Bare digits; one zero lost in front is put back when the check digit then fits and only then."""
    if tax_codes.plainly_valid(text):
        return text
    problem = tax_codes.check(text)
    if problem is None:
        return tax_codes.normalise(text)
    if problem.code == "tax_code_length" and (whole := tax_codes.restore_zero(text)) is not None:
        return whole
    return problem


def _place_code(text: str) -> str | Problem:
    """Communes have five digits: zeros in front that a spreadsheet dropped are put back. No database in here."""
    head = text.split(" ", maxsplit=1)[0]
    if not (head.isascii() and head.isdigit() and len(head) <= 5):
        message = _("“%(value)s” không phải mã xã.") % {"value": text[:40]}
        return Problem("place_unknown", message, _("Ghi mã đơn vị hành chính cấp xã, 5 chữ số."))
    return head.zfill(5)


def _email(text: str) -> str | Problem:
    try:
        validate_email(text)
    except ValidationError:
        message = _("“%(value)s” không phải địa chỉ thư điện tử.") % {"value": text[:60]}
        return Problem("email", message, _("Kiểm tra lại; để trống nếu chưa rõ."))
    return text
