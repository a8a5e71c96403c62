"""Rounds of reminder letters: begin one from a list of silent reporters, follow it, fetch its files."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django import forms
from django.db.models import Count, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.obligations import actions, letters
from atvsld.oversight.obligations.actions.chasing import reporters_to_chase
from atvsld.oversight.obligations.actions.opening import known_term
from atvsld.oversight.obligations.house import Step, house, said
from atvsld.oversight.obligations.models import ReminderBatch
from atvsld.oversight.obligations.policy import BATCHES, CHASE, reach
from atvsld.oversight.obligations.statement import Scope
from atvsld.oversight.obligations.web.board import term_or_404
from atvsld.oversight.obligations.web.units import view_of
from atvsld.platform.acts import Conflict, Rejected, clock
from atvsld.platform.files import facade as files
from atvsld.platform.jobs import worker
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import act_of, actor_of, apply_problems, form_page, requires, say
from atvsld.platform.ui.tables import DayColumn, ListTable, NumberColumn, RecordColumn, StateColumn

SHOWN = 30
ENDINGS = {"docx": "word", "pdf": "pdf"}


class BeginForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput)
    body = forms.CharField(
        label=gettext_lazy("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 9}),
        max_length=6_000,
        help_text=gettext_lazy(
            "Các chỗ trong ngoặc nhọn được thay cho từng đơn vị: {reporter}, {report}, {period}, {due_before}, "
            "{days_late}, {citation}, {today}, {grace_days}, {earlier}."
        ),
    )
    signer_title = forms.CharField(label=gettext_lazy("Chức vụ người ký"), max_length=300, initial="Giám đốc")
    signer_name = forms.CharField(label=gettext_lazy("Họ tên người ký"), max_length=200)
    emails = forms.BooleanField(
        label=gettext_lazy("Gửi cả tin nhắn, thư điện tử cho người dùng của đơn vị"), required=False, initial=True
    )


@requires(CHASE)
def begin(request: HttpRequest, report: str, period: str) -> HttpResponse:
    """Write to everybody in the filtered list to whom the chosen step may be taken now."""
    term = term_or_404(report, period)
    step = next((one for one in house().steps if one.id == request.GET.get("buoc")), house().steps[0])
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    ids = _listed(request, report, period)
    scope = Scope(ids=reach(actor_of(request), CHASE, term.duty.reporter.register), only=ids)
    chosen = reporters_to_chase(term, step, scope, today=today)
    given = request.POST or None
    form = BeginForm(given, initial={"key": new_ulid(), "body": step.body})
    back = reverse("obligations:report", args=[term.duty.id, term.period.code])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            batch = actions.begin(
                act_of(request),
                key=data["key"] if is_ulid(data["key"]) else new_ulid(),
                report=term.duty.id,
                period=term.period.code,
                step=step.id,
                ids=ids,
                body=data["body"],
                signer_title=data["signer_title"],
                signer_name=data["signer_name"],
                emails=data["emails"],
            )
        except Rejected as error:
            apply_problems(form, error)
        except Conflict as error:
            form.add_error(None, str(error))
        else:
            say(request, _("Đã giao máy viết công văn."))
            return redirect("obligations:batch", batch.public_id)
    return form_page(
        request,
        form,
        title=f"{step.name}: {said(term.rule.label)}, {term.period.label_vi}",
        back=back,
        template="obligations/begin.html",
        term=term,
        step=step,
        steps=_steps(request, step),
        chosen=chosen[:SHOWN],
        count=len(chosen),
        rest=max(0, len(chosen) - SHOWN),
        house=said(house().label),
        submit_label=_("Viết %(count)s công văn") % {"count": len(chosen)}
        if step.kind == "letter"
        else _("Viết tờ trình"),
    )


def _listed(request: HttpRequest, report: str, period: str) -> list[int] | None:
    """Primary keys of the filtered list the person came from; None when nothing was filtered."""
    given = request.GET.copy()
    if not any(value for name, value in given.items() if name not in {"buoc", "ds"}):
        return None
    given["ds"] = "silent"
    request.GET = given  # type: ignore[assignment]  # the list reads its filters there
    return list(view_of(request, report, period).rows.order_by().values_list("pk", flat=True))


def _steps(request: HttpRequest, current: Step) -> list[tuple[Step, str, bool]]:
    found = []
    for step in house().steps:
        given = request.GET.copy()
        given["buoc"] = step.id
        found.append((step, f"{request.path}?{given.urlencode()}", step is current))
    return found


class BatchTable(ListTable):
    report = RecordColumn("obligations:batch", verbose_name=gettext_lazy("Báo cáo"))
    period = tables.Column(verbose_name=gettext_lazy("Kỳ"))
    step = tables.Column(verbose_name=gettext_lazy("Bước"))
    issued_on = DayColumn(verbose_name=gettext_lazy("Ngày"))
    state = StateColumn(verbose_name=gettext_lazy("Tình trạng"))
    written = NumberColumn(verbose_name=gettext_lazy("Số công văn"))
    by_name = tables.Column(verbose_name=gettext_lazy("Người lập"))

    fixed = ("report",)

    def render_report(self, record: ReminderBatch) -> str:
        return _report(record.report)

    def value_report(self, record: ReminderBatch) -> str:
        return _report(record.report)

    def render_step(self, value: str) -> str:
        return next((step.name for step in house().steps if step.id == value), value)

    def value_step(self, value: str) -> str:
        return self.render_step(value)


class BatchList(ListPage):
    """The rounds so far, the latest first."""

    permission = CHASE
    policy = BATCHES
    model = ReminderBatch
    table_class = BatchTable
    title = gettext_lazy("Các đợt đôn đốc")
    order = ("-created_at", "-pk")
    searchable = False
    export_name = "dot-don-doc"
    empty_title = gettext_lazy("Chưa có đợt đôn đốc nào")
    empty_text = gettext_lazy("Mở danh sách đơn vị quá hạn chưa nộp rồi bấm “Viết công văn đôn đốc”.")

    def get_queryset(self) -> QuerySet[ReminderBatch]:
        return ReminderBatch.objects.annotate(written=Count("letters"))


@requires(CHASE)
def batch_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One round: progress, or its letters and files."""
    return render(request, "obligations/batch.html", _context(request, public_id))


