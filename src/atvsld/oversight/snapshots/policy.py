"""Who may read accepted reports, accept and revise them, and withdraw one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("snapshots:report_snapshot:read", _("Xem báo cáo đã chấp nhận và hộ chiếu con số"))
ACCEPT = permission("snapshots:report_snapshot:accept", _("Chấp nhận số liệu báo cáo và bản sửa"))
WITHDRAW = permission("snapshots:report_snapshot:withdraw", _("Rút báo cáo đã chấp nhận"))

SNAPSHOTS = Policy({"place": "place_id", "establishment": "establishment_id"})
