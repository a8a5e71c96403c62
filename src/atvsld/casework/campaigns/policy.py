"""Who may do what in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy  # noqa: F401 - the policies of its records follow

READ = permission("campaigns:campaign:read", _("Xem đợt cao điểm và số liệu của các đơn vị"))
OPEN = permission("campaigns:campaign:open", _("Mở đợt cao điểm của năm, đặt hạn báo cáo"))
CHANGE = permission("campaigns:campaign_result:change", _("Ghi kết quả đợt cao điểm của đơn vị mình"))
