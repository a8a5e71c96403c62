"""Who may do what in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy  # noqa: F401 - the policies of its records follow

READ = permission("merits:commendation:read", _("Xem khen thưởng, mô hình tốt"))
CHANGE = permission("merits:commendation:change", _("Đề nghị khen thưởng, ghi mô hình tốt của đơn vị mình"))
DECIDE = permission("merits:commendation:decide", _("Ghi quyết định khen thưởng"))
