"""Why do I not see it? The offices held, what each allows and where it reaches."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.ui.pages import Page
from atvsld.portals.staff.shell import reach, role_label
from atvsld.registers.offices.roles import roles


class Why(Page):
    """Explains the actor's own grants; a denied record is not mentioned, it does not exist for the asker."""

    template_name = "staff/why.html"
    title = _("Vì sao tôi không thấy?")
    pretitle = _("Quyền của tài khoản")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register = all_permissions()
        held = [
            {
                "label": role_label(grant),
                "reach": reach(grant),
                "role": roles().get(grant.role),
                "allowed": [register[code] for code in register if code in grant.permissions],
            }
            for grant in self.actor.grants
        ]
        missing = [entry for code, entry in register.items() if not self.actor.may(code)]
        return super().get_context_data(held=held, missing=missing, **kwargs)
