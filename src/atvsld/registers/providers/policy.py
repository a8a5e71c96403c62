"""Who may see and change the register of service providers.

What a provider may do is public: whoever may read reads all of it. Changing follows the place of its head office.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("providers:service_provider:read", _("Xem tổ chức dịch vụ"))
CHANGE = permission("providers:service_provider:change", _("Thêm, sửa, đình chỉ tổ chức dịch vụ"))

PROVIDERS = Policy({"place": "place_id"})
