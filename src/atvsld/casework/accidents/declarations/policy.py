"""Who may declare, read declarations, and learn who told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

CREATE = permission("accidents:declaration:create", _("Khai báo, ghi tin báo tai nạn lao động"))
READ = permission("accidents:declaration:read", _("Xem khai báo, tin báo tai nạn lao động"))
READ_REPORTER = permission("accidents:declaration:read_reporter", _("Xem người báo tin được bảo vệ"), sensitive=True)

# An employer sees what its own people declared and nothing else: that somebody told is itself protected.
DECLARATIONS = Policy({"place": "place_id", "establishment": "declared_by_id"})
