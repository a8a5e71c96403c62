"""Who may see and record technical incidents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("incidents:incident:read", _("Xem sự cố kỹ thuật"))
CREATE = permission("incidents:incident:create", _("Ghi nhận sự cố kỹ thuật"))
CHANGE = permission("incidents:incident:change", _("Sửa, báo cáo, kết thúc hồ sơ sự cố kỹ thuật"))
JUDGE = permission("incidents:incident:judge", _("Xác định sự cố kỹ thuật nghiêm trọng"))

INCIDENTS = Policy({"place": "place_id", "establishment": "establishment_id"})