@requires(CHASE)
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """The part that changes while the worker is busy."""
    response = render(request, "obligations/parts/batch.html", _context(request, public_id))
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@requires(CHASE)
def go_on(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand an unfinished round to the worker again; what is written already stays as it is."""
    batch = _batch(request, public_id)
    actions.go_on(act_of(request), batch=batch)
    say(request, _("Đã giao máy viết tiếp."))
    return redirect("obligations:batch", batch.public_id)


@requires(CHASE)
def file(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """All letters of a round in one Word or PDF file."""
    batch = _batch(request, public_id)
    kept = getattr(batch, ENDINGS.get(form, ""), None) if form in ENDINGS else None
    if kept is None:
        raise Http404
    return files.download(kept)


def _batch(request: HttpRequest, public_id: str) -> ReminderBatch:
    held = BATCHES.restrict(ReminderBatch.objects.select_related("word", "pdf"), actor_of(request), CHASE)
    return get_object_or_404(held, public_id=public_id.replace("\x00", ""))


def _context(request: HttpRequest, public_id: str) -> dict[str, Any]:
    batch = _batch(request, public_id)
    step, term = house().step(batch.step), known_term(batch.report, batch.period)
    written = batch.letters.count()
    return {
        "title": f"{step.name}: {_report(batch.report)}",
        "batch": batch,
        "step": step,
        "term": term,
        "citation": letters.cited(term) if term else "",
        "waiting": batch.state != ReminderBatch.State.DONE,
        "worker_alive": worker.is_alive(),
        "written": written,
        "total": len(batch.chosen),
        "spared": max(0, len(batch.chosen) - written),
        "told": batch.letters.aggregate(people=Sum("told"))["people"] or 0,
        "listed": list(batch.letters.all()[:200]),
        "house": said(house().label),
        "downloads": [
            (label, reverse("obligations:file", args=[batch.public_id, form]))
            for form, label in (("docx", "Word"), ("pdf", "PDF"))
            if getattr(batch, ENDINGS[form]) is not None
        ],
    }


def _report(report: str) -> str:
    duty = load_reporting_calendar().duties.get(report)
    return said(duty.label) if duty else report
