"""What pages fetch through the actor's reach, and how a page runs an action on a line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from atvsld.oversight.budget.models import BudgetLine
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import act_by_form

TEMPLATE = "budget/form.html"


def line_or_404(rows: QuerySet[BudgetLine], public_id: str) -> BudgetLine:
    """The line, if it exists for this person."""
    found = rows.filter(public_id=public_id.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return found


def today(request: HttpRequest) -> date:
    """The day of the request here."""
    return clock.local_day(request.now)  # type: ignore[attr-defined]


def year_of(request: HttpRequest) -> int:
    """The budget year asked for; this year when none or nonsense."""
    asked = request.GET.get("nam", "")
    return int(asked) if asked.isdecimal() and 2000 <= int(asked[:5]) <= 2100 else today(request).year


def on_line(request: HttpRequest, form: Any, line: BudgetLine, title: str, run: Any, **shown: Any) -> HttpResponse:
    """Run one action with the version the page was drawn from."""
    version = request.POST.get("version") or str(line.version)
    return act_by_form(
        request, form, lambda: run(int(version) if version.isdecimal() and len(version) < 9 else 0), title=title,
        back=url(line), template=TEMPLATE, version=version, line=line, **shown,
    )  # fmt: skip


def url(line: BudgetLine) -> str:
    """The page of a line."""
    return reverse("budget:line", args=[line.public_id])
