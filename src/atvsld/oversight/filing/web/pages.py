"""A report with everything that happened to it, one submission, and what a later one says otherwise."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from atvsld.documents.render import to_html
from atvsld.kit.text import format_number
from atvsld.law.forms.spec import Column
from atvsld.oversight.filing import differences, drafts, keys, numbers, paper, receipts
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.filing.policy import DECIDE, FILINGS, OWN, READ, SUBMIT, UNLOCK
from atvsld.oversight.filing.shape import Shape
from atvsld.oversight.filing.web.fetching import filing_or_404, submission_or_404
from atvsld.oversight.filing.web.grid import said
from atvsld.oversight.reporting.paper import Href
from atvsld.platform.files import facade as files
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.formats_text import day, moment
from atvsld.platform.ui.pages import Page, actor_of, requires


class FilingPage(Page):
    """One report: where it stands, what is next, every submission with its receipt, who did what."""

    permission = READ
    template_name = "filing/filing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filing = filing_or_404(self.request, self.kwargs["public_id"])
        shape = drafts.shape(filing)
        submissions = list(filing.submissions.prefetch_related("remarks").order_by("-number"))
        return super().get_context_data(
            title=f"{said(shape.form.short_title)} – {shape.period.label_vi}",
            filing=filing,
            form=shape.form,
            facts=_facts(filing),
            submissions=submissions,
            remarks=[
                (remark, place_name(shape, remark.key) if remark.key else _("Cả báo cáo"))
                for one in submissions[:1]
                for remark in one.remarks.all()
            ]
            if filing.state == Filing.State.RETURNED
            else [],
            may_write=bool(OWN.decide(self.actor, SUBMIT, filing)) and filing.state in Filing.OPEN,
            may_ask=bool(OWN.decide(self.actor, SUBMIT, filing)) and filing.state in ("accepted", "locked"),
            may_decide=bool(FILINGS.decide(self.actor, DECIDE, filing)),
            may_unlock=bool(FILINGS.decide(self.actor, UNLOCK, filing)) and filing.state == "locked",
            history=timeline(filing),
            **kwargs,
        )


def _facts(filing: Filing) -> list[tuple[str, Any]]:
    return [
        (_("Đơn vị báo cáo"), filing.reporter),
        (_("Nơi nhận"), filing.recipient or "–"),
        (_("Hạn"), _("trước ngày %(day)s") % {"day": day(filing.due_before)} if filing.due_before else "–"),
        (_("Nộp lần đầu"), moment(filing.submitted_at) if filing.submitted_at else _("chưa nộp")),
        (_("Nộp gần nhất"), moment(filing.last_submitted_at) if filing.last_submitted_at else "–"),
        (_("Tiếp nhận"), moment(filing.accepted_at) if filing.accepted_at else "–"),
        (_("Không phát sinh"), _("Có") if filing.nil else _("Không")),
        (_("Bản biểu mẫu"), _("%(form)s từ %(day)s") % {"form": filing.form, "day": day(filing.form_valid_from)}),
    ]


@requires(READ)
def submission(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """What was handed in, as printed; whoever decides on it may point at a figure."""
    held = submission_or_404(request, public_id, number)
    filing = held.filing
    content = paper.submitted(held)
    may_decide = bool(FILINGS.decide(actor_of(request), DECIDE, filing)) and filing.current_id == held.pk
    href = _to_return(filing) if may_decide and filing.state in ("submitted", "accepted") else None
    made = paper.document(filing, content, at=held.submitted_at, submission=held, href=href)
    context = {
        "title": _("Lần nộp %(number)s") % {"number": number},
        "filing": filing,
        "submission": held,
        "holds": receipts.holds(held),
        "paper": mark_safe(to_html(made, headings_from=2)),  # noqa: S308 - escaped by the renderer
        "downloads": [
            (kind, reverse("filing:submission_file", args=[public_id, number, kind])) for kind in paper.KINDS[:4]
        ],
        "may_decide": may_decide,
    }
    return render(request, "filing/paper.html", context)


def _to_return(filing: Filing) -> Href:
    """Each figure leads to the page that returns the report, with its place ready for a remark."""
    page = reverse("filing:return", args=[filing.public_id])
    return lambda cell, _column, _value: f"{page}?{urlencode({'o': keys.cell(cell.table, cell.row, cell.column)})}"


@requires(READ)
def submission_file(request: HttpRequest, public_id: str, number: int, kind: str) -> HttpResponse:
    """What was handed in, as a file."""
    if kind not in paper.KINDS:
        raise Http404
    held = submission_or_404(request, public_id, number)
    body, media = paper.as_file(held.filing, paper.submitted(held), kind, at=held.submitted_at, submission=held)
    return files.respond(body, f"{held.filing.form}_{held.filing.period}_lan-{number}.{kind}", media)


@requires(READ)
def changes(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """What a submission says otherwise than the one before it."""
    later = submission_or_404(request, public_id, number)
    earlier = later.filing.submissions.filter(number=number - 1).first()
    if earlier is None:
        raise Http404
    shape = drafts.shape(later.filing)
    found = differences.between(paper.submitted(earlier), paper.submitted(later))
    context = {
        "title": _("Lần nộp %(later)s so với lần %(earlier)s") % {"later": number, "earlier": number - 1},
        "filing": later.filing,
        "later": later,
        "earlier": earlier,
        "rows": [(place_name(shape, one.key), _text(one.before, one), _text(one.after, one)) for one in found],
    }
    return render(request, "filing/changes.html", context)


def _text(value: str | None, one: differences.Difference) -> str:
    if value is None or value == "":
        return "–"
    return format_number(numbers.read(value.replace(".", ",")) or 0) if one.figure else value


def place_name(shape: Shape, key: str) -> str:
    """A place of the form in words for a page: table, row, column."""
    if key.startswith(("section:", "header:")):
        name = key.partition(":")[2]
        labels = {section.key: section.label for section in shape.form.sections}
        labels |= {line.key: line.label for line in shape.form.header}
        return said(labels[name]) if name in labels else key
    if key.startswith("explain:"):
        return _("Giải trình %(check)s") % {"check": key.removeprefix("explain:")}
    if key.startswith("file:"):
        return _("Tệp kèm theo")
    if key == keys.NIL:
        return _("Không phát sinh")
    if found := keys.split_listed(key):
        return f"{found[0]} › {_heading(shape, found[0], found[2])}"
    table, _slash, rest = key.partition("/")
    row, _slash, column = rest.rpartition("/")
    concrete = shape.rows.get(table, {}).get(row)
    return f"{table} › {said(concrete.label) if concrete else row} › {_heading(shape, table, column)}"


def _heading(shape: Shape, table: str, column: str) -> str:
    held = next((one for one in shape.form.tables if one.id == table), None)
    found: Column | None = None
    if held is not None:
        found = next((leaf for leaf in held.leaf_columns if column in (leaf.key, leaf.pair)), None)
    return f"{column}. {said(found.label)}" if found else column
