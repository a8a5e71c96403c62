"""Pages: the list, an accepted report whose every figure leads to its passport, the passport, what is different now."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from atvsld.documents.render import to_html
from atvsld.law.forms.spec import Column
from atvsld.oversight.reporting import paper
from atvsld.oversight.reporting.records import CellAddress
from atvsld.oversight.snapshots import comparing, content, queries
from atvsld.oversight.snapshots.cells import Cell
from atvsld.oversight.snapshots.content import Held
from atvsld.oversight.snapshots.differences import HEADER, CellChange, figure_text
from atvsld.oversight.snapshots.listing import SnapshotFilter, SnapshotTable, with_drafts
from atvsld.oversight.snapshots.models import ReportRevision, ReportSnapshot
from atvsld.oversight.snapshots.passport import PER_PAGE, Passport, passport
from atvsld.oversight.snapshots.policy import ACCEPT, READ, SNAPSHOTS, WITHDRAW
from atvsld.oversight.snapshots.sources import source_of
from atvsld.oversight.snapshots.web.finding import visible_or_404
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction, requires

_TONES = {"accepted": "success", "superseded": "secondary", "withdrawn": "danger"}


class SnapshotList(ListPage):
    """Accepted reports in the reader's reach, newest first."""

    permission = READ
    policy = SNAPSHOTS
    model = ReportSnapshot
    table_class = SnapshotTable
    filter_class = SnapshotFilter
    title = gettext_lazy("Báo cáo đã chấp nhận")
    pretitle = gettext_lazy("Báo cáo")
    order = ("-accepted_at", "-pk")
    searchable = False
    export_name = "bao-cao-da-chap-nhan"
    empty_title = gettext_lazy("Chưa có báo cáo nào được chấp nhận")
    empty_text = gettext_lazy("Lập báo cáo của một kỳ đã hết rồi bấm “Chấp nhận số liệu”.")

    def get_queryset(self) -> QuerySet[Any]:
        return with_drafts()


class ReportPage(Page):
    """The report as it was accepted; each figure leads to its passport."""

    permission = READ
    template_name = "snapshots/report.html"
    pretitle = gettext_lazy("Báo cáo đã chấp nhận")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = visible_or_404(self.request, self.kwargs["public_id"])
        one = content.held(snapshot)
        report = content.report_of(one)
        draft = queries.open_revision(snapshot)
        context = {
            "title": _title(report.form),
            "subtitle": f"{snapshot.subject_name} · {report.period.label_vi}",
            "snapshot": snapshot,
            "tone": _TONES[snapshot.state],
            "paper": mark_safe(to_html(paper.document(report, href=_href(snapshot)))),  # noqa: S308 - escaped by the renderer
            "header_figures": [
                (field.label.vi, report.header[field.key], _passport_url(snapshot, Cell(HEADER, field.key)))
                for field in report.form.header
                if isinstance(report.header[field.key], Decimal)
            ],
            "downloads": [
                (kind, reverse("snapshots:file", args=[snapshot.public_id, kind]))
                for kind in ("pdf", "docx", "xlsx", "json")
            ],
            "draft": draft,
            "next": ReportSnapshot.objects.filter(previous=snapshot).first(),
            "changes": [_change_texts(one, change) for change in snapshot.held_content.data["changes"]],
            "faults": report.faults,
            "may_revise": draft is not None and bool(SNAPSHOTS.decide(self.actor, ACCEPT, snapshot)),
            "may_withdraw": bool(SNAPSHOTS.decide(self.actor, WITHDRAW, snapshot)),
            "in_force": snapshot.state == ReportSnapshot.State.ACCEPTED,
        }
        return super().get_context_data(**context, **kwargs)


