"""Who may read and write what is done to make safety known. Writing holds for the own records alone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission

READ = permission("outreach:communication:read", _("Xem sổ tuyên truyền, tài liệu, tin bài"))
CHANGE = permission("outreach:communication:change", _("Ghi sổ tuyên truyền, tài liệu, tin bài của đơn vị mình"))
