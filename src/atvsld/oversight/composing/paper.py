"""A composed report as a document: words with figures in place, tables, the year before beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atvsld.documents import model
from atvsld.kit.periods import Period
from atvsld.kit.text import format_number
from atvsld.oversight.composing import references
from atvsld.oversight.composing.models import ComposedPart, ComposedReport, SavedTable
from atvsld.oversight.reporting import paper, service
from atvsld.oversight.reporting.face import face_of
from atvsld.oversight.reporting.records import CellAddress
from atvsld.oversight.reporting.result import ComputedTable, Report
from atvsld.oversight.reporting.service import Request
from atvsld.platform.access.actor import Actor

# Where a figure of a table leads: the table's form code, the period, the cell.
Href = Callable[[str, str, CellAddress], str | None]


@dataclass(frozen=True, slots=True)
class Filled:
    """A part with the figures of its table, for its period and the same one of the year before."""

    part: ComposedPart
    report: Report | None = None
    before: Report | None = None


def produce(actor: Actor, report: ComposedReport, *, at: datetime) -> list[Filled]:
    """Compute every table of a report under the rights of whoever reads it."""
    return [_filled(actor, report, part, at) for part in report.parts.select_related("table")]


def _filled(actor: Actor, report: ComposedReport, part: ComposedPart, at: datetime) -> Filled:
    if part.table is None:
        return Filled(part)
    found = service.produce(actor, _request(report, part.table, report.period), at=at)
    before = None
    if part.compared:
        earlier = Period.parse(report.period)
        earlier = replace(earlier, year=earlier.year - 1)
        before = service.produce(actor, _request(report, part.table, earlier.code), at=at)
    return Filled(part, found, before)


def _request(report: ComposedReport, table: SavedTable, period: str) -> Request:
    return Request(form=table.code, period=period, place=report.place)


def document(report: ComposedReport, parts: list[Filled], *, href: Href | None = None) -> model.Document:
    """The whole report; figures open to their records where `href` says so."""
    period = Period.parse(report.period)
    computed = [filled.report for filled in parts if filled.report is not None]
    letterhead = face_of(computed[0]).letterhead if computed else None
    return model.Document(
        title=_("BÁO CÁO"),
        subtitle="\n".join(line for line in (report.title, report.about, period.label_vi.capitalize()) if line),
        blocks=tuple(_blocks(parts, computed, href)),
        letterhead=letterhead,
        addressed_to=report.addressed_to or None,
        signature=model.Signature(report.signer_title, None, _("Ký, ghi rõ họ tên")) if report.signer_title else None,
        language="en" if get_language() == "en" else "vi",
        footer=_footer(computed),
        metadata={"composed": report.public_id, "period": report.period},
    )


def _blocks(parts: list[Filled], computed: list[Report], href: Href | None) -> Iterator[model.Block]:
    if settings.DEMO:
        yield model.Notice("warning", _("DỮ LIỆU MẪU, TỔNG HỢP BẰNG MÁY: không phải số liệu thật."))

    def figure(number: int, row: str, column: str) -> Decimal | None:
        held = computed[number - 1].tables[0] if 0 < number <= len(computed) else None
        found = next((one for one in held.rows if one.row.key == row), None) if held else None
        # A row that does not print has nothing in it.
        return found.cells.get(column) if found else Decimal(0) if held else None

    number = 0
    for filled in parts:
        if filled.part.heading:
            yield model.Heading(filled.part.heading)
        for line in filter(None, filled.part.text.splitlines()):
            yield model.Paragraph(references.fill(line, figure))
        if filled.report is not None:
            number += 1
            yield _table(number, filled, href)
    if computed:
        yield model.SignatureHere()
        yield model.Heading(_("Phạm vi và độ đầy đủ của số liệu"))
        yield model.KeyValues(tuple(paper.coverage_lines(computed[0])), columns=2)


def _table(number: int, filled: Filled, href: Href | None) -> model.Table:
    report = filled.report
    assert report is not None
    language = "en" if get_language() == "en" else "vi"

    def leads(address: CellAddress, *_rest: object) -> str | None:
        return href(report.form.code, report.period.code, address) if href else None

    block = paper.table_block(report.tables[0], language, leads)
    title = _("Bảng %(n)s. %(title)s") % {"n": number, "title": block.title}
    if filled.before is not None:
        block = _with_before(block, report.tables[0], filled.before)
    return replace(block, id=f"bang-{number}", title=title, number_row=False)


def _with_before(block: model.Table, now: ComputedTable, before: Report) -> model.Table:
    """Beside each figure that of the year before and the change, counted and in percent."""
    earlier = {row.row.key: row.cells for row in before.tables[0].rows}
    measured = {column.key for column in now.table.leaf_columns if column.kind == "measure"}
    columns: list[model.Column] = []
    for spec, column in zip(now.table.leaf_columns, block.columns, strict=True):
        if spec.key not in measured:
            columns.append(column)
            continue
        year = before.period.year
        columns.append(
            model.Column(
                column.label,
                children=(
                    model.Column(str(year + 1), kind="number"),
                    model.Column(str(year), kind="number"),
                    model.Column(_("Tăng, giảm"), kind="text"),
                ),
            )
        )
    rows = []
    for row, computed in zip(block.rows, now.rows, strict=True):
        cells: list[model.Cell] = []
        for spec, cell in zip(now.table.leaf_columns, row.cells, strict=True):
            cells.append(cell)
            if spec.key in measured:
                was = earlier.get(computed.row.key, {}).get(spec.key, Decimal(0))
                cells += [model.Cell(was), model.Cell(None, text=_change(computed.cells.get(spec.key), was))]
        rows.append(replace(row, cells=tuple(cells)))
    return replace(block, columns=tuple(columns), rows=tuple(rows), landscape=len(measured) > 2)


def _change(now: Decimal | None, before: Decimal | None) -> str:
    if now is None or before is None:
        return "…"
    difference = now - before
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    text = f"{sign}{format_number(abs(difference))}"
    if not before or not difference:
        return text
    return f"{text} ({sign}{format_number(abs(difference) * 100 / before, 1)} %)"


def _footer(computed: list[Report]) -> str:
    if not computed:
        return ""
    moment = computed[0].as_of.astimezone().strftime("%H:%M %d/%m/%Y")
    return _("Báo cáo tự soạn · số liệu lúc %(moment)s") % {"moment": moment}
