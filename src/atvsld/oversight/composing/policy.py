"""Who may compose tables and reports. What stands in them is read under the rights of whoever opens them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission

COMPOSE = permission("composing:composed_report:change", _("Tự soạn bảng, báo cáo và mẫu Word"))
