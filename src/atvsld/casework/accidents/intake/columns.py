"""The columns of an accident file, one row per victim. Columns of the case may be repeated or left to its first row."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.law import CodeList, load_book
from atvsld.platform.imports.columns import Choice, Column, Kind, Spec
from atvsld.registers.establishments import tax_codes

# Columns that describe the case; the others describe the victim of the row.
CASE_COLUMNS = (
    "occurred_at",
    "place_code",
    "establishment_tax_code",
    "establishment_name",
    "conclusion",
    "cause_code",
    "injury_agent_code",
    "property_damage",
)
# Column → list of the law book whose version is that of the day of the accident.
CODE_LISTS = {
    "cause_code": "accident.cause",
    "injury_agent_code": "accident.injury_agent",
    "occupation_code": "occupation",
    "injury_codes": "accident.injury",
}
_WORDS = {
    "contract": ("có hợp đồng", "có hđlđ", "hđlđ", "hợp đồng lao động", "co hop dong lao dong"),
    "none": ("không hợp đồng", "không có hợp đồng", "không có hợp đồng lao động", "không hđlđ", "phi kết cấu"),
    "probation": ("thử việc",),
    "apprentice": ("học nghề", "tập nghề", "học việc"),
    "civil_servant": ("công chức", "viên chức", "cán bộ"),
    "armed_forces": ("lực lượng vũ trang", "quân đội", "công an"),
    "leased": ("thuê lại", "lao động thuê lại"),
    "abroad": ("làm việc ở nước ngoài", "ở nước ngoài"),
    "foreign": ("người nước ngoài", "lao động nước ngoài"),
    "occupational": ("tai nạn lao động", "tnlđ", "là tnlđ"),
    "article_39_2": ("khoản 2 điều 39", "điều 39 khoản 2", "39.2", "đi và về", "tai nạn trên đường đi và về"),
    "not_occupational": ("không phải tnlđ", "không phải tai nạn lao động"),
    "pending": ("chưa kết luận", "đang điều tra", "chờ kết luận"),
    "fatal": ("chết", "chết người", "tử vong"),
    "severe": ("bị thương nặng", "thương nặng", "nặng"),
    "minor": ("bị thương nhẹ", "thương nhẹ", "nhẹ"),
    "male": ("m", "nam giới"),
    "female": ("f", "nữ giới"),
}


@lru_cache(maxsize=1)
def spec() -> Spec:
    """The columns in the order of the template."""
    return Spec((*_case_columns(), *_victim_columns()))


def _case_columns() -> tuple[Column, ...]:
    return (
        Column(
            name="case_key", label="Mã vụ", kind=Kind.TEXT, required=True, max_length=80, example="2024-001",
            aliases=("số vụ", "mã hồ sơ"),
            help="Mã của cơ quan gửi, mỗi vụ một mã; các dòng cùng mã là những người bị nạn của một vụ.",
        ),
        Column(
            name="occurred_at", label="Thời điểm xảy ra", kind=Kind.MOMENT, example="05/03/2024 14:30",
            aliases=("ngày xảy ra", "xảy ra lúc", "ngày giờ xảy ra", "thời gian xảy ra"),
            help="dd/mm/yyyy hh:mm hoặc 2024-03-05 14:30.",
        ),
        Column(
            name="place_code", label="Mã xã nơi xảy ra", kind=Kind.TEXT, max_length=10, example="20242",
            aliases=("mã xã", "nơi xảy ra", "mã địa bàn", "mã nơi xảy ra"),
            help="Mã đơn vị hành chính cấp xã có hiệu lực vào ngày xảy ra.", normalise=_place_code,
        ),
        Column(
            name="establishment_tax_code", label="Mã số thuế cơ sở", kind=Kind.TEXT, max_length=14,
            example="0401999999",
            aliases=("mã số thuế", "mst"), normalise=_tax_code,
            help="10, 13 hoặc 12 chữ số; để trống khi không thuộc cơ sở nào.",
        ),
        Column(
            name="establishment_name", label="Tên cơ sở", kind=Kind.TEXT, example="Công ty TNHH Ví dụ",
            aliases=("cơ sở", "tên doanh nghiệp"), help="Cần khi mã số thuế chưa có trong sổ cơ sở.",
        ),
        Column(
            name="labour_relation", label="Quan hệ lao động", kind=Kind.CHOICE, example="Có hợp đồng lao động",
            choices=lambda: _listed("accident.labour_relation"), help="Của người bị nạn.",
        ),
        Column(
            name="conclusion", label="Kết luận", kind=Kind.CHOICE, example="Tai nạn lao động",
            choices=lambda: _listed("accident.conclusion"), help="Để trống là chưa kết luận.",
        ),
        Column(
            name="cause_code", label="Mã nguyên nhân", kind=Kind.CODE, example="7", aliases=("nguyên nhân",),
            choices=lambda: _listed("accident.cause"), help="Một nguyên nhân chính; để trống nếu chưa rõ.",
        ),
        Column(
            name="injury_agent_code", label="Mã yếu tố gây chấn thương", kind=Kind.CODE, example="4",
            aliases=("yếu tố gây chấn thương",), choices=lambda: _listed("accident.injury_agent"),
            help="Theo danh mục có hiệu lực vào ngày xảy ra.",
        ),
        Column(
            name="property_damage", label="Thiệt hại tài sản (đồng)", kind=Kind.MONEY, example="15000000",
            aliases=("thiệt hại tài sản",), help="Của cả vụ; ghi ở một dòng của vụ.",
        ),
    )  # fmt: skip


def _victim_columns() -> tuple[Column, ...]:
    return (
        Column(
            name="victim_name", label="Họ và tên", kind=Kind.TEXT, max_length=200, example="Nguyễn Văn An",
            aliases=("họ tên", "họ tên người bị nạn", "họ và tên người bị nạn", "người bị nạn"),
        ),
        Column(
            name="birth_year", label="Năm sinh", kind=Kind.COUNT, minimum=1900, maximum=2100, example="1988",
            help="Bốn chữ số.",
        ),
        Column(
            name="sex", label="Giới tính", kind=Kind.CHOICE, example="Nam",
            choices=lambda: (_choice("male", "Nam"), _choice("female", "Nữ")),
        ),
        Column(
            name="occupation_code", label="Mã nghề nghiệp", kind=Kind.CODE, example="71", aliases=("nghề nghiệp",),
            choices=lambda: _listed("occupation"), extensible=True, help="Danh mục nghề nghiệp Việt Nam, từ 2 chữ số.",
        ),
        Column(
            name="severity", label="Mức độ", kind=Kind.CHOICE, example="Nặng",
            aliases=("mức độ thương tật", "tình trạng thương tích"), choices=lambda: _listed("accident.severity"),
            help="Chết người, Nặng hoặc Nhẹ.",
        ),
        Column(
            name="injury_codes", label="Mã chấn thương", kind=Kind.CODES, example="011;024",
            aliases=("chấn thương", "mã chấn thương nặng"), choices=lambda: _listed("accident.injury"),
            help="Mã của Phụ lục II, cách nhau dấu chấm phẩy, giữ số 0 ở đầu.",
        ),
        Column(
            name="managed", label="Thuộc quyền quản lý", kind=Kind.BOOLEAN, example="Có",
            help="“Không” khi người bị nạn là của cơ sở khác.",
        ),
        Column(
            name="days_lost", label="Số ngày nghỉ", kind=Kind.COUNT, maximum=20_000, example="45",
            aliases=("số ngày nghỉ vì tai nạn",),
        ),
        Column(
            name="medical_cost", label="Chi phí y tế (đồng)", kind=Kind.MONEY, example="12500000",
            aliases=("chi phí y tế",),
        ),
        Column(
            name="wage_cost", label="Trả lương khi điều trị (đồng)", kind=Kind.MONEY, example="18000000",
            aliases=("trả lương khi điều trị", "trả lương trong thời gian điều trị"),
        ),
        Column(
            name="compensation_cost", label="Bồi thường, trợ cấp (đồng)", kind=Kind.MONEY, example="30000000",
            aliases=("bồi thường, trợ cấp", "bồi thường"),
        ),
    )  # fmt: skip


def _choice(code: str, label: str) -> Choice:
    return Choice(code, label, _WORDS.get(code, ()))


def _listed(name: str) -> tuple[Choice, ...]:
    """Every code of any version; which version holds is checked against the day of the accident."""
    found: dict[str, Choice] = {}
    for version in load_book().code_lists.versions(name):
        recordable = {item.code for item in version.choices}
        for item in version.items:
            heading = item.code not in recordable
            found[item.code] = Choice(item.code, item.label_vi, _WORDS.get(item.code, ()), heading)
    return tuple(found.values())


def code_versions(column: str) -> tuple[CodeList, ...]:
    """The versions of the list behind a code column, oldest first."""
    return load_book().code_lists.versions(CODE_LISTS[column])


def _tax_code(text: str) -> str | Problem:
    """Bare digits; one zero lost in front is put back when the check digit then fits and only then."""
    problem = tax_codes.check(text, column="establishment_tax_code")
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
