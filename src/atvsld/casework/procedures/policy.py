"""Who may do what in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy  # noqa: F401 - the policies of its records follow

READ = permission("procedures:procedure:read", _("Xem thủ tục hành chính và thời gian giải quyết"))
CHANGE = permission("procedures:procedure:change", _("Công bố, sửa thủ tục hành chính"))
HANDLE = permission("procedures:application:change", _("Ghi hồ sơ thủ tục và các bước giải quyết"))
