"""The page of one figure of an accepted consolidation."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from atvsld.law.consolidation import Cell
from atvsld.oversight.consolidation import frozen, paper, policy, queries, sealed
from atvsld.oversight.consolidation.models import ConsolidatedReport
from atvsld.oversight.consolidation.passport import passport
from atvsld.oversight.consolidation.revising import request_of
from atvsld.oversight.consolidation.web.asking import address
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.ui.pages import Page


class PassportPage(Page):
    """The reports in a figure, those left out and why, its rule, and what it would be now."""

    permission = policy.READ
    template_name = "consolidation/passport.html"
    pretitle = gettext_lazy("Hộ chiếu con số")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = queries.get(self.actor, self.kwargs["public_id"])
        get = self.request.GET.get
        cell = Cell(get("table", ""), get("row", ""), get("column", ""))
        try:
            found = passport(self.actor, report, cell, at=self.request.now)  # type: ignore[attr-defined]
        except Rejected as error:
            raise Http404(str(error)) from error
        following = sealed.beside(report, 1)
        return super().get_context_data(
            title=f"{found.label}: {found.path}",
            subtitle=f"{report.form} · {report.subject_name} · {found.one.scheme.period.label_vi}",
            found=found,
            report=report,
            rule=found.one.scheme.rule,
            more=found.count - len(found.units),
            coverage=list(paper.coverage_lines(frozen.report_of(found.one))),
            following=following,
            following_url=passport_url(following, cell) if following else "",
            since_url=reverse("consolidation:accepted", args=[report.public_id]),
            live_url=address("report", request_of(report)),
            **kwargs,
        )


def passport_url(report: ConsolidatedReport, cell: Cell) -> str:
    """The page of one figure."""
    query = urlencode({"table": cell.table, "row": cell.row, "column": cell.column})
    return f"{reverse('consolidation:passport', args=[report.public_id])}?{query}"
