"""Who may give and end offices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("offices:office:read", _("Xem người dùng và chức trách"))
CHANGE = permission("offices:office:change", _("Lập tài khoản; giao, kết thúc chức trách"))
HISTORY_READ = permission("history:event:read", _("Xem nhật ký thao tác"))

OFFICES = Policy({"place": "place_id", "establishment": "establishment_id"})
