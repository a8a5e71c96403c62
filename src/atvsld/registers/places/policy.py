"""Who may see and reorganise places. Places themselves are public knowledge."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission

READ = permission("places:place:read", _("Xem địa bàn"))
REORGANISE = permission("places:place:reorganise", _("Ghi nhận sắp xếp đơn vị hành chính"))
