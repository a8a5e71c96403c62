"""Who may see reports added up, and who accepts the sum."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("consolidation:consolidated_report:read", _("Xem tổng hợp báo cáo của các đơn vị"))
ACCEPT = permission("consolidation:consolidated_report:accept", _("Chấp nhận báo cáo tổng hợp"))

ACCEPTED = Policy({"place": "place_id"})
