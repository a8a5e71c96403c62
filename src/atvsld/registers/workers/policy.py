"""Who may see and change the register of workers.

A worker is reached through where and for whom the person works now: an employer sees the own people, an officer those
of the area. Identity numbers need a permission of their own and each reading is recorded.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("workers:worker:read", _("Xem người lao động (số định danh được che)"))
CHANGE = permission("workers:worker:change", _("Thêm, sửa người lao động"))
READ_IDENTITY = permission("workers:worker:read_identity", _("Xem số định danh của người lao động"), sensitive=True)

WORKERS = Policy({"place": "place_id", "establishment": "establishment_id"})
