"""Who may do what in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy  # noqa: F401 - the policies of its records follow

READ = permission("outreach:communication:read", _("Xem sổ tuyên truyền, tài liệu, tin bài"))
CHANGE = permission("outreach:communication:change", _("Ghi sổ tuyên truyền, tài liệu, tin bài của đơn vị mình"))
