"""Who may see and record what a victim is owed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("accidents:benefit:read", _("Xem chế độ của người bị nạn"))
CHANGE = permission("accidents:benefit:change", _("Tính, ghi quyết định và chi trả chế độ"))
READ_RECKONING = permission(
    "accidents:benefit:read_reckoning", _("Xem tiền lương, mức suy giảm và cách tính chế độ"), sensitive=True
)

BENEFITS = Policy({"place": "case.place_id", "establishment": "case.establishment_id", "case": "case_id"})
