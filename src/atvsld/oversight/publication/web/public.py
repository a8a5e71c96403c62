"""Public pages: all notices, one with charts and tables, its data and its paper. No sign-in, nothing personal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from atvsld.documents import model
from atvsld.documents.render import to_html
from atvsld.kit.periods import Period, PeriodError
from atvsld.oversight.publication import charts, document, queries, source
from atvsld.oversight.publication.content import Content
from atvsld.oversight.publication.models import Notice
from atvsld.oversight.publication.rules import load_rules
from atvsld.oversight.publication.tables import COLUMN_LABELS
from atvsld.oversight.publication.words import SECTIONS, filled
from atvsld.platform.files import facade as files
from atvsld.platform.papers import facade as papers

PAGE_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
CACHED = "public, max-age=300"
_HEADLINES = (
    ("so_vu", "ambulance"),
    ("so_vu_chet", "alert-triangle"),
    ("so_nguoi", "users"),
    ("so_chet", "user-shield"),
)
DATA_KINDS = ("csv", "json")
_FILES = {"pdf": papers.PaperFile.Role.PDF, "docx": papers.PaperFile.Role.WORD}


class NoticeIndex(TemplateView):
    """Every notice that went out, newest first, with its later editions."""

    template_name = "publication/public_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        issued = list(queries.public())
        numbers = source.numbers(issued)
        rows = [(notice, Content.from_json(notice.content), numbers.get(notice.public_id, "")) for notice in issued]
        return super().get_context_data(
            title=_("Thông báo tình hình tai nạn lao động"), pretitle=_("Thông tin công khai"), rows=rows, **kwargs
        )


class PublicNotice(TemplateView):
    """One notice: words, charts, tables, sources, earlier editions."""

    template_name = "publication/public_notice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notice = edition_or_404(self.kwargs["period"], self.kwargs.get("revision"))
        content = Content.from_json(notice.content)
        paper = paper_of(notice)
        with translation.override("vi"):
            annex = [block for block in document.annex(content) if _tabled(block)]
            shown = to_html(model.Document(title="", blocks=tuple(annex)), headings_from=2)
            method = list(document.method(content))
        causes = content.tables_by_id.get("cause")
        decimals = load_rules().percent_decimals
        return super().get_context_data(
            title=_("Tình hình tai nạn lao động %(period)s") % {"period": _label(notice.span)},
            pretitle=_("Thông tin công khai"),
            subtitle=content.place,
            notice=notice, content=content, paper=paper,
            headlines=[(content.figures[name], content.figures[name].change_text(decimals), icon)
                       for name, icon in _HEADLINES],
            sections=[
                (title, filled(text, content.figures, content.phrases, decimals).splitlines())
                for title, text in ((one.title, notice.sections.get(one.name, "")) for one in SECTIONS)
                if title and text.strip()
            ],
            tables=mark_safe(shown),  # noqa: S308 - escaped by the renderer
            totals_chart=charts.totals(content, font=PAGE_FONT), totals_alt=charts.totals_alt(content),
            causes_chart=charts.leading(causes, font=PAGE_FONT) if causes else None,
            causes_alt=charts.leading_alt(causes) if causes else "",
            method=method,
            editions=list(queries.public().filter(period=notice.period, place_code=notice.place_code)),
            deadline=queries.deadline(notice.span),
            downloads=downloads(notice, paper),
            **kwargs,
        )  # fmt: skip


def downloads(notice: Notice, paper: papers.Paper | None) -> list[tuple[str, str]]:
    """Word, PDF, and the figures for machines."""
    at = [notice.period, str(notice.revision)]
    kinds = [kind for kind, role in _FILES.items() if paper is not None and paper.files.filter(role=role).exists()]
    found = [(kind, reverse("public_notices:paper", args=[*at, kind])) for kind in sorted(kinds)]
    return [*found, *((kind, reverse("public_notices:data", args=[*at, kind])) for kind in ("csv", "json"))]


def data(request: HttpRequest, period: str, revision: int, kind: str) -> HttpResponse:  # noqa: ARG001
    """Exactly what the page shows, for machines: a withheld figure is empty and says so."""
    if kind not in DATA_KINDS:
        raise Http404
    notice = edition_or_404(period, revision)
    content = Content.from_json(notice.content)
    name = f"tai-nan-lao-dong-{notice.period.lower()}"
    if kind == "json":
        text = json.dumps(as_json(notice, content), ensure_ascii=False, indent=1)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
    else:
        kept = io.StringIO()
        writer = csv.writer(kept)
        writer.writerow(["bang", "ma", "ten", "cot", "ky", "gia_tri", "trang_thai"])
        writer.writerows(_lines(content))
        # The mark of UTF-8 keeps Vietnamese readable in Excel.
        response = HttpResponse(f"\ufeff{kept.getvalue()}", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = CACHED
    return response


def paper_file(request: HttpRequest, period: str, revision: int, kind: str) -> HttpResponse:  # noqa: ARG001
    """The numbered paper itself, as it was issued."""
    notice = edition_or_404(period, revision)
    paper = paper_of(notice)
    kept = paper.files.filter(role=_FILES[kind]).select_related("file").first() if paper and kind in _FILES else None
    if kept is None:
        raise Http404
    return files.respond(files.open_bytes(kept.file), kept.file.name, files.KINDS[kind].media_type)


def as_json(notice: Notice, content: Content) -> dict[str, Any]:
    """A notice as plain data; the shape of the public file and of the interface for systems."""
    public = content.to_json()
    return {
        "period": notice.period, "revision": notice.revision, "state": notice.state, "place": content.place,
        "place_code": notice.place_code, "issued_on": notice.issued_on.isoformat() if notice.issued_on else None,
        "reason": notice.reason or None,
        **{name: public[name] for name in ("as_of", "law_version", "threshold", "figures", "tables", "sources",
                                           "differences", "earlier_year", "synthetic")},
    }  # fmt: skip


def edition_or_404(period: str, revision: str | int | None) -> Notice:
    """The edition in force, or the one of a number."""
    try:
        code = Period.parse(period).code
    except PeriodError as error:
        raise Http404 from error
    number = "" if revision is None else str(revision)
    asked = Q(state=Notice.State.ISSUED) if not number else Q(revision=int(number) if len(number) < 5 else -1)
    found = queries.public().filter(asked, period=code).first()
    if found is None:
        raise Http404
    return found


def paper_of(notice: Notice) -> papers.Paper | None:
    return papers.issued(source.CONTEXT, notice.public_id, source.KIND)


def _tabled(block: model.Block) -> bool:
    """Tables, and the sentences that stand for those withheld whole; charts and sources have their own place."""
    return isinstance(block, model.Table) or (isinstance(block, model.Paragraph) and block.style == "italic")


def _lines(content: Content) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    now, before = content.period.code, content.period.year_before().code
    for figure in content.figures.values():
        for period, value, state in ((before, figure.before, figure.before_state), (now, figure.value, figure.state)):
            yield "tong-hop", figure.name, figure.label, figure.unit, period, "" if value is None else str(value), state
    for table in content.tables:
        for line in table.lines:
            for period, held in ((before, line.before), (now, line.now)):
                for column in table.columns:
                    count = held.get(column)
                    state = "withheld" if count is None else "shown"
                    yield (table.id, line.code, line.label, COLUMN_LABELS[column], period,
                           "" if count is None else str(count), state)  # fmt: skip


def _label(period: Period) -> str:
    return period.label_en if translation.get_language() == "en" else period.label_vi