class PassportPage(Page):
    """One figure: the records in it, those left out and why, its rule, and what it would be now."""

    permission = READ
    template_name = "snapshots/passport.html"
    pretitle = gettext_lazy("Hộ chiếu con số")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = visible_or_404(self.request, self.kwargs["public_id"])
        get = self.request.GET.get
        cell = Cell(get("table", ""), get("row", ""), get("column", ""))
        number = max(1, int(get("trang", "1")) if get("trang", "1").isdecimal() and len(get("trang", "")) < 6 else 1)
        try:
            found = passport(self.actor, snapshot, cell, at=self.request.now, page=number)  # type: ignore[attr-defined]
        except Rejected as error:
            raise Http404(str(error)) from error
        data = snapshot.held_content.data
        longest = max([found.counted.total, *(one.total for one in found.left_out)], default=0)
        context = {
            "title": found.figure.label,
            "subtitle": " · ".join(filter(None, (found.figure.path, snapshot.subject_name, snapshot.period))),
            "found": found,
            "snapshot": snapshot,
            "law": {"status": data["form"]["status"], "citation": _citation(data["form"]["citation"])},
            "law_moved": comparing.law_moved(found.held),
            "value_text": _text(found.held, cell, found.figure.value),
            "now_text": _text(found.held, cell, found.now),
            "parts": [
                (part, _text(found.held, part.cell, part.value), _passport_url(snapshot, part.cell))
                for part in found.parts
            ],
            "kinds": _kinds(found),
            "number": number,
            "pages": -(-longest // PER_PAGE),
            "coverage": list(paper.coverage_lines(content.report_of(found.held))),
            "next": ReportSnapshot.objects.filter(previous=snapshot).first(),
            "next_url": _next_url(snapshot, cell),
        }
        return super().get_context_data(**context, **kwargs)


class DifferencePage(Page):
    """What is different now: figures, and the records that made the difference."""

    permission = READ
    template_name = "snapshots/differences.html"
    pretitle = gettext_lazy("Báo cáo đã chấp nhận")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = visible_or_404(self.request, self.kwargs["public_id"])
        draft = queries.open_revision(snapshot) or snapshot.revisions.order_by("-pk").first()
        context = {
            "title": _("Khác biệt so với hồ sơ hiện nay"),
            "subtitle": f"{snapshot.form} · {snapshot.subject_name} · {snapshot.period}",
            "snapshot": snapshot,
            "draft": draft,
            "cells": _cell_rows(snapshot, draft),
            "records": _record_rows(self.actor, draft),
            "may_revise": draft is not None and draft.state == ReportRevision.State.OPEN
            and bool(SNAPSHOTS.decide(self.actor, ACCEPT, snapshot)),
            "page_actions": [PageAction(_("Về báo cáo"), _report_url(snapshot), "arrow-left")],
        }  # fmt: skip
        return super().get_context_data(**context, **kwargs)


@requires(READ)
def download(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """The file as it was kept at acceptance."""
    snapshot = visible_or_404(request, public_id)
    kept = snapshot.files.select_related("file").filter(format=kind).first()
    if kept is None:
        raise Http404
    return files.download(kept.file)


def _href(snapshot: ReportSnapshot) -> paper.Href:
    def lead(cell: CellAddress, _column: Column, _value: Decimal) -> str | None:
        return _passport_url(snapshot, Cell(cell.table, cell.row, cell.column))

    return lead


def _passport_url(snapshot: ReportSnapshot, cell: Cell) -> str:
    query = urlencode({"table": cell.table, "row": cell.row, "column": cell.column})
    return f"{reverse('snapshots:passport', args=[snapshot.public_id])}?{query}"


def _report_url(snapshot: ReportSnapshot) -> str:
    return reverse("snapshots:report", args=[snapshot.public_id])


def _next_url(snapshot: ReportSnapshot, cell: Cell) -> str:
    following = ReportSnapshot.objects.filter(previous=snapshot).first()
    return _passport_url(following, cell) if following else ""


def _text(one: Held, cell: Cell, value: Decimal | None) -> str:
    return figure_text(one.plan.form, (cell.table, cell.column), value)


def _change_texts(one: Held, data: dict[str, Any]) -> tuple[CellChange, str, str]:
    """A changed figure with both values as the form prints them."""
    change = CellChange.from_data(data)
    cell = Cell(change.table, change.row, change.column)
    return change, _text(one, cell, change.was), _text(one, cell, change.now)


def _cell_rows(snapshot: ReportSnapshot, draft: ReportRevision | None) -> list[tuple[CellChange, str, str, str]]:
    one = content.held(snapshot)
    found = [_change_texts(one, change) for change in draft.cells] if draft else []
    return [
        (change, was, now, _passport_url(snapshot, Cell(change.table, change.row, change.column)))
        for change, was, now in found
    ]


def _record_rows(actor: Any, draft: ReportRevision | None) -> list[dict[str, Any]]:
    """Each record that made a difference, as far as the reader may open it."""
    found: list[dict[str, Any]] = []
    for name in dict.fromkeys(record["fact_set"] for record in draft.records) if draft else ():
        mine = [record for record in draft.records if record["fact_set"] == name] if draft else []
        source = source_of(name)
        shown = source.show(actor, [record["record"] for record in mine])
        found += [
            {"kind": source.kind, "change": record["kind"], "shown": shown.get(record["record"])} for record in mine
        ]
    return found


def _kinds(found: Passport) -> str:
    return ", ".join(dict.fromkeys(str(source_of(counting.fact_set).kind) for counting in found.figure.counted))


def _citation(data: dict[str, Any]) -> str:
    return f"{data['instrument']} {data['locator']}".strip()


def _title(form: Any) -> str:
    return str(form.short_title.en or form.short_title.vi if get_language() == "en" else form.short_title.vi)
