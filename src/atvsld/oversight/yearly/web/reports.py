"""One report: its sentences as they print, what is wrong with them, and what can be done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from atvsld.kit.ids import new_ulid
from atvsld.oversight.yearly import actions, counting, document, judging, plans, queries
from atvsld.oversight.yearly.judging import Judged
from atvsld.oversight.yearly.models import ReportSentence, SentenceFigure, YearReport
from atvsld.oversight.yearly.paper_source import issuer_of
from atvsld.oversight.yearly.policy import CHANGE, READ
from atvsld.oversight.yearly.web.fetching import own_report_or_404, report_or_404, version_of
from atvsld.platform.acts import clock
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.pages import Page, PageAction, act_by_form, act_of, requires, say

Section = ReportSentence.Section
TONES = {"draft": "info", "sent": "success", "returned": "danger", "accepted": "success", "issued": "success"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence as the page shows it, with the heading that begins with it."""

    judged: Judged
    heading: str
    anchor: str


class ReportPage(Page):
    """See the module's text."""

    permission = READ
    template_name = "yearly/report.html"

    @cached_property
    def report(self) -> YearReport:
        return report_or_404(self.actor, self.kwargs["public_id"])

    def actions(self) -> list[PageAction]:
        report = self.report
        if not (report.open and queries.may_write(self.actor, report)):
            return []
        label = _("Ban hành") if report.whole else _("Gửi báo cáo")
        return [
            PageAction(_("Nơi nhận, trích yếu"), reverse("yearly:address", args=[report.public_id]), "edit"),
            PageAction(label, reverse("yearly:send", args=[report.public_id]), "send", primary=True),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.report
        may_write = report.open and queries.may_write(self.actor, report)
        found = judging.judged(report)
        problems = list(judging.problems(found))
        claims = [one for one in found if one.proven is not None]
        kinds = ("docx", "pdf", "xlsx")
        return super().get_context_data(
            report=report,
            title=report.title,
            tone=TONES[report.state],
            sections=self._sections(found, may_write=may_write),
            may_write=may_write,
            may_decide=queries.may_oversee(self.actor, report) and not report.whole,
            problems=problems,
            claims=len(claims),
            unproven=[one for one in claims if one.red],
            dropped=list(report.sentences.filter(dropped=True)) if may_write else [],
            remarks=report.remarks.all()[:20],
            paper=actions.paper_of(report),
            files=[(kind, reverse("yearly:file", args=[report.public_id, kind])) for kind in kinds],
            key=new_ulid(),
            history=timeline(report),
            **kwargs,
        )

    def _sections(self, found: list[Judged], *, may_write: bool) -> list[dict[str, Any]]:
        programme = plans.plan_of(self.report.programme, self.report.end)
        printed = document.Printed(self.report, programme, tuple(found))
        sections = []
        numbers = {section: number for number, section in document.numbered(found)}
        for section in Section:
            clause, shown = "", []
            for one in found:
                if one.sentence.section != section:
                    continue
                heading = ""
                if section == Section.TASKS and one.sentence.clause != clause:
                    clause = one.sentence.clause
                    heading = document.heading(printed, clause)
                shown.append(Shown(one, heading, f"c{one.sentence.public_id}"))
            if shown or may_write:
                head = {"number": numbers.get(section, ""), "code": str(section), "label": section.label}
                sections.append(head | {"shown": shown})
        return sections


@requires(CHANGE)
def moved(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the record says differently by now; asked for after the page, since every register is counted again."""
    report = own_report_or_404(request, public_id)
    rows = SentenceFigure.objects.filter(sentence__report=report, sentence__dropped=False)
    found = counting.moved(rows, request.now)  # type: ignore[attr-defined]
    template = "yearly/parts/moved.html" if request.headers.get("HX-Request") else "yearly/moved.html"
    back = reverse("yearly:report", args=[public_id])
    return render(request, template, {"report": report, "moved": found, "back": back, "title": _("Hồ sơ đã đổi")})


@require_POST
@requires(CHANGE)
def redraft(request: HttpRequest, public_id: str) -> HttpResponse:
    """Draft again from the record."""
    report = own_report_or_404(request, public_id)
    done = actions.redraft(act_of(request), report=report, version=version_of(request))
    told = _("Đã soạn lại: %(new)s câu mới, %(gone)s câu không còn, %(kept)s câu đã sửa tay giữ nguyên.")
    say(request, told % {"new": done.new, "gone": done.gone, "kept": done.kept})
    return redirect("yearly:report", public_id)


@require_POST
@requires(CHANGE)
def take(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put the present values of figures in place of the frozen ones: those named, or all that moved."""
    report = own_report_or_404(request, public_id)
    chosen = request.POST.getlist("figure")
    if not chosen:
        rows = SentenceFigure.objects.filter(sentence__report=report, sentence__dropped=False)
        chosen = [one.figure.public_id for one in counting.moved(rows, request.now)]  # type: ignore[attr-defined]
    n = actions.take_figures(act_of(request), report=report, version=version_of(request), figures=chosen)
    say(request, ngettext("Đã lấy %(n)s số mới.", "Đã lấy %(n)s số mới.", n) % {"n": n})
    return redirect("yearly:report", public_id)


class AddressForm(forms.Form):
    """Subject, addressee, recipients."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Trích yếu"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    addressed_to = forms.CharField(label=gettext_lazy("Kính gửi"), max_length=300, required=False)
    recipients = forms.CharField(
        label=gettext_lazy("Nơi nhận"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Mỗi nơi một dòng."),
    )  # fmt: skip


@requires(CHANGE)
def address(request: HttpRequest, public_id: str) -> HttpResponse:
    """Subject and recipients of the paper."""
    report = own_report_or_404(request, public_id)
    initial = {
        "version": report.version, "title": report.title, "addressed_to": report.addressed_to,
        "recipients": report.recipients,
    }  # fmt: skip
    form = AddressForm(request.POST or None, initial=initial)
    return act_by_form(
        request, form, lambda: actions.address(act_of(request), report=report, **form.cleaned_data),
        title=_("Trích yếu, nơi nhận"), back=reverse("yearly:report", args=[public_id]),
    )  # fmt: skip


class SendForm(forms.Form):
    """Who signs, on which day, under which number."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=gettext_lazy("Ngày văn bản"))
    title = forms.CharField(
        label=gettext_lazy("Chức vụ người ký"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("Mỗi dòng một hàng: TM., KT., chức vụ."),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Họ tên người ký"), max_length=200)
    number = forms.CharField(
        label=gettext_lazy("Số, ký hiệu"), max_length=80, required=False,
        help_text=gettext_lazy("Để trống thì hệ thống cấp số và lưu bản Word, PDF; ghi vào nếu văn thư đã cấp số."),
    )  # fmt: skip


@requires(CHANGE)
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand the report in, or issue the report of all."""
    report = own_report_or_404(request, public_id)
    if not report.open:
        return redirect("yearly:report", public_id)
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    usual = issuer_of(report, "BC", today)
    initial = {
        "version": report.version, "on": today, "title": report.signer_title or usual.signer_title,
        "name": report.signer_name,
    }  # fmt: skip
    form = SendForm(request.POST or None, initial=initial)

    def act() -> None:
        held = form.cleaned_data
        signed = actions.Signed(held["name"], held["on"], held["title"], held["number"])
        do = actions.issue if report.whole else actions.send
        do(act_of(request), report=report, version=held["version"], signed=signed)

    found = judging.judged(report)
    figures = [figure for one in found for figure in one.figures.values()]
    return act_by_form(
        request, form, act, title=_("Ban hành báo cáo") if report.whole else _("Gửi báo cáo"),
        back=reverse("yearly:report", args=[public_id]), template="yearly/send.html", report=report,
        problems=list(judging.problems(found)), unproven=[one for one in found if one.red],
        moved=counting.moved(figures, request.now),  # type: ignore[attr-defined]
        submit_label=_("Ban hành") if report.whole else _("Gửi"),
    )  # fmt: skip
