"""Pages of plans: the year at a glance, the list, one plan, and what is done with it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from atvsld.kit.text import fold
from atvsld.oversight.workplans import actions, clauses, money, overview, queries, shown
from atvsld.oversight.workplans.listing import PlanFilter, PlanTable, TaskFilter, TaskTable, of_whom
from atvsld.oversight.workplans.models import HelpRequest, Remark, Task, WorkPlan
from atvsld.oversight.workplans.policy import CHANGE, OVERSEE, OWN, PLANS, READ
from atvsld.oversight.workplans.web import forms
from atvsld.oversight.workplans.web.fetching import act_with_version, own_plan, plan_or_404, plan_url, spoken_of, today
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction, act_of, actor_of, requires, say
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment

YEARS_BACK = 3


class Home(Page):
    """The own plans of a year at once; for those who oversee, how far everybody is and who has none."""

    permission = READ
    title = gettext_lazy("Kế hoạch năm và nhiệm vụ")
    template_name = "workplans/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = today(self.request)
        given = self.request.GET.get("nam", "")
        year = int(given) if given.isdecimal() and 2020 <= int(given) <= day.year + 1 else day.year
        seen = overview.of_year(self.actor, year, day)
        return super().get_context_data(
            year=year,
            years=range(day.year + 1, day.year - YEARS_BACK, -1),
            own=overview.own_plans(self.actor, year, day),
            programmes=overview.programmes(year),
            seen=seen,
            oversees=self.actor.may(OVERSEE),
            waiting=queries.help_inbox(self.actor).filter(state=HelpRequest.State.ASKED).count(),
            **kwargs,
        )

    def actions(self) -> list[PageAction]:
        return [
            PageAction(_("Đề nghị hỗ trợ"), reverse("workplans:help"), "users"),
            PageAction(_("Mọi kế hoạch"), reverse("workplans:plans"), "list-details"),
            PageAction(_("Mọi nhiệm vụ"), reverse("workplans:tasks"), "list-check"),
        ]


class PlanList(ListPage):
    """All plans within reach."""

    permission = READ
    model = WorkPlan
    table_class = PlanTable
    filter_class = PlanFilter
    title = gettext_lazy("Danh sách kế hoạch năm")
    order = ("-year", "body__code", "establishment__name", "pk")
    search_help = gettext_lazy("Tên đơn vị")
    export_name = "ke-hoach-nam"

    def get_queryset(self) -> QuerySet[WorkPlan]:
        rows: QuerySet[WorkPlan] = of_whom(queries.visible_plans(self.actor), self.request.GET)
        return rows.annotate(
            task_count=Count("tasks"), done_count=Count("tasks", filter=Q(tasks__state=Task.State.DONE))
        )

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.filter(Q(body__name_folded__contains=text) | Q(establishment__name_folded__contains=text))

    def figure(self) -> Any:
        return _told(self.request)


class TaskList(ListPage):
    """All tasks within reach."""

    permission = READ
    model = Task
    table_class = TaskTable
    filter_class = TaskFilter
    title = gettext_lazy("Nhiệm vụ của các kế hoạch năm")
    order = ("-plan__year", "ends_on", "pk")
    search_help = gettext_lazy("Nhiệm vụ hoặc đơn vị chủ trì")
    export_name = "nhiem-vu"

    def get_queryset(self) -> QuerySet[Task]:
        return of_whom(queries.visible_tasks(self.actor), self.request.GET)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        rows = queryset.order_by().values_list("pk", "title", "body__name", "establishment__name")
        return queryset.filter(pk__in=[pk for pk, *names in rows if text in fold(" ".join(filter(None, names)))])

    def figure(self) -> Any:
        return _told(self.request)


def _told(request: HttpRequest) -> Any:
    narrowed = {"body", "establishment", "place"} & set(request.GET)
    return _("Danh sách chỉ gồm những dòng được đếm trong con số vừa mở.") if narrowed else ""


class PlanPage(Page):
    """One plan with its tasks by clause, how far each is and what proves it."""

    permission = READ
    template_name = "workplans/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = plan_or_404(self.request, self.kwargs["public_id"])
        day = today(self.request)
        tasks = list(plan.tasks.select_related("plan", "body", "establishment"))
        keys = [task.pk for task in tasks]
        costs = money.priced(self.actor, keys)
        rows = shown.groups(plan, tasks, queries.laid(keys), costs, day)
        flat = [row for group in rows for row in group.rows]
        programme = clauses.programme(plan.programme)
        may_change = bool(OWN.decide(self.actor, CHANGE, plan))
        oversees = bool(PLANS.decide(self.actor, OVERSEE, plan))
        editable = plan.state != WorkPlan.State.SENT
        return super().get_context_data(
            title=_("Kế hoạch năm %(year)s: %(owner)s") % {"year": plan.year, "owner": plan.owner},
            plan=plan,
            tone=shown.PLAN_TONES[WorkPlan.State(plan.state)],
            programme=shown.words(programme.title) if programme else plan.programme,
            groups=rows,
            priced=costs is not None,
            counts=Counter(task.state for task in tasks),
            total=len(tasks),
            claims=sum(row.claim for row in flat),
            late=sum(row.late for row in flat),
            remarks=list(plan.remarks.select_related("task")),
            moved=[task for task in tasks if task.body_id != plan.body_id],
            may_change=may_change,
            may_edit=may_change and editable,
            may_send=may_change and plan.state in (WorkPlan.State.DRAFT, WorkPlan.State.RETURNED) and bool(tasks),
            may_agree=oversees and plan.state == WorkPlan.State.SENT,
            may_return=oversees and plan.state in (WorkPlan.State.SENT, WorkPlan.State.AGREED),
            may_remark=may_change or oversees,
            history=timeline(plan, [(Remark, {"plan_id": plan.pk}, _("Góp ý"))]),
            page_actions=_actions(plan) if may_change and editable else [],
            **kwargs,
        )


def _actions(plan: WorkPlan) -> list[PageAction]:
    return [
        PageAction(_("Số, ngày ban hành"), reverse("workplans:issue", args=[plan.public_id]), "file-text"),
        PageAction(_("Thêm nhiệm vụ"), reverse("workplans:add", args=[plan.public_id]), "plus", primary=True),
    ]


@require_POST
@requires(CHANGE)
def open_plan(request: HttpRequest) -> HttpResponse:
    """The plan of one of the person's own bodies or establishments for a year."""
    bodies, firms = queries.owners(actor_of(request))
    kind, _mark, key = request.POST.get("owner", "").partition(":")
    year = request.POST.get("year", "")
    body = Body.objects.filter(pk__in=bodies, public_id=key).first() if kind == "body" else None
    firm = Establishment.objects.filter(pk__in=firms, public_id=key).first() if kind == "establishment" else None
    try:
        plan = actions.open_plan(
            act_of(request), programme=request.POST.get("programme", ""), year=int(year) if year.isdecimal() else 0,
            body=body, establishment=firm,
        )  # fmt: skip
    except (Rejected, Conflict) as error:
        return _refused(request, error, reverse("workplans:home"))
    return redirect(plan_url(plan))


