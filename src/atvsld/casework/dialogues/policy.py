"""Who may do what in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy  # noqa: F401 - the policies of its records follow

READ = permission("dialogues:dialogue:read", _("Xem cuộc đối thoại, giám sát, phiên họp hội đồng"))
CHANGE = permission("dialogues:dialogue:change", _("Ghi cuộc đối thoại, giám sát, phiên họp của đơn vị mình"))
