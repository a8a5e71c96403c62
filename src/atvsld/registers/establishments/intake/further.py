"""Columns few files have: point and zone, enterprise, parts of the workforce, OSH organisation. All optional."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from atvsld.kit.outcome import Problem
from atvsld.platform.imports.columns import Column, Kind
from atvsld.registers.establishments import rules, tax_codes
from atvsld.registers.establishments.models import Establishment, OshOrganisation, WorkforceYear
from atvsld.registers.establishments.models.workforce import PARTS

# Numbers and facts of the OSH organisation that a file may state; findings of officers are not taken from files.
ORGANISATION = (
    "full_time_officers",
    "part_time_officers",
    "has_osh_department",
    "has_osh_service",
    "doctors",
    "assistant_doctors",
    "medical_workers",
    "has_medical_facility",
    "has_medical_contract",
    "shifts",
    "production_teams",
    "osh_representatives",
    "has_osh_council",
)
_DECIMAL = re.compile(r"[0-9]{1,3}(\.[0-9]{1,9})?")
_POINT = {"latitude": ("16.047079", "lat"), "longitude": ("108.206230", "lng")}


def place_columns() -> Iterator[Column]:
    """Enterprise, zone and point."""
    yield Column(
        name="enterprise_tax_code", label="Mã số doanh nghiệp chủ quản", kind=Kind.TEXT, max_length=14,
        aliases=("mst doanh nghiệp", "mã số thuế công ty"), normalise=_enterprise_code,
        help="Chỉ ghi khi khác 10 số đầu của mã số thuế cơ sở.",
    )  # fmt: skip
    yield Column(
        name="zone_name", label="Khu, cụm công nghiệp", kind=Kind.TEXT, max_length=200,
        aliases=("tên khu công nghiệp", "khu công nghiệp", "kcn"),
    )  # fmt: skip
    for name, (example, alias) in _POINT.items():
        yield Column(
            name=name, label=_label(Establishment, name), kind=Kind.TEXT, max_length=14, example=example,
            aliases=(alias,), normalise=_degrees, help="Độ thập phân (WGS 84); ghi cả vĩ độ và kinh độ.",
        )  # fmt: skip


def part_columns() -> Iterator[Column]:
    """Parts of a year's workforce."""
    for name in PARTS:
        yield Column(name=name, label=_label(WorkforceYear, name), kind=Kind.COUNT, maximum=1_000_000)


def organisation_columns() -> Iterator[Column]:
    """The OSH organisation as last stated."""
    yield Column(
        name="osh_stated_on", label="Số liệu bộ máy ATVSLĐ ngày", kind=Kind.MOMENT,
        help="Để trống thì lấy ngày nhập tệp.",
    )  # fmt: skip
    for name in ORGANISATION:
        flag = name.startswith("has_")
        yield Column(
            name=name,
            label=_label(OshOrganisation, name),
            kind=Kind.BOOLEAN if flag else Kind.COUNT,
            minimum=1 if name == "shifts" else 0,
            maximum=30_000,
        )


def _label(model: type[models.Model], name: str) -> str:
    """The Vietnamese label of a column of a record: files speak Vietnamese whoever looks at the page."""
    field: Any = model._meta.get_field(name)  # noqa: SLF001
    with override(None):
        words = str(field.verbose_name)
    return words[:1].upper() + words[1:]


def _degrees(text: str) -> str | Problem:
    """Decimal degrees as they came, with a point; the database rounds to six decimals."""
    plain = text.replace(",", ".").rstrip("°").strip()
    if not _DECIMAL.fullmatch(plain):
        message = _("“%(value)s” không phải độ thập phân.") % {"value": text[:40]}
        return Problem("not_degrees", message, _("Ghi như 16.047079; không ghi độ, phút, giây."))
    degrees = float(plain)
    south, north, west, east = rules.VIET_NAM
    if not (south <= degrees <= north or west <= degrees <= east):
        message = _("%(value)s nằm ngoài Việt Nam.") % {"value": text[:40]}
        return Problem("point_outside", message, _("Kiểm tra lại tọa độ."))
    return plain


def _enterprise_code(text: str) -> str | Problem:
    code = tax_codes.normalise(text)
    if problem := tax_codes.check(code):
        return problem
    if len(code) not in {10, 12}:
        message = _("Mã số doanh nghiệp “%(code)s” không có 10 hoặc 12 chữ số.") % {"code": text[:20]}
        return Problem("enterprise_code", message, _("Ghi mã của doanh nghiệp, không ghi mã của chi nhánh."))
    return code