@require_POST
@requires(CHANGE)
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """A task for each clause led that has none."""
    plan = own_plan(request, public_id)
    reason = _("Lấy từ nội dung được giao trong kế hoạch của tỉnh")
    try:
        made = actions.propose_tasks(act_of(request, reason), plan=plan, version=_version(request))
    except (Rejected, Conflict) as error:
        return _refused(request, error, plan_url(plan))
    say(request, _("Đã thêm %(n)s nhiệm vụ.") % {"n": len(made)})
    return redirect(plan_url(plan))


@require_POST
@requires(READ)
def move(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """Send or take in."""
    plan = plan_or_404(request, public_id)
    run = {"gui": actions.send_plan, "tiep-nhan": actions.agree_plan}[step]
    try:
        run(act_of(request), plan=plan, version=_version(request))
    except (Rejected, Conflict) as error:
        return _refused(request, error, plan_url(plan))
    say(request, _("Đã ghi."))
    return redirect(plan_url(plan))


@requires(OVERSEE)
def give_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a plan back, saying what is missing."""
    plan = plan_or_404(request, public_id)
    PLANS.require(actor_of(request), OVERSEE, plan)
    form = forms.TextForm(request.POST or None, label=_("Cần sửa gì"))
    return act_with_version(
        request, form, plan,
        lambda version: actions.return_plan(act_of(request), plan=plan, version=version, **form.cleaned_data),
        title=_("Trả lại kế hoạch"),
    )  # fmt: skip


@requires(CHANGE)
def issue(request: HttpRequest, public_id: str) -> HttpResponse:
    """Number, day and paper."""
    plan = own_plan(request, public_id)
    held = {"number": plan.number, "issued_on": plan.issued_on, "note": plan.note}
    form = forms.IssueForm(request.POST or None, request.FILES or None, initial=held)

    def run(version: int) -> None:
        from atvsld.platform.files.facade import read_upload

        given = dict(form.cleaned_data)
        upload = given.pop("paper")
        paper = (upload.name, read_upload(upload, column="paper")) if upload else None
        actions.issue_plan(act_of(request), plan=plan, version=version, paper=paper, **given)

    return act_with_version(request, form, plan, run, title=_("Số, ngày ban hành kế hoạch"))


@requires(READ)
def remark(request: HttpRequest, public_id: str) -> HttpResponse:
    """A remark on a plan, or on the task named in the address."""
    plan = plan_or_404(request, public_id)
    task = plan.tasks.filter(public_id=request.GET.get("nhiem-vu", "").replace("\x00", "")).first()
    spoken_of(request, task or plan)
    form = forms.TextForm(request.POST or None, label=_("Góp ý"))
    back = reverse("workplans:task", args=[task.public_id]) if task else plan_url(plan)
    return act_with_version(
        request, form, plan,
        lambda _version: actions.remark(act_of(request), plan=plan, task=task, **form.cleaned_data),
        title=_("Góp ý: %(what)s") % {"what": task or plan}, back=back,
    )  # fmt: skip


@require_POST
@requires(READ)
def settle_remark(request: HttpRequest, public_id: str) -> HttpResponse:
    """A remark was dealt with."""
    plans = queries.visible_plans(actor_of(request))
    found = (
        Remark.objects.filter(plan__in=plans, public_id=public_id.replace("\x00", "")).select_related("plan").first()
    )
    if found is None:
        return redirect("workplans:home")
    actions.settle_remark(act_of(request), remark=found)
    say(request, _("Đã ghi."))
    return redirect(plan_url(found.plan))


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else 0


def _refused(request: HttpRequest, error: Rejected | Conflict, back: str) -> HttpResponseRedirect:
    from django.contrib import messages

    messages.error(request, str(error))
    return redirect(back)
