"""Who may do what in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy  # noqa: F401 - the policies of its records follow

READ = permission("yearly:year_report:read", _("Xem báo cáo năm về thực hiện kế hoạch"))
CHANGE = permission("yearly:year_report:change", _("Lập, gửi báo cáo năm của đơn vị mình"))
OVERSEE = permission("yearly:year_report:oversee", _("Tiếp nhận, trả lại, tổng hợp báo cáo năm"))
