"""The passport of a figure: who counted it, when, over what, and the very records."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.oversight.yearly import counting, queries
from atvsld.oversight.yearly.models import SentenceFigure
from atvsld.oversight.yearly.policy import READ
from atvsld.platform.ui.pages import Page

# Records listed on the page; the register's own list has all of them.
MOST_RECORDS = 200


class FigurePage(Page):
    """See the module's text."""

    permission = READ
    template_name = "yearly/figure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = SentenceFigure.objects.filter(sentence__report__in=queries.visible(self.actor))
        key = self.kwargs["public_id"].replace("\x00", "")
        figure = rows.select_related("sentence__report__body", "sentence__report__establishment").filter(
            public_id=key
        ).first()  # fmt: skip
        if figure is None:
            raise Http404
        report, now = figure.sentence.report, self.request.now  # type: ignore[attr-defined]
        beside = list(figure.sentence.figures.all())
        moved = next((one for one in counting.moved(beside, now) if one.figure.pk == figure.pk), None)
        records = counting.records(figure, now)
        marks = figure.key.split(",") if figure.source == SentenceFigure.Source.CHANGE else []
        return super().get_context_data(
            title=figure.label,
            pretitle=_("Số liệu của báo cáo"),
            figure=figure,
            days=_days(figure),
            shown=counting.shown(figure),
            report=report,
            back=reverse("yearly:report", args=[report.public_id]),
            counts_what=counting.counts_what(figure),
            moved=moved,
            may_take=moved is not None and report.open and queries.may_write(self.actor, report),
            reckoned=[(one, counting.shown(one)) for one in beside if one.mark in marks],
            records=records[:MOST_RECORDS],
            total=len(records),
            **kwargs,
        )


def _days(figure: SentenceFigure) -> tuple[date, date] | None:
    """The days asked of, where the figure has any."""
    start, end = figure.asked.get("start"), figure.asked.get("end")
    return (date.fromisoformat(start), date.fromisoformat(end)) if start and end else None
