"""The columns of a file of workers: a person, the work, the protected groups; one row per person and employment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.law import load_book
from atvsld.platform.imports.columns import Choice, Column, Kind, Spec
from atvsld.registers.establishments import tax_codes
from atvsld.registers.workers.intake import identity
from atvsld.registers.workers.models import Worker
from atvsld.registers.workers.models.protected_group import Group
from atvsld.registers.workers.rules import OCCUPATIONS, RELATIONS

# Staged beside what the file says.
DERIVED = {"name_folded": ("name", lambda name: fold(name)[:200])}
_SEX = {"male": ("nam giới", "m", "trai"), "female": ("nữ giới", "f", "gái")}
_KINDS = {
    "citizen": ("cccd", "căn cước", "căn cước công dân", "số định danh", "thẻ căn cước"),
    "old_card": ("cmnd", "cmt", "chứng minh nhân dân", "chứng minh thư"),
    "passport": ("hộ chiếu",),
    "other": ("khác",),
}
_RELATIONS = {
    "contract": ("có hợp đồng", "có hđlđ", "hđlđ", "hợp đồng lao động", "chính thức"),
    "none": ("không hợp đồng", "không có hợp đồng", "không hđlđ", "tự do"),
    "probation": ("thử việc",),
    "apprentice": ("học nghề", "tập nghề", "học việc"),
    "leased": ("thuê lại", "lao động thuê lại"),
    "abroad": ("làm việc ở nước ngoài", "ở nước ngoài"),
}

_GROUPS = {
    "disabled": ("khuyết tật", "người khuyết tật"),
    "domestic": ("giúp việc", "giúp việc gia đình"),
    "apprentice": ("học nghề", "tập nghề"),
    "probation": ("thử việc",),
    "leased": ("thuê lại",),
    "abroad": ("đi làm việc ở nước ngoài",),
    "no_contract": ("không hợp đồng", "không có hợp đồng"),
}


@lru_cache(maxsize=1)
def spec() -> Spec:
    """The columns in the order of the template."""
    return Spec((*_person(), *_work(), *_groups()))


def _person() -> tuple[Column, ...]:
    return (
        Column(
            name="name", label="Họ và tên", kind=Kind.TEXT, required=True, max_length=200, example="Trần Thị Ví Dụ",
            aliases=("họ tên", "tên", "họ và tên người lao động", "người lao động", "tên nhân viên"),
        ),
        Column(
            name="birth_date", label="Ngày sinh", kind=Kind.DAY, example="02/09/1990",
            aliases=("ngày tháng năm sinh", "sinh ngày", "ngày, tháng, năm sinh"),
            help="dd/mm/yyyy. Cần để phân biệt người trùng tên khi không có số định danh.",
        ),
        Column(
            name="sex", label="Giới tính", kind=Kind.CHOICE, example="Nữ", aliases=("giới", "phái", "nam/nữ"),
            choices=lambda: _choices(Worker.Sex.choices, _SEX),
        ),
        Column(
            name="identity_kind", label="Loại giấy tờ", kind=Kind.CHOICE, aliases=("loại giấy tờ tùy thân",),
            choices=lambda: _choices(Worker.IdentityKind.choices, _KINDS),
            help="Để trống thì hiểu theo độ dài của số.",
        ),
        Column(
            name="identity_number", label="Số định danh", kind=Kind.SECRET, normalise=identity.stage,
            example="000190001234",
            aliases=("số cccd", "cccd", "số căn cước", "số cmnd", "cmnd", "số định danh cá nhân", "cmnd/cccd",
                     "số cmnd/cccd", "số giấy tờ"),
            help="Không bắt buộc; được niêm phong ngay khi đọc tệp. Định dạng ô kiểu văn bản để giữ số 0 ở đầu.",
        ),
    )  # fmt: skip


def _work() -> tuple[Column, ...]:
    return (
        Column(
            name="tax_code", label="Mã số thuế cơ sở", kind=Kind.TEXT, max_length=14, example="0401999999",
            aliases=("mã số thuế", "mst", "mst cơ sở", "mã số thuế của cơ sở"), normalise=_tax_code,
            help="Cơ sở nơi làm việc, đã có trong sổ. Tệp của chính cơ sở thì có thể bỏ cột này.",
        ),
        Column(
            name="place_code", label="Mã xã nơi làm việc", kind=Kind.TEXT, max_length=10, example="20242",
            aliases=("mã xã", "mã phường xã", "mã địa bàn"), normalise=_place_code,
            help="Cần khi không làm cho cơ sở nào; để trống thì là nơi cơ sở hoạt động.",
        ),
        Column(
            name="started_on", label="Làm từ", kind=Kind.DAY, example="01/03/2025",
            aliases=("ngày vào làm", "ngày bắt đầu làm việc", "vào làm ngày", "ngày ký hợp đồng"),
        ),
        Column(
            name="ended_on", label="Làm đến hết", kind=Kind.DAY, aliases=("ngày nghỉ việc", "ngày thôi việc"),
            help="Để trống nếu đang làm.",
        ),
        Column(
            name="labour_relation", label="Quan hệ lao động", kind=Kind.CHOICE, example="Thử việc",
            aliases=("loại hợp đồng", "hợp đồng"), choices=_relations,
        ),
        Column(
            name="occupation_code", label="Mã nghề nghiệp", kind=Kind.CODE, aliases=("nghề nghiệp", "mã nghề"),
            choices=_occupations, help="Mã của danh mục nghề nghiệp Việt Nam.",
        ),
        Column(
            name="job_title", label="Công việc", kind=Kind.TEXT, max_length=200, example="Thợ may",
            aliases=("chức danh", "vị trí", "vị trí việc làm", "công việc đang làm", "bộ phận"),
        ),
    )  # fmt: skip


def _groups() -> tuple[Column, ...]:
    return (
        Column(
            name="groups", label="Nhóm đặc thù", kind=Kind.CODES, choices=_group_choices,
            aliases=("đối tượng đặc thù", "nhóm lao động đặc thù"),
            help="Ghi mã hoặc tên nhóm, nhiều nhóm cách nhau bằng dấu chấm phẩy. Lao động nữ, chưa thành niên và cao "
            "tuổi được suy từ giới tính và ngày sinh, không ghi ở đây.",
        ),
        Column(name="group_from", label="Thuộc nhóm từ", kind=Kind.DAY, help="Bắt buộc khi ghi nhóm."),
        Column(name="group_to", label="Thuộc nhóm đến hết", kind=Kind.DAY, future=True),
        Column(name="group_basis", label="Căn cứ thuộc nhóm", kind=Kind.TEXT, max_length=200,
               help="Ví dụ: giấy xác nhận khuyết tật số …"),
    )  # fmt: skip


def examples() -> list[dict[str, Any]]:
    """Rows of the template: invented people."""
    first = {column.name: column.example for column in spec().columns if column.example}
    second = {"name": "Lê Văn Mẫu", "birth_date": "15/01/1985", "sex": "Nam", "tax_code": "0401999999",
              "labour_relation": "Có hợp đồng lao động", "groups": "disabled", "group_from": "01/01/2024"}  # fmt: skip
    return [first, second]


def _choices(held: Any, words: Mapping[str, tuple[str, ...]]) -> tuple[Choice, ...]:
    return tuple(Choice(code, str(label), words.get(code, ())) for code, label in held)


def _group_choices() -> tuple[Choice, ...]:
    return _choices(Group.choices, _GROUPS)


def _relations() -> tuple[Choice, ...]:
    return tuple(Choice(code, label, _RELATIONS.get(code, ())) for code, label in _listed(RELATIONS).items())


def _occupations() -> tuple[Choice, ...]:
    return tuple(Choice(code, label) for code, label in _listed(OCCUPATIONS).items())


def _listed(name: str) -> dict[str, str]:
    """Every code of any version; whether it holds today is checked with the row."""
    return {item.code: item.label_vi for version in load_book().code_lists.versions(name) for item in version.items}


def _tax_code(text: str) -> str | Problem:
    code = tax_codes.normalise(text)
    return code or Problem("tax_code", _("không đọc được mã số thuế “%(value)s”.") % {"value": text[:20]})


def _place_code(text: str) -> str:
    """`20341 – Điện Bàn` as drop-down lists write it; zeros lost by a spreadsheet put back."""
    head = re.split(r"\s*–\s*|\s+-\s+", text, maxsplit=1)[0].strip()
    return head.zfill(5) if head.isdigit() else head
