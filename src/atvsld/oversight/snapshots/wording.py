"""What measures, dimensions and reasons are called in a passport."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DIMENSIONS: dict[str, str | Promise] = {
    "conclusion": _("kết luận"),
    "cause": _("nguyên nhân"),
    "agent": _("yếu tố gây chấn thương"),
    "occupation": _("nghề nghiệp"),
    "relation": _("quan hệ lao động"),
    "relation_group": _("nhóm quan hệ lao động"),
    "severity": _("mức độ"),
    "sex": _("giới tính"),
    "industry": _("ngành"),
    "ownership": _("loại hình cơ sở"),
    "place": _("nơi xảy ra"),
}
CODES: dict[str, str | Promise] = {
    "occupational": _("là tai nạn lao động"),
    "article_39_2": _("hưởng trợ cấp theo khoản 2 Điều 39"),
    "not_occupational": _("không phải tai nạn lao động"),
    "pending": _("chưa có kết luận"),
    "contract": _("theo hợp đồng lao động"),
    "non_contract": _("không theo hợp đồng lao động"),
    "fatal": _("chết người"),
    "severe": _("nặng"),
    "minor": _("nhẹ"),
    "female": _("nữ"),
    "male": _("nam"),
}
REASONS: dict[str, str | Promise] = {
    "pending": _("Vụ chưa có kết luận"),
    "not_occupational": _("Vụ kết luận không phải tai nạn lao động"),
    "article_39_2": _("Vụ hưởng trợ cấp theo khoản 2 Điều 39, tính ở dòng khác hoặc biểu khác"),
    "occupational": _("Vụ là tai nạn lao động, tính ở dòng khác"),
    "elsewhere": _("Thuộc địa bàn khác theo cơ sở tính đã chọn"),
    "population": _("Ngoài đối tượng của biểu (quan hệ lao động khác hoặc chưa rõ)"),
    "unknown": _("Được tính nhưng chưa rõ số lượng, số tiền"),
}


def reason(code: str) -> str | Promise:
    """Why a record is left out, in words."""
    return REASONS.get(code, code or _("Chưa rõ kết luận"))
