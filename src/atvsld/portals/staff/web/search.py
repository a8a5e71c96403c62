"""The page of results for the box at the head of every page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.policy import READ_IDENTITY
from atvsld.platform.ui.pages import Page
from atvsld.portals.staff import finding


class Search(Page):
    template_name = "staff/search.html"
    title = _("Tìm kiếm")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("q", "").strip()[:200].replace("\x00", "")
        groups = finding.search(self.actor, text)
        return super().get_context_data(
            search_query=text,
            groups=groups,
            too_short=len(text) < finding.SHORTEST,
            limit=finding.LIMIT,
            may_find_people=self.actor.may(READ_IDENTITY),
            **kwargs,
        )
