"""Who may compute and open statutory tables, and the records behind a figure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission

READ = permission("reporting:report:read", _("Xem và tải báo cáo theo biểu mẫu"))
