"""Who sees duties. An establishment's people see what their establishment owes, nothing of what authorities owe."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("duties:duty:read", _("Xem việc phải làm và hạn"))

DUTIES = Policy({"place": "place_id", "establishment": "debtor_id"})
