"""Who may see and change bodies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission

READ = permission("bodies:body:read", _("Xem cơ quan, tổ chức"))
CHANGE = permission("bodies:body:change", _("Sửa cơ quan, tổ chức"))
