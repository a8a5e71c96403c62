"""A measured target as a document: the same figures for page, Word, PDF and Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from atvsld.documents import model
from atvsld.kit.certainty import Certainty
from atvsld.kit.text import format_date
from atvsld.oversight.indicators import chart, wording
from atvsld.oversight.indicators.figures import COUNTED, GROUPS, PENDING
from atvsld.oversight.indicators.result import TargetReport, YearPoint
from atvsld.oversight.reporting.subject import Subject
from atvsld.platform.acts import clock
from atvsld.registers.bodies import queries as bodies
from atvsld.registers.places import tree

# Year, conclusion, labour relation ("" for all) → address of the records behind a number of deaths.
Href = Callable[[int, str, str], str | None]


def document(report: TargetReport, *, href: Href | None = None) -> model.Document:
    """The target with verdict, chart, table by year and sources of the denominator."""
    return model.Document(
        title=_("Kết quả thực hiện chỉ tiêu %(target)s") % {"target": report.target.id},
        subtitle=f"{wording.title(report)}\n{report.subject.name}",
        blocks=tuple(_blocks(report, href)),
        letterhead=letterhead(report.subject, report.as_of),
        language="en" if wording.language() == "en" else "vi",
        landscape=True,
        footer=footer(report.target.id, report.as_of, report.law_version),
        metadata={"target": report.target.id, "verdict": report.verdict.value, "as_of": report.as_of.isoformat()},
    )


def years_table(report: TargetReport, *, href: Href | None = None) -> model.Table:
    """Counts and rates side by side, a row for each year."""
    return model.Table(
        id="years",
        title=_("Số người chết và tỷ lệ theo năm"),
        columns=_columns(report),
        rows=tuple(_row(point, href) for point in report.points),
        notes=(wording.scope_note(), report.baseline.all_sectors.reason, report.baseline.non_contract.reason),
        landscape=True,
    )


def sources_table(report: TargetReport) -> model.Table:
    """Where the numbers of workers come from; no rate stands without it."""
    rows = [
        model.Row(
            f"{point.year}.{place}",
            (model.Cell(str(point.year)), model.Cell(source.text), model.Cell(source.establishments),
             model.Cell(point.workforce.establishments), model.Cell(source.workers)),
        )
        for point in report.points
        for place, source in enumerate(point.workforce.sources, start=1)
    ]  # fmt: skip
    return model.Table(
        id="sources",
        title=_("Nguồn của mẫu số (số lao động)"),
        columns=(
            model.Column(_("Năm"), width=14),
            model.Column(_("Nguồn số liệu"), width=90),
            model.Column(_("Số cơ sở có số liệu"), kind="number"),
            model.Column(_("Số cơ sở trong phạm vi"), kind="number"),
            model.Column(_("Số lao động"), kind="number"),
        ),
        rows=tuple(rows),
    )


def _blocks(report: TargetReport, href: Href | None) -> Iterator[model.Block]:
    if report.synthetic:
        yield model.Notice("warning", _("DỮ LIỆU MẪU, TỔNG HỢP BẰNG MÁY: không phải số liệu thật."))
    if report.per_status is not Certainty.OFFICIAL:
        yield model.Notice("provisional", factor_note(report))
    yield model.Paragraph(f"{_('Kết luận')}: {wording.verdict(report.verdict)}", "bold")
    yield model.Paragraph(wording.headline(report))
    if meaning := wording.meaning(report):
        yield model.Paragraph(meaning)
    if report.in_progress:
        yield model.Paragraph(wording.in_progress(report.in_progress))
    if any(point.rate.value is not None for point in report.points):
        yield model.Chart(chart.spec(report, height=215), chart.alt(report), width=900, height=290)
    yield years_table(report, href=href)
    yield sources_table(report)
    yield model.Heading(_("Cách tính"))
    yield model.KeyValues(tuple(method(report)), columns=1)
    for warning in report.warnings:
        yield model.Notice("info", warning)


def factor_note(report: TargetReport) -> str:
    """How sure we are of the number a rate is expressed per."""
    return _("Hệ số %(per)s: %(status)s (%(citation)s).") % {
        "per": wording.number(report.per),
        "status": (report.per_status.label_en if wording.language() == "en" else report.per_status.label_vi).lower(),
        "citation": report.per_citation,
    }


def method(report: TargetReport) -> Iterator[tuple[str, str]]:
    """What was counted, against what, by which rule."""
    yield _("Căn cứ chỉ tiêu"), f"{report.target.citation} – {report.target.note}"
    yield _("Năm gốc"), wording.baseline(report)
    yield _("Cơ sở tính"), wording.basis(report)
    yield (
        _("Lộ trình"),
        _("Mức của năm gốc giảm %(share)s %% mỗi năm, tính dồn.")
        % {"share": wording.number(abs(report.target.change_per_year) * 100)},
    )
    yield _("Khoảng tin cậy"), _("Khoảng chính xác 95 %% của Garwood cho số vụ Poisson.") % {}
    yield (
        _("Kết luận"),
        _(
            "So tỷ số với năm gốc bằng khoảng chính xác của Clopper–Pearson: đạt khi cả khoảng không vượt lộ trình, "
            "không đạt khi cả khoảng vượt, còn lại là chưa thể kết luận."
        ),
    )
    latest = report.latest
    if latest and latest.assessment:
        yield _("Diễn giải"), latest.assessment.explanation.text


def _columns(report: TargetReport) -> tuple[model.Column, ...]:
    def counted(label: str) -> model.Column:
        return model.Column(label, kind="number")

    return (
        model.Column(_("Năm"), width=22),
        model.Column(_("Số người chết do tai nạn lao động"), children=(
            counted(_("Tổng số")), counted(_("Có hợp đồng lao động")), counted(_("Không theo hợp đồng")),
            counted(_("Chưa rõ quan hệ")),
        )),
        counted(_("Số vụ chết người")),
        counted(_("Người chết trong vụ chờ kết luận")),
        model.Column(_("Mẫu số"), children=(
            counted(_("Số lao động")), model.Column(_("Cơ sở khai / trong phạm vi"), kind="code"),
        )),
        model.Column(_("Tỷ lệ trên %(per)s lao động có hợp đồng") % {"per": wording.number(report.per)}, children=(
            model.Column(_("Thực tế"), kind="number", decimals=2),
            model.Column(_("Khoảng 95 %% từ") % {}, kind="number", decimals=2),
            model.Column(_("đến"), kind="number", decimals=2),
            model.Column(_("Mức yêu cầu"), kind="number", decimals=2),
        )),
        model.Column(_("Kết luận"), width=34),
    )  # fmt: skip


def _row(point: YearPoint, href: Href | None) -> model.Row:
    def deaths(count: int, conclusion: str, group: str) -> model.Cell:
        return model.Cell(count, href=href(point.year, conclusion, group) if href and count else None)

    low = point.interval.low if point.interval else None
    high = point.interval.high if point.interval else None
    force = point.workforce
    cells = (
        model.Cell(str(point.year), note=_unfinished(point)),
        deaths(point.counted.total.deaths, COUNTED, ""),
        *(deaths(getattr(point.counted, group).deaths, COUNTED, group) for group in GROUPS),
        model.Cell(point.counted.total.cases),
        deaths(point.pending.total.deaths, PENDING, ""),
        model.Cell(force.workers),
        model.Cell(f"{wording.number(force.stated)}/{wording.number(force.establishments)}"),
        model.Cell(_rounded(point.rate.value), note=point.rate.reason or None if point.complete else None),
        model.Cell(_rounded(low)),
        model.Cell(_rounded(high)),
        model.Cell(_rounded(point.required)),
        model.Cell(_conclusion(point), text=_conclusion(point).replace(" ", "\u00a0")),
    )
    return model.Row(str(point.year), cells)


def _unfinished(point: YearPoint) -> str | None:
    if point.same_part is None:
        return None
    return _("Số liệu đến %(day)s; năm chưa kết thúc nên chưa tính tỷ lệ cả năm.") % {
        "day": format_date(point.same_part.until)
    }


def _conclusion(point: YearPoint) -> str:
    if not point.complete:
        return _("Chưa kết thúc năm")
    return wording.verdict(point.verdict) if point.assessment else _("Năm gốc")


def _rounded(value: float | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, 6)))


def letterhead(subject: Subject, as_of: datetime) -> model.Letterhead:
    """The body that answers for the place today; the place itself when the register has none."""
    day = clock.local_day(as_of)
    graph = tree.current()
    node = graph.nodes.get(subject.place_pk or 0)
    place = subject.name
    body = None
    if node is not None:
        on = min(day, node.valid_to) if node.valid_to else day
        top = (node, *graph.ancestors(node.pk, on))[-1]
        place = top.name.removeprefix("Thành phố ").removeprefix("Tỉnh ")
        body = bodies.holder("commune" if node.level == "commune" else "osh_lead", node.pk, on)
    if body is None:
        return model.Letterhead(None, subject.name.upper(), None, place, day)
    return model.Letterhead(body.parent_line or None, body.name.upper(), None, place, day)


def footer(target: str, as_of: datetime, law_version: str) -> str:
    """The line below every page."""
    return _("Chỉ tiêu %(target)s · số liệu lúc %(moment)s · bộ pháp luật %(law)s") % {
        "target": target,
        "moment": format_date(clock.local_day(as_of)),
        "law": law_version,
    }
