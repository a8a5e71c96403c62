"""Who may see campaigns, open them, and tell of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("campaigns:campaign:read", _("Xem đợt cao điểm và số liệu của các đơn vị"))
OPEN = permission("campaigns:campaign:open", _("Mở đợt cao điểm của năm, đặt hạn báo cáo"))
CHANGE = permission("campaigns:campaign_result:change", _("Ghi kết quả đợt cao điểm của đơn vị mình"))

# A campaign is announced to everybody; who opens it answers for the area.
CAMPAIGNS = Policy({"place": "place_id"})
# Results are read over the area, written by whoever they are of.
RESULTS = Policy({"place": "place_id", "body": "body_id", "establishment": "establishment_id"})
OWN = Policy({"body": "body_id", "establishment": "establishment_id"})
