"""Who may propose commendations, decide on them, and keep good models."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("merits:commendation:read", _("Xem khen thưởng, mô hình tốt"))
CHANGE = permission("merits:commendation:change", _("Đề nghị khen thưởng, ghi mô hình tốt của đơn vị mình"))
DECIDE = permission("merits:commendation:decide", _("Ghi quyết định khen thưởng"))

# Read and decided over the area; proposed by one's own body alone.
COMMENDATIONS = Policy({"place": "place_id", "body": "body_id", "establishment": "establishment_id"})
OWN = Policy({"body": "body_id", "establishment": "establishment_id"})
