"""Who may do what in this room. Changing is given for the own body or establishment alone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission

READ = permission(
    "capacity:capacity_record:read", _("Xem cán bộ, mạng lưới an toàn, vệ sinh viên, đề tài, sáng kiến, hợp tác")
)
CHANGE = permission(
    "capacity:capacity_record:change", _("Ghi cán bộ, mạng lưới, đề tài, sáng kiến, hợp tác của đơn vị mình")
)
