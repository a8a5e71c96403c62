"""Composed reports: read, written, downloaded."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from atvsld.documents.render import FORMATS, render, to_html
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.kit.periods import Period, PeriodKind
from atvsld.oversight.composing import actions, paper
from atvsld.oversight.composing.models import ComposedReport, SavedTable
from atvsld.oversight.composing.policy import COMPOSE
from atvsld.oversight.reporting.policy import READ
from atvsld.oversight.reporting.records import CellAddress
from atvsld.oversight.reporting.web.forms import place_choices
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.ui.pages import Page, PageAction, act_by_form, act_of, actor_of, requires

KINDS = ("docx", "pdf", "xlsx", "json")
# Empty parts offered below those that are written.
SPARE_PARTS = 3


class ReportForm(forms.Form):
    """The head of a report."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Tên báo cáo"), max_length=200)
    about = forms.CharField(label=_("Nội dung, phạm vi"), max_length=300, required=False)
    addressed_to = forms.CharField(label=_("Kính gửi"), max_length=300, required=False)
    period = forms.ChoiceField(label=_("Kỳ số liệu"))
    place = forms.ChoiceField(label=_("Địa bàn"), required=False)
    signer_title = forms.CharField(label=_("Chức vụ người ký"), max_length=200, required=False)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = act_of(request).day.year
        self.fields["period"].choices = periods(year)  # type: ignore[attr-defined]
        self.fields["place"].choices = place_choices(actor_of(request), READ)  # type: ignore[attr-defined]


class PartForm(forms.Form):
    """One part of a report."""

    heading = forms.CharField(label=_("Đề mục"), max_length=200, required=False)
    text = forms.CharField(label=_("Lời văn"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    table = forms.ModelChoiceField(
        label=_("Bảng"), queryset=SavedTable.objects.none(), required=False, empty_label=_("Không có bảng")
    )
    compared = forms.BooleanField(label=_("So với cùng kỳ năm trước"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].queryset = SavedTable.objects.all()  # type: ignore[attr-defined]

    def draft(self) -> actions.PartDraft:
        data = self.cleaned_data
        return actions.PartDraft(data["heading"], data["text"], data["table"], data["compared"])


class ReportPage(Page):
    """A report with its figures of this moment, each a link to its records."""

    permission = COMPOSE
    template_name = "composing/report.html"
    pretitle = _("Báo cáo tự soạn")

    @cached_property
    def report(self) -> ComposedReport:
        return get_object_or_404(ComposedReport, public_id=self.kwargs["public_id"])

    def actions(self) -> list[PageAction]:
        address = reverse("composing:change_report", args=[self.report.public_id])
        own = self.report.owner_id == self.request.user.pk
        return [PageAction(_("Sửa") if own else _("Sao thành bản của tôi"), address, "edit")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = {"report": self.report, "title": self.report.title}
        try:
            parts = paper.produce(self.actor, self.report, at=self.request.now)  # type: ignore[attr-defined]
        except Rejected as error:
            return super().get_context_data(problems=error.problems, **context, **kwargs)
        document = paper.document(self.report, parts, href=_href(self.report))
        context["paper"] = mark_safe(to_html(document))  # noqa: S308 - escaped by the renderer
        context["downloads"] = [
            (kind, reverse("composing:download_report", args=[self.report.public_id, kind])) for kind in KINDS
        ]
        return super().get_context_data(**context, **kwargs)


@requires(COMPOSE)
def download(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """The report as a file, with the figures of this moment."""
    report = get_object_or_404(ComposedReport, public_id=public_id)
    if kind not in KINDS:
        raise Http404
    parts = paper.produce(actor_of(request), report, at=request.now)  # type: ignore[attr-defined]
    content = render(paper.document(report, parts), kind)
    response = HttpResponse(content, content_type=FORMATS[kind].media_type)
    response["Content-Disposition"] = f'attachment; filename="bao-cao_{report.period}_{report.public_id}.{kind}"'
    return response


@requires(COMPOSE)
def edit(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """A new report, a change of one's own, or a copy of another's."""
    report = get_object_or_404(ComposedReport, public_id=public_id) if public_id else None
    own = report is not None and report.owner_id == request.user.pk
    written = [
        {"heading": part.heading, "text": part.text, "table": part.table_id, "compared": part.compared}
        for part in (report.parts.all() if report else ())
    ]
    parts_of = forms.formset_factory(PartForm, extra=0 if request.POST else SPARE_PARTS)
    parts = parts_of(request.POST or None, initial=written, prefix="parts")
    form = ReportForm(request.POST or None, initial=_initial(report, own=own, request=request), request=request)
    made: list[ComposedReport] = []

    def act() -> None:
        data = {name: value for name, value in form.cleaned_data.items() if name not in ("key", "version")}
        key = form.cleaned_data["key"]
        drafts = [part.draft() for part in parts if part.is_valid()]
        made.append(
            actions.save_report(
                act_of(request), key=key if is_ulid(key) else new_ulid(), parts=drafts,
                version=form.cleaned_data["version"] or 0, **data,
            )
        )  # fmt: skip

    return act_by_form(
        request,
        form,
        act,
        title=_("Sửa báo cáo") if own else _("Báo cáo mới"),
        back=reverse("composing:report", args=[public_id]) if public_id else reverse("composing:home"),
        then=lambda: reverse("composing:report", args=[made[0].public_id]),
        template="composing/report_form.html",
        parts=parts,
    )


@requires(COMPOSE)
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask once, then remove."""
    report = get_object_or_404(ComposedReport, public_id=public_id)
    return act_by_form(
        request,
        forms.Form(request.POST or None),
        lambda: actions.remove_report(act_of(request), report=report),
        title=_("Bỏ báo cáo “%(name)s”?") % {"name": report.title},
        back=reverse("composing:home"),
        submit_label=_("Bỏ báo cáo"),
    )


def periods(year: int) -> list[tuple[str, str]]:
    """Years, halves and quarters of the last six years, newest first."""
    found = []
    for past in range(year, year - 6, -1):
        for kind in (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER):
            periods = (Period(past, kind, index) for index in range(kind.per_year, 0, -1))
            found += [(period.code, period.label_vi.capitalize()) for period in periods]
    return found


def _initial(report: ComposedReport | None, *, own: bool, request: HttpRequest) -> dict[str, Any]:
    if report is None:
        return {"key": new_ulid(), "period": str(act_of(request).day.year)}
    names = ("title", "about", "addressed_to", "period", "place", "signer_title")
    held: dict[str, Any] = {name: getattr(report, name) for name in names}
    return {**held, "key": report.public_id, "version": report.version} if own else {**held, "key": new_ulid()}


def _href(report: ComposedReport) -> paper.Href:
    def leads(form: str, period: str, cell: CellAddress) -> str:
        asked = {"period": period, "table": cell.table, "row": cell.row, "column": cell.column}
        if report.place:
            asked["place"] = report.place
        return f"{reverse('reporting:figure', args=[form])}?{urlencode(asked)}"

    return leads
