"""Pages: the catalogue of forms, a filled form, its downloads, and the records behind a figure."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from atvsld.casework.accidents.models import Victim
from atvsld.documents.render import FORMATS, to_html
from atvsld.kit.text import format_number
from atvsld.law import load_book
from atvsld.law.errors import UnknownEntry
from atvsld.law.forms.spec import Column, FormSpec
from atvsld.oversight.reporting import offers, paper, policy, records, service
from atvsld.oversight.reporting.files import as_file
from atvsld.oversight.reporting.records import Behind, CellAddress
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.reporting.sources import form_of
from atvsld.oversight.reporting.web.forms import ReportChoice, default_subject
from atvsld.oversight.reporting.web.shelves import shelves
from atvsld.oversight.reporting.web.tables import VictimTable
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, actor_of, requires

_SUBJECT = ("establishment", "place", "body", "basis", "boundary")


class Catalogue(Page):
    """Every statutory form the law book holds, by who files it, with how sure we are of it."""

    permission = policy.READ
    template_name = "reporting/catalogue.html"
    title = gettext_lazy("Báo cáo theo biểu mẫu")
    pretitle = gettext_lazy("Báo cáo")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        codes = dict.fromkeys(form.code for form in load_book().forms)
        forms = [load_book().form(code) for code in codes]
        offered = [form for form in forms if _offered(form, self.actor)]
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        return super().get_context_data(shelves=shelves(offered, today=today), **kwargs)


class ReportPage(Page):
    """A form filled for the chosen period and subject; each figure leads to its records."""

    permission = policy.READ
    template_name = "reporting/report.html"
    pretitle = gettext_lazy("Báo cáo theo biểu mẫu")

    @cached_property
    def spec(self) -> FormSpec:
        return _spec(self.kwargs["code"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = asked_for(self.request, self.spec, self.actor)
        year = clock.local_day(self.request.now).year  # type: ignore[attr-defined]
        choice = ReportChoice(_initial(asked), form_spec=self.spec, actor=self.actor, permission=policy.READ, year=year)
        context: dict[str, Any] = {"choice": choice, "form": self.spec, "title": _title(self.spec)}
        try:
            report = service.produce(self.actor, asked, at=self.request.now)  # type: ignore[attr-defined]
        except Rejected as error:
            return super().get_context_data(problems=error.problems, **context, **kwargs)
        context |= {
            "report": report,
            "subtitle": f"{report.subject.name} · {report.period.label_vi}",
            "paper": mark_safe(to_html(paper.document(report, href=_href(asked)))),  # noqa: S308 - escaped by the renderer
            "downloads": [(kind, _address("download", asked, kind=kind)) for kind in ("docx", "pdf", "xlsx", "json")],
            "offers": (offered := offers.offers(self.actor, asked, report)),
            "page_actions": [offer.action for offer in offered if offer.action],
        }
        return super().get_context_data(**context, **kwargs)


@requires(policy.READ)
def download(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The same report as a file."""
    if kind not in FORMATS:
        raise Http404
    asked = asked_for(request, _spec(code), actor_of(request))
    report = service.produce(actor_of(request), asked, at=request.now)  # type: ignore[attr-defined]
    content, media = as_file(report, kind)
    response = HttpResponse(content, content_type=media)
    name = f"{report.form.code}_{report.period.code}_{report.subject.code}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class FigurePage(ListPage):
    """The records behind one figure, with the figure recomputed from them."""

    permission = policy.READ
    template_name = "reporting/figure.html"
    model = Victim
    table_class = VictimTable
    searchable = False
    order = ("case__occurred_at", "case_id", "position")
    pretitle = gettext_lazy("Hồ sơ đứng sau con số")
    export_name = "ho-so-dang-sau-con-so"

    @cached_property
    def asked(self) -> Request:
        return asked_for(self.request, _spec(self.kwargs["code"]), self.actor)

    @cached_property
    def behind(self) -> Behind:
        get = self.request.GET.get
        address = CellAddress(get("table", ""), get("row", ""), get("column", ""))
        return records.behind(self.actor, self.asked, address, at=self.request.now)  # type: ignore[attr-defined]

    def get_queryset(self) -> QuerySet[Victim]:
        return self.behind.victims

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.behind
        total = records.total(found)
        return super().get_context_data(
            title=_("%(row)s: cột %(column)s") % {"row": found.row.label.vi, "column": found.column.key},
            behind=found,
            figure_text="–" if total is None else format_number(total),
            column_label=_column_path(found),
            back=_address("report", self.asked),
            period=self.asked.period,
            **kwargs,
        )


def asked_for(request: HttpRequest, spec: FormSpec, actor: Actor) -> Request:
    """What the address asks for; the newest full year and the actor's own subject where it says nothing."""
    get = request.GET.get
    chosen = {name: get(name, "") for name in _SUBJECT if get(name)}
    if not {"establishment", "place", "body"} & set(chosen):
        chosen |= default_subject(actor, policy.READ)
    year = clock.local_day(request.now).year - 1  # type: ignore[attr-defined]
    return Request(form=spec.code, period=get("period") or str(year), **chosen)


def _initial(asked: Request) -> dict[str, str]:
    return {"period": asked.period, **{name: getattr(asked, name) for name in _SUBJECT}}


def _spec(code: str) -> FormSpec:
    try:
        return form_of(code.upper())
    except UnknownEntry as error:
        raise Http404(str(error)) from error


def _offered(form: FormSpec, actor: Actor) -> bool:
    """An employer is offered the forms an establishment fills; the others need an area."""
    scopes = actor.scopes(policy.READ)
    return any(scope.everything or scope.dimension == "place" or "establishment" in form.subjects for scope in scopes)


def _href(asked: Request) -> paper.Href:
    def lead(cell: CellAddress, column: Column, value: Decimal) -> str | None:
        if not value or not records.linked(column):
            return None
        return _address("figure", asked, table=cell.table, row=cell.row, column=cell.column)

    return lead


def _address(route: str, asked: Request, *, kind: str = "", **extra: str) -> str:
    arguments = {"code": asked.form} | ({"kind": kind} if kind else {})
    chosen = {"period": asked.period} | {name: getattr(asked, name) for name in _SUBJECT if getattr(asked, name)}
    return f"{reverse(f'reporting:{route}', kwargs=arguments)}?{urlencode(chosen | extra)}"


def _title(spec: FormSpec) -> str:
    return spec.short_title.en or spec.short_title.vi if get_language() == "en" else spec.short_title.vi


def _column_path(found: Behind) -> str:
    """The headings above a column, from the outermost in."""
    names: list[str] = []
    level = found.table.columns
    while level:
        holder = next(column for column in level if found.column in column.leaves)
        names.append(holder.label.vi)
        level = holder.children
    return " › ".join(names)
