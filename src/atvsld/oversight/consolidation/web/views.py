"""Pages: what was handed in as the higher form, beside the registers, down to the units, accepted and since."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from atvsld.documents.render import FORMATS, to_html
from atvsld.kit.ids import new_ulid
from atvsld.law import load_book
from atvsld.law.consolidation import Cell
from atvsld.law.consolidation_reading import load_consolidations
from atvsld.law.forms.spec import Column, FormSpec
from atvsld.oversight.consolidation import (
    compare,
    files,
    frozen,
    kept,
    paper,
    policy,
    queries,
    revising,
    service,
    units,
)
from atvsld.oversight.consolidation.actions import accept
from atvsld.oversight.consolidation.models import ConsolidatedReport
from atvsld.oversight.consolidation.web.asking import address, asked_for, spec_of, units_address
from atvsld.oversight.consolidation.web.forms import AcceptForm, Choice
from atvsld.oversight.consolidation.web.passport import passport_url
from atvsld.oversight.reporting import paper as report_paper
from atvsld.oversight.reporting.records import CellAddress, linked
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.files import facade as stored
from atvsld.platform.ui.pages import Page, act_by_form, act_of, actor_of, requires

MOST_LINES = 300
MOST_CELLS = 60


class Index(Page):
    """The forms that reports are added up into, and what was accepted last."""

    permission = policy.READ
    template_name = "consolidation/index.html"
    title = gettext_lazy("Tổng hợp báo cáo")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        book = load_book()
        offered = [
            (book.form(rule.form), book.form(rule.source), rule) for rule in load_consolidations().rules.values()
        ]
        return super().get_context_data(
            offered=offered, accepted=queries.readable(self.actor).order_by("-accepted_at")[:20], **kwargs
        )


class _Asking(Page):
    """A page about one question."""

    permission = policy.READ

    @cached_property
    def spec(self) -> FormSpec:
        return spec_of(self.kwargs["code"])

    @cached_property
    def asked(self) -> service.Request:
        return asked_for(self.request, self.spec)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = clock.local_day(self.request.now).year  # type: ignore[attr-defined]
        asked = self.asked
        initial = {"period": asked.period, "place": asked.place, "basis": asked.basis, "boundary": asked.boundary}
        tabs = [
            (_("Biểu tổng hợp"), address("report", asked), "report"),
            (_("Đối chiếu với sổ"), address("compare", asked), "compare"),
        ]
        shown = {
            "choice": Choice(initial, spec=self.spec, actor=self.actor, year=year),
            "form": self.spec,
            "rule": load_consolidations().rule(self.spec.code),
            "tabs": tabs,
            "tab": self.request.resolver_match.url_name if self.request.resolver_match else "",
            "title": _title(self.spec),
            "pretitle": _("Tổng hợp từ báo cáo đã nộp"),
        }
        try:
            shown |= self.answer()
        except Rejected as error:
            shown["problems"] = error.problems
        return super().get_context_data(**(shown | kwargs))

    def answer(self) -> dict[str, Any]:
        raise NotImplementedError


class ReportPage(_Asking):
    """The higher form filled from submissions; each figure leads to the units behind it."""

    template_name = "consolidation/report.html"

    def answer(self) -> dict[str, Any]:
        at = self.request.now  # type: ignore[attr-defined]
        asked = service.understand(self.actor, self.asked, at=at)
        report = service.produce(self.actor, self.asked, at=at)
        accepted = queries.in_force(asked)
        return {
            "report": report,
            "subtitle": f"{report.subject.name} · {report.period.label_vi} · {paper.basis_text(report)}",
            "paper": mark_safe(to_html(paper.document(report, href=_href(self.asked, report.scheme.origins)))),  # noqa: S308 - escaped by the renderer
            "downloads": [
                (kind, address("download", self.asked, kind=kind)) for kind in ("docx", "pdf", "xlsx", "json")
            ],
            "accepted": accepted,
            "may_accept": self.actor.may(policy.ACCEPT),
            "accept_url": address("accept", self.asked),
        }


class ComparePage(_Asking):
    """Submissions beside registers: the cells that differ, what matters most first."""

    template_name = "consolidation/compare.html"

    def answer(self) -> dict[str, Any]:
        both = compare.side_by_side(self.actor, self.asked, at=self.request.now)  # type: ignore[attr-defined]
        every = self.request.GET.get("tat-ca") == "1"
        pairs = both.pairs if every else both.differing
        report = both.submissions
        return {
            "both": both,
            "every": every,
            "subtitle": f"{report.subject.name} · {report.period.label_vi} · {paper.basis_text(report)}",
            "lines": [
                (pair, units_address(self.asked, pair.cell) if pair.linked else "")
                for pair in pairs[: self.most(every)]
            ],
            "count": len(pairs),
            "coverage": list(paper.coverage_lines(report)),
            "all_url": address("compare", self.asked, **({} if every else {"tat-ca": "1"})),
            "registers_url": _registers_url(self.asked),
            "downloads": [
                (kind, address("download_comparison", self.asked, kind=kind))
                for kind in ("docx", "pdf", "xlsx", "json")
            ],
        }

    @staticmethod
    def most(every: bool) -> int | None:
        """How many cells stand on the page: those that matter most, or (asked for) all of them."""
        return None if every else MOST_CELLS


class UnitsPage(_Asking):
    """The units behind one figure: what each handed in beside what the registers hold of it."""

    template_name = "consolidation/units.html"

    def answer(self) -> dict[str, Any]:
        get = self.request.GET.get
        cell = Cell(get("table", ""), get("row", ""), get("column", ""))
        only = get("khac") == "1"
        at = self.request.now  # type: ignore[attr-defined]
        found = units.behind(self.actor, self.asked, cell, at=at, differing=only)
        scheme = found.asked.scheme
        table = scheme.target.table(cell.table)
        row = next(row for row in scheme.rows[cell.table] if row.key == cell.row)
        column = next(leaf for leaf in table.leaf_columns if cell.column in (leaf.key, leaf.pair))
        return {
            "found": found,
            "cell": cell,
            "title": f"{row.label.vi}: {compare.column_path(table, column)}",
            "subtitle": f"{self.spec.code} · {found.asked.subject.name} · {scheme.period.label_vi}",
            "lines": [(line, self._records(line, cell)) for line in found.lines],
            "more": found.count - len(found.lines),
            "only": only,
            "only_url": f"{units_address(self.asked, cell)}{'' if only else '&khac=1'}",
            "back": address("report", self.asked),
        }

    def _records(self, line: units.UnitLine, cell: Cell) -> str:
        """The records the registers hold for the unit behind the same cell."""
        if not line.held or not report_records(self.spec, cell):
            return ""
        subject = {"establishment": line.code} if line.public_id else {"place": line.code}
        query = {"period": self.asked.period, **subject, "table": cell.table, "row": cell.row, "column": cell.column}
        return f"{reverse('reporting:figure', kwargs={'code': self.spec.code})}?{_encoded(query)}"


@requires(policy.READ)
def download(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The same report as a file."""
    if kind not in FORMATS:
        raise Http404
    report = service.produce(actor_of(request), asked_for(request, spec_of(code)), at=request.now)  # type: ignore[attr-defined]
    content, media = files.as_file(report, kind)
    response = HttpResponse(content, content_type=media)
    name = f"{report.form.code}_{report.period.code}_{report.subject.code}_tong-hop.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@requires(policy.READ)
