"""Who may see and change accident cases."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("accidents:case:read", _("Xem hồ sơ tai nạn lao động"))
CREATE = permission("accidents:case:create", _("Ghi nhận vụ tai nạn lao động"))
CHANGE = permission("accidents:case:change", _("Sửa hồ sơ tai nạn lao động"))
IMPORT = permission("accidents:case:import", _("Nhập tệp tai nạn lao động"))
READ_IDENTITY = permission(
    "accidents:victim:read_identity", _("Xem họ tên và thương tích của người bị nạn"), sensitive=True
)

# `case`: somebody invited to one case.
CASES = Policy({"place": "place_id", "establishment": "establishment_id", "case": "pk"})
VICTIMS = Policy({"place": "case.place_id", "establishment": "case.establishment_id", "case": "case_id"})
