"""Pages: the year's money, the list of lines, a body's lines, one line."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Abs
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.oversight.budget import chart, facade, queries, totals
from atvsld.oversight.budget.actions.money import may_give
from atvsld.oversight.budget.calendar import load_rules
from atvsld.oversight.budget.listing import LineFilter, LineTable, with_amounts
from atvsld.oversight.budget.models import Allocation, BudgetLine
from atvsld.oversight.budget.policy import ALLOCATE, CHANGE, LINES, OWN, READ
from atvsld.oversight.budget.position import position
from atvsld.oversight.budget.web import fetching
from atvsld.oversight.budget.web.board import payer_rows, source_rows
from atvsld.oversight.workplans.facade import visible_tasks
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import lineage

Draft = BudgetLine.State.DRAFT
# Lines with a difference, shown on the page of the year.
SHOWN = 20


class Overview(Page):
    """The year: asked for, given, promised and paid, by source and by payer, last year beside."""

    permission = READ
    template_name = "budget/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = fetching.year_of(self.request)
        lines = queries.visible(self.actor).filter(year=year)
        money = totals.summed(lines)
        before = totals.summed(queries.visible(self.actor).filter(year=year - 1))
        sources = source_rows(money, before)
        drawn = [(str(row.label), row.now) for row in sources if row.now]
        standing = queries.standing(lines)
        payers = payer_rows(money, before, year)
        return super().get_context_data(
            title=_("Dự toán và kinh phí năm %(year)s") % {"year": year},
            year=year,
            years=range(fetching.today(self.request).year + 1, 2023, -1),
            money=money,
            before=before,
            sources=sources,
            payers=payers,
            chart=chart.bars(drawn),
            chart_label=chart.alt(drawn),
            drafts=standing.filter(state=Draft).count(),
            proposed=standing.filter(state=BudgetLine.State.PROPOSED).count(),
            apart=standing.filter(counted_in__isnull=False).order_by("pk")[:50],
            suspected=queries.suspected(lines).order_by("source", "estimate", "pk")[:50],
            varied=_varied(lines),
            moved=any(row.now.left < 0 for row in payers),
            unsure=standing.filter(owner_unsure=True).order_by("pk")[:50],
            may_allocate=self.actor.may(ALLOCATE),
            own=_own_body(self.actor),
            rules=load_rules(),
            list_url=f"{reverse('budget:list')}?nam={year}&tinh=1",
            downloads=[(kind, reverse("budget:estimate", args=[year, kind])) for kind in ("xlsx", "docx", "pdf")],
            **kwargs,
        )


def _varied(lines: QuerySet[BudgetLine]) -> list[tuple[Any, Any, str]]:
    """Lines given other than what they asked for, the largest difference first: line, difference, last reason told."""
    rows: QuerySet[Any] = with_amounts(queries.in_sums(lines)).annotate(variance=F("allocated") - F("estimate"))
    told = Allocation.objects.filter(line=OuterRef("pk"), cancelled_at=None).exclude(note="").order_by("-day", "-pk")
    rows = rows.filter(allocated__gt=0).exclude(variance=0).annotate(why=Subquery(told.values("note")[:1]))
    return [(line, line.variance, line.why or "") for line in rows.order_by(Abs("variance").desc(), "pk")[:SHOWN]]


def _own_body(actor: Any) -> Body | None:
    roots = [scope.root for scope in actor.scopes(CHANGE) if scope.dimension == "body" and scope.root]
    return Body.objects.filter(pk=roots[0]).first() if roots else None


class LineList(ListPage):
    """All lines within reach."""

    permission = READ
    model = BudgetLine
    table_class = LineTable
    filter_class = LineFilter
    title = gettext_lazy("Các dòng kinh phí")
    order = ("-year", "-pk")
    search_help = gettext_lazy("Nội dung chi, nhiệm vụ, tên đơn vị")
    export_name = "dong-kinh-phi"
    empty_text = gettext_lazy("Dòng dự toán được lập ở từng nhiệm vụ của kế hoạch năm.")

    def get_queryset(self) -> QuerySet[BudgetLine]:
        rows = queries.standing(queries.visible(self.actor))
        return with_amounts(rows)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        typed = self.query_text
        return queryset.filter(
            Q(purpose__icontains=typed)
            | Q(task__title__icontains=typed)
            | Q(body__name_folded__contains=text)
            | Q(establishment__name_folded__contains=text)
        )

    def actions(self) -> list[PageAction]:
        return [PageAction(_("Tổng hợp năm"), reverse("budget:overview"), "chart-bar")]


class BodyPage(Page):
    """What one body asks for, was given and paid in a year, task by task; tasks without money too."""

    permission = READ
    template_name = "budget/body.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        body = Body.objects.filter(code=self.kwargs["code"]).first()
        year = fetching.year_of(self.request)
        if body is None:
            raise Http404
        line_of = lineage(body.pk)
        mine = Q(body__in=line_of)
        rows = queries.standing(queries.visible(self.actor).filter(year=year))
        tasks = (
            visible_tasks(self.actor)
            .filter(mine, starts_on__year__lte=year, ends_on__year__gte=year)
            .order_by("plan", "number")
        )
        if not tasks.exists() and not rows.filter(mine).exists() and not LINES.decide(self.actor, READ, _as_line(body)):
            raise Http404
        held = facade.with_positions(rows.filter(mine).order_by("task__number", "pk"))
        by_task: dict[int, list[facade.TaskLine]] = {}
        for one in held:
            by_task.setdefault(one.line.task_id, []).append(one)
        shown = {task.pk: task for task in tasks} | {one.line.task_id: one.line.task for one in held}
        elsewhere = rows.filter(queries.touching(line_of)).exclude(mine)
        money = totals.summed(rows.filter(mine), rows, body__in=line_of)
        keys = ",".join(map(str, sorted(line_of)))
        may_change = bool(OWN.decide(self.actor, CHANGE, _as_line(body)))
        drafts = [one for one in held if one.line.state == Draft]
        return super().get_context_data(
            title=body.name,
            subtitle=_("Kinh phí thực hiện kế hoạch, năm %(year)s") % {"year": year},
            body=body,
            year=year,
            years=range(fetching.today(self.request).year + 1, 2023, -1),
            money=money,
            groups=[(task, by_task.get(pk, [])) for pk, task in shown.items()],
            elsewhere=elsewhere,
            downloads=[
                (kind, f"{reverse('budget:estimate', args=[year, kind])}?don_vi={body.code}")
                for kind in ("xlsx", "docx", "pdf")
            ],
            drafts=len(drafts),
            draft_sum=sum(one.line.estimate for one in drafts if one.counts),
            may_change=may_change,
            list_url=f"{reverse('budget:list')}?{urlencode({'nam': year, 'don_vi': keys})}",
            **kwargs,
        )


def _as_line(body: Body) -> BudgetLine:
    return BudgetLine(body_id=body.pk, place_id=body.place_id)


class LinePage(Page):
    """One line: what it is for, where it stands, every decision, contract and voucher."""

    permission = READ
    template_name = "budget/line.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = fetching.line_or_404(queries.visible(self.actor), self.kwargs["public_id"])
        mine = bool(OWN.decide(self.actor, CHANGE, line)) and line.withdrawn_at is None
        gives = may_give(self.actor, line) and line.withdrawn_at is None
        held = position(line)
        return super().get_context_data(
            title=line.purpose,
            line=line,
            held=held,
            facts=_facts(line),
            allocations=line.allocations.select_related("file"),
            commitments=[(one, held.paid_of.get(one.pk, totals.ZERO)) for one in line.commitments.all()],
            payments=line.payments.select_related("commitment", "body", "establishment"),
            holdings=list(line.holdings.select_related("body", "establishment")),
            counts=queries.standing(line.counts.select_related("body", "establishment")),
            may_give=gives and line.counted_in_id is None and line.state != Draft,
            may_cancel_given=gives,
            mine=mine,
            bears_money=line.counted_in_id is None and held.allocated > 0,
            page_actions=self._buttons(line, mine=mine, allocated=bool(held.allocated)),
            rules=load_rules(),
            closes=load_rules().closes(line.year),
            history=timeline(line, []),
            **kwargs,
        )

    def _buttons(self, line: BudgetLine, *, mine: bool, allocated: bool) -> list[PageAction]:
        if line.withdrawn_at is not None:
            return []
        gives = bool(LINES.decide(self.actor, ALLOCATE, line))
        found = []
        if not allocated and line.state != Draft and (gives or (mine and line.state == BudgetLine.State.PROPOSED)):
            found.append(PageAction(_("Trả lại để sửa"), reverse("budget:return", args=[line.public_id]), "arrow-left"))
        if mine and line.state != BudgetLine.State.CONSOLIDATED and not allocated:
            found.append(PageAction(_("Bỏ dòng"), reverse("budget:withdraw", args=[line.public_id]), "trash"))
        if mine and line.state == Draft:
            found.append(PageAction(_("Sửa"), reverse("budget:change", args=[line.public_id]), "pencil", primary=True))
        return found


def _facts(line: BudgetLine) -> list[tuple[str, Any]]:
    return [
        (_("Đơn vị chi"), line.payer),
        (_("Năm ngân sách"), str(line.year)),
        (_("Nguồn"), line.get_source_display()),
        (_("Nội dung của kế hoạch"), line.task.clause or "–"),
        (_("Cách tính"), line.basis or "–"),
    ]
