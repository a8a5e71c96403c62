"""Who drafts and issues the notice of the province, and who reads its drafts. Issued notices are for everybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("publication:notice:read", _("Xem dự thảo thông báo tình hình tai nạn"))
CHANGE = permission("publication:notice:change", _("Soạn, công bố thông báo tình hình tai nạn"))
NOTICES = Policy({"place": "place_id"})
