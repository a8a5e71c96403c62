"""Who may give and end offices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission

READ = permission("offices:office:read", _("Xem người dùng và chức trách"))
CHANGE = permission("offices:office:change", _("Giao, kết thúc chức trách"))
HISTORY_READ = permission("history:event:read", _("Xem nhật ký thao tác"))
