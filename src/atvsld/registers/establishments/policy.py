"""Who may see and change the register of establishments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy

READ = permission("establishments:establishment:read", _("Xem cơ sở sản xuất, kinh doanh"))
CHANGE = permission("establishments:establishment:change", _("Thêm, sửa cơ sở sản xuất, kinh doanh"))
IMPORT = permission("establishments:establishment:import", _("Nhập tệp cơ sở"))

ESTABLISHMENTS = Policy({"place": "place_id", "establishment": "pk"})
ENTERPRISES = Policy({"place": "headquarters_place_id"})
