"""The functions of state management a body may hold, by the slug that code asks for."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FUNCTIONS: dict[str, str | Promise] = {
    "ppc": _("Ủy ban nhân dân cấp tỉnh"),
    "osh_lead": _("Quản lý nhà nước về an toàn, vệ sinh lao động"),
    "health_lead": _("Quản lý nhà nước về y tế, bệnh nghề nghiệp"),
    "finance": _("Tài chính, ngân sách"),
    "planning": _("Kế hoạch, đầu tư"),
    "industry_trade": _("Công Thương"),
    "construction": _("Xây dựng"),
    "transport": _("Giao thông vận tải"),
    "environment": _("Tài nguyên, môi trường"),
    "agriculture": _("Nông nghiệp"),
    "police": _("Công an"),
    "information": _("Báo chí, thông tin cơ sở"),
    "digital": _("Công nghệ thông tin, chuyển đổi số"),
    "press": _("Báo"),
    "broadcasting": _("Phát thanh, truyền hình"),
    "zone_authority": _("Quản lý khu kinh tế, khu công nghiệp"),
    "union": _("Công đoàn"),
    "front": _("Mặt trận Tổ quốc"),
    "farmers": _("Hội Nông dân"),
    "district": _("Ủy ban nhân dân cấp huyện"),
    "commune": _("Ủy ban nhân dân cấp xã"),
}
