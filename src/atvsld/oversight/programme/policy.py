"""Who may do what in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy  # noqa: F401 - the policies of its records follow

READ = permission("programme:programme:read", _("Xem chương trình, kế hoạch và từng nội dung"))
CHANGE = permission("programme:programme:change", _("Nhập chương trình, kế hoạch từ trang hoặc từ tệp"))
