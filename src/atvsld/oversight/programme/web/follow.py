"""Following how a plan is carried out: board, bars over the year, what is late, what is not proven, who has no plan."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from atvsld.law.programme import Programme
from atvsld.oversight.programme.board import Filter, board, without_plan
from atvsld.oversight.programme.gantt import chart
from atvsld.oversight.programme.policy import READ
from atvsld.oversight.programme.queries import followed, readable
from atvsld.oversight.programme.standing import LOOKS, TaskLine, tally, tasks_of
from atvsld.oversight.programme.web.common import kept, today_of, year_of, years
from atvsld.oversight.workplans.policy import OVERSEE
from atvsld.oversight.workplans.policy import READ as READ_TASKS
from atvsld.platform.ui import export
from atvsld.platform.ui.formats_text import said
from atvsld.platform.ui.pages import Page
from atvsld.registers.bodies.models import Body

VIEWS = {
    "bang": _("Bảng"),
    "tien-do": _("Tiến độ theo ngày"),
    "qua-han": _("Quá hạn"),
    "chua-chung-minh": _("Chưa chứng minh"),
    "chua-ke-hoach": _("Chưa có kế hoạch"),
}
# The plan of the province, when none is asked for.
USUAL = "province-2024"
MOST_BARS = 150


class FollowPage(Page):
    """One plan in one year; `?xem=` says how."""

    permission = READ
    template_name = "programme/follow.html"
    title = _("Theo dõi thực hiện kế hoạch")

    @cached_property
    def today(self) -> date:
        return today_of(self.request)

    @cached_property
    def year(self) -> int:
        return year_of(self.request, self.today)

    @cached_property
    def plans(self) -> list[Programme]:
        """Those somebody can make tasks for: with at least one clause that binds."""
        return [one for one in readable(self.actor, date.max) if any(clause.binds for clause in one.clauses)]

    @cached_property
    def plan(self) -> Programme | None:
        asked = self.request.GET.get("kh", USUAL)
        return next((one for one in self.plans if one.id == asked), self.plans[0] if self.plans else None)

    @cached_property
    def body(self) -> Body | None:
        asked = self.request.GET.get("co-quan", "")[:26].replace("\x00", "")
        return followed(self.actor).filter(public_id=asked).first() if asked else None

    @cached_property
    def view(self) -> str:
        asked = self.request.GET.get("xem", "")
        return asked if asked in VIEWS else "bang"

    @cached_property
    def section(self) -> str:
        asked = self.request.GET.get("muc", "")
        known = {one.id for one in self.plan.sections} if self.plan else set()
        return asked if asked in known else ""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("xuat") in export.KINDS and self.plan is not None:
            rows = iter([_headings(), *(_exported(one) for one in self._tasks())])
            return export.respond(request.GET["xuat"], f"nhiem-vu-{self.plan.id}-{self.year}", rows)  # type: ignore[return-value]
        return super().get(request, *args, **kwargs)

    def _tasks(self) -> list[TaskLine]:
        assert self.plan is not None
        narrowed: dict[str, object] = {} if self.body is None else {"body": self.body}
        clause = self.request.GET.get("noi-dung", "")[:40].replace("\x00", "")
        if clause:
            narrowed["clause"] = clause
        found = tasks_of(self.actor, self.plan.id, self.year, today=self.today, **narrowed)
        if self.section:
            ids = {one.id for one in self.plan.under(self.section)} if self._has_clauses(self.section) else set()
            found = [one for one in found if one.clause in ids]
        if self.view == "qua-han":
            return [one for one in found if one.overdue]
        return [one for one in found if one.unproven] if self.view == "chua-chung-minh" else found

    def _has_clauses(self, section: str) -> bool:
        from atvsld.law.programme import is_part

        assert self.plan is not None
        return any(is_part(clause.id, section) for clause in self.plan.clauses)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        if self.plan is not None:
            shown = {
                "bang": self._board, "tien-do": self._bars, "qua-han": self._listed, "chua-chung-minh": self._listed,
                "chua-ke-hoach": self._missing,
            }[self.view]()  # fmt: skip
        return super().get_context_data(
            plan=self.plan,
            plans=self.plans,
            year=self.year,
            years=years(self.today),
            body=self.body,
            bodies=self._bodies(),
            section=self.section,
            view=self.view,
            views=[(word, label, kept(self.request, xem=word, trang=None)) for word, label in VIEWS.items()],
            looks=LOOKS,
            reads_tasks=self.actor.may(READ_TASKS),
            oversees=self.actor.may(OVERSEE),
            subtitle=said(self.plan.title) if self.plan else "",
            downloads=[(kind, kept(self.request, xuat=kind)) for kind in ("xlsx", "csv")],
            **(shown | kwargs),
        )

    def _bodies(self) -> list[Body]:
        from atvsld.oversight.programme import holding

        held = holding.held_on(self.actor, holding.day_in(self.year, self.today))
        return sorted(held.bodies.values(), key=lambda one: (one.pk in held.many, one.name_folded))

    def _board(self) -> dict[str, Any]:
        assert self.plan is not None
        asked = Filter(
            section=self.section,
            body=self.body.pk if self.body else None,
            overdue=self.request.GET.get("qua-han") == "1",
            unproven=self.request.GET.get("chua-chung-minh") == "1",
        )
        return {"board": board(self.actor, self.plan, self.year, today=self.today, asked=asked), "asked": asked}

    def _bars(self) -> dict[str, Any]:
        found = self._tasks()
        drawn = chart(found[:MOST_BARS], self.year, self.today)
        return {
            # Numbered as the bars are.
            "tasks": [bar.task for bar in drawn.bars],
            "chart": drawn if found else None,
            "rest": max(0, len(found) - MOST_BARS),
            "tally": tally(found),
        }

    def _listed(self) -> dict[str, Any]:
        found = self._tasks()
        return {"tasks": found, "tally": tally(found)}

    def _missing(self) -> dict[str, Any]:
        assert self.plan is not None
        return {"missing": without_plan(self.actor, self.plan, self.year, today=self.today)}


def _headings() -> list[Any]:
    return [str(one) for one in (
        _("Nội dung"), _("Nhiệm vụ"), _("Đơn vị"), _("Tình trạng"), _("Tiến độ, %"), _("Từ ngày"), _("Đến hết ngày"),
        _("Số bằng chứng"),
    )]  # fmt: skip


def _exported(one: TaskLine) -> list[Any]:
    return [
        one.clause, one.title, one.owner, str(LOOKS[one.look][2]), one.percent, one.starts_on, one.ends_on,
        one.proofs if one.claims else None,
    ]  # fmt: skip
