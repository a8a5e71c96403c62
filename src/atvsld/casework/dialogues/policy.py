"""Who may see dialogues and supervision, and record those of the own body or establishment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("dialogues:dialogue:read", _("Xem cuộc đối thoại, giám sát, phiên họp hội đồng"))
CHANGE = permission("dialogues:dialogue:change", _("Ghi cuộc đối thoại, giám sát, phiên họp của đơn vị mình"))

OWN = Policy({"body": "body_id", "establishment": "establishment_id"})
