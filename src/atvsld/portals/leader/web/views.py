"""The leaders' page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from atvsld.oversight.indicators.facade import shown as shown_target
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import Page
from atvsld.portals.leader import policy
from atvsld.portals.leader.summary import gathered


class LeaderPage(Page):
    """One screen, one sheet."""

    permission = policy.READ
    template_name = "leader/page.html"
    title = _("Trang lãnh đạo")
    pretitle = _("Kế hoạch của tỉnh về an toàn, vệ sinh lao động")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.request.now  # type: ignore[attr-defined]
        found = gathered(self.actor, now)
        return super().get_context_data(
            found=found, targets=[shown_target(line) for line in found.targets], today=clock.local_day(now), **kwargs
        )
