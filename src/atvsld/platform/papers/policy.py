"""Who may upload official templates. Who may see, draft and issue a paper is said by the source of its records."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import permission

CHANGE_TEMPLATE = permission("papers:template:change", _("Nạp mẫu Word chính thức của văn bản"))
