"""Who may do what in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("budget:budget_line:read", _("Xem dự toán, phân bổ, chi"))
CHANGE = permission("budget:budget_line:change", _("Lập dự toán, ghi cam kết và chi của đơn vị mình"))
ALLOCATE = permission("budget:budget_line:allocate", _("Ghi phân bổ kinh phí"))

LINES = Policy({"place": "place_id", "body": "body_id", "establishment": "establishment_id"})
# Whose money it is: never by place.
OWN = Policy({"body": "body_id", "establishment": "establishment_id"})
