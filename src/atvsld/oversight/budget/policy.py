"""Who may do what in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy  # noqa: F401 - the policies of its records follow

READ = permission("budget:budget_line:read", _("Xem dự toán, phân bổ, chi"))
CHANGE = permission("budget:budget_line:change", _("Lập dự toán, ghi cam kết và chi của đơn vị mình"))
ALLOCATE = permission("budget:budget_line:allocate", _("Ghi phân bổ kinh phí"))