def download_comparison(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Submissions beside registers as a file."""
    if kind not in FORMATS:
        raise Http404
    both = compare.side_by_side(actor_of(request), asked_for(request, spec_of(code)), at=request.now)  # type: ignore[attr-defined]
    content, media = files.comparison_as_file(both, kind)
    report = both.submissions
    name = f"{report.form.code}_{report.period.code}_{report.subject.code}_doi-chieu.{kind}"
    return stored.respond(content, name, media)


@requires(policy.ACCEPT)
def accept_report(request: HttpRequest, code: str) -> HttpResponse:
    """Accept what was seen, with a reason when one is in force already."""
    spec = spec_of(code)
    asked = asked_for(request, spec)
    seen = kept.digest(service.produce(actor_of(request), asked, at=request.now))  # type: ignore[attr-defined]
    form = AcceptForm(request.POST or None, initial={"key": new_ulid(), "seen": seen})
    made: list[ConsolidatedReport] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(accept(act_of(request, given["reason"]), request=asked, key=given["key"], seen=given["seen"]))

    return act_by_form(
        request, form, act, title=_("Chấp nhận báo cáo tổng hợp %(form)s, kỳ %(period)s")
        % {"form": spec.code, "period": asked.period},
        back=address("report", asked), then=lambda: reverse("consolidation:accepted", args=[made[0].public_id]),
        submit_label=_("Chấp nhận"),
    )  # fmt: skip


class AcceptedPage(Page):
    """An accepted consolidation with what came since."""

    permission = policy.READ
    template_name = "consolidation/accepted.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = queries.get(self.actor, self.kwargs["public_id"])
        came = revising.since(self.actor, report, at=self.request.now)  # type: ignore[attr-defined]
        spec = load_book().form(report.form)
        one = frozen.held(report)
        labels = {(table, row.key): row.label.vi for table, rows in one.scheme.rows.items() for row in rows}
        asked = revising.request_of(report)
        figures = kept.figures_in(report)

        def lead(found: CellAddress, column: Column, value: Decimal) -> str | None:  # noqa: ARG001 - one shape for every paper
            cell = Cell(found.table, found.row, found.column)
            return passport_url(report, cell) if cell in figures else None

        return super().get_context_data(
            title=_("%(form)s, kỳ %(period)s, lần %(number)s")
            % {"form": report.form, "period": report.period, "number": report.number},
            pretitle=_title(spec),
            report=report,
            since=came,
            changes=[
                (
                    labels.get(change.cell[:2], change.cell.row),
                    change,
                    passport_url(report, change.cell) if change.cell in figures else "",
                )
                for change in came.changes[:MOST_LINES]
            ],
            downloads=[
                (held.format, reverse("consolidation:file", args=[report.public_id, held.format]))
                for held in report.files.all()
            ],
            paper=mark_safe(to_html(paper.document(frozen.report_of(one), href=lead))),  # noqa: S308 - escaped by the renderer
            series=queries.readable(self.actor).filter(series=report.series).order_by("number"),
            may_accept=self.actor.may(policy.ACCEPT),
            accept_url=address("accept", asked),
            live_url=address("report", asked),
            verified=frozen.verify(report) if self.request.GET.get("kiem-tra") == "1" else None,
            **kwargs,
        )  # fmt: skip


@requires(policy.READ)
def accepted_file(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """A file of an accepted consolidation, as it was made then."""
    report = queries.get(actor_of(request), public_id)
    held = report.files.filter(format=kind).select_related("file").first()
    if held is None:
        raise Http404
    return stored.download(held.file)


def report_records(spec: FormSpec, cell: Cell) -> bool:
    """Whether the registers' report opens records behind the same cell."""
    column = next((leaf for leaf in spec.table(cell.table).leaf_columns if leaf.key == cell.column), None)
    return column is not None and column.kind == "measure" and linked(column)


def _href(asked: service.Request, origins: Any) -> report_paper.Href:
    def lead(found: CellAddress, column: Column, value: Decimal) -> str | None:  # noqa: ARG001 - one shape for every paper
        cell = Cell(found.table, found.row, found.column)
        return units_address(asked, cell) if value and cell in origins else None

    return lead


def _registers_url(asked: service.Request) -> str:
    query = {"period": asked.period} | {
        name: getattr(asked, name) for name in ("place", "body", "basis", "boundary") if getattr(asked, name)
    }
    return f"{reverse('reporting:report', kwargs={'code': asked.form})}?{_encoded(query)}"


def _encoded(query: dict[str, str]) -> str:
    return urlencode(query)


def _title(spec: FormSpec) -> str:
    return spec.short_title.en or spec.short_title.vi if get_language() == "en" else spec.short_title.vi
