"""Who may do what in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy  # noqa: F401 - the policies of its records follow

READ = permission("proposals:policy_proposal:read", _("Xem kiến nghị, góp ý"))
CHANGE = permission("proposals:policy_proposal:change", _("Gửi kiến nghị, góp ý của đơn vị mình"))
CONSOLIDATE = permission("proposals:policy_proposal:consolidate", _("Tổng hợp, gửi kiến nghị và ghi kết quả"))
