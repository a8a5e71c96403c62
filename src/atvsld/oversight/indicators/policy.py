"""Who may see the targets of the plan."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission

READ = permission("indicators:target:read", _("Xem chỉ tiêu của kế hoạch"))
