"""Who may see the targets of the plan, and fix their baselines."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("indicators:target:read", _("Xem chỉ tiêu của kế hoạch"))
LOCK = permission("indicators:baseline:lock", _("Khóa, mở khóa mức năm gốc của chỉ tiêu"))

BASELINES = Policy({"place": "place_id"})
