"""Who may do what in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("yearly:year_report:read", _("Xem báo cáo năm về thực hiện kế hoạch"))
CHANGE = permission("yearly:year_report:change", _("Lập, gửi báo cáo năm của đơn vị mình"))
OVERSEE = permission("yearly:year_report:oversee", _("Tiếp nhận, trả lại, tổng hợp báo cáo năm"))

REPORTS = Policy({"place": "place_id", "body": "body_id", "establishment": "establishment_id"})
# Whose it is: never by place.
OWN = Policy({"body": "body_id", "establishment": "establishment_id"})
