"""A computed report as a document: the same figures for page, Word, PDF and Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atvsld.documents import model
from atvsld.kit.certainty import Certainty
from atvsld.kit.text import format_date, format_number
from atvsld.law.forms.checks import CheckResult
from atvsld.law.forms.spec import Column, Table
from atvsld.law.reading import Label
from atvsld.oversight.reporting.face import face_of
from atvsld.oversight.reporting.records import CellAddress
from atvsld.oversight.reporting.result import ComputedRow, ComputedTable, Report

_KINDS: dict[str, model.ColumnKind] = {
    "label": "text", "code": "code", "unit": "text", "note": "text", "text": "text", "day": "date",
}  # fmt: skip
# Places of one failed check that are named; the rest are counted.
SHOWN_FAULTS = 4
# Where a figure leads, by its cell, column and value; None prints it plain.
Href = Callable[[CellAddress, Column, Decimal], str | None]


def document(report: Report, *, href: Href | None = None) -> model.Document:
    """The report in the form's layout, with every doubt about form or figures said on its face."""
    language: model.Language = "en" if get_language() == "en" else "vi"
    face = report.face or face_of(report)
    return model.Document(
        title=_label(report.form.title, language),
        subtitle=_period_line(report),
        form_label=face.form_label,
        blocks=(*_blocks(report, language, href), *face.closing),
        letterhead=face.letterhead,
        addressed_to=None,
        signature=model.Signature(report.form.signature.title.vi, None, report.form.signature.hint.vi),
        recipients=model.Recipients(face.recipients),
        language=language,
        landscape=any(len(table.table.leaf_columns) > 7 for table in report.tables),
        footer=_footer(report),
        metadata={
            "form": report.form.code,
            "period": report.period.code,
            "as_of": report.as_of.isoformat(),
            **face.metadata,
        },
    )


def _blocks(report: Report, language: str, href: Href | None) -> Iterator[model.Block]:
    if report.synthetic:
        yield model.Notice("warning", _("DỮ LIỆU MẪU, TỔNG HỢP BẰNG MÁY: không phải số liệu thật."))
    if report.form.status is Certainty.LOCAL:
        yield model.Notice("info", _("Bảng tự soạn, không phải biểu mẫu của văn bản pháp luật."))
    elif report.form.status is not Certainty.OFFICIAL:
        yield model.Notice("provisional", f"{report.form.status.label_vi}. {report.form.status_note}".strip())
    pairs = [(_label(field.label, language), _header_text(report.header[field.key])) for field in report.form.header]
    yield model.KeyValues(tuple(pairs), columns=2)
    for table in report.tables:
        yield table_block(table, language, href)
    # The signed form ends here; what follows is for the reader who checks it.
    yield model.SignatureHere()
    yield model.Heading(_("Phạm vi và độ đầy đủ của số liệu"))
    yield model.KeyValues(tuple(coverage_lines(report)), columns=2)
    for line in check_lines(report):
        yield model.Paragraph(line)


def table_block(computed: ComputedTable, language: str, href: Href | None = None) -> model.Table:
    """One table of a report as it prints, each figure a link where `href` gives one."""
    table = computed.table
    return model.Table(
        id=table.id,
        title=_label(table.title, language),
        columns=tuple(_column(column, language) for column in table.columns),
        rows=tuple(_row(table, row, language, href) for row in computed.rows),
        unit=_label(table.unit, language) if table.unit else None,
        notes=(table.note,) if table.note else (),
        landscape=len(table.leaf_columns) > 7,
        number_row=True,
    )


def _column(column: Column, language: str) -> model.Column:
    return model.Column(
        label=_label(column.label, language),
        number=column.number,
        kind=_KINDS.get(column.kind, "number"),
        decimals=column.decimals if column.kind == "formula" else None,
        width={"label": 62.0, "code": 12.0, "unit": 22.0}.get(column.kind),
        children=tuple(_column(child, language) for child in column.children),
    )


def _row(table: Table, computed: ComputedRow, language: str, href: Href | None) -> model.Row:
    row = computed.row
    cells: list[model.Cell] = []
    for column in table.leaf_columns:
        match column.kind:
            case "label":
                cells.append(model.Cell(_label(row.label, language)))
            case "code":
                cells.append(model.Cell(row.code, text=None if row.code else ""))
            case "unit":
                unit = row.source.unit if row.source else None
                cells.append(model.Cell(None, text=_label(unit, language) if unit else ""))
            case "note" | "text" | "day":
                cells.append(model.Cell(None, text=""))
            case "entry" if row.source and row.source.given == "pair" and column.pair:
                cells.append(_pair(table, computed, column, href))
            case _ if not row.holds_figures:
                cells.append(model.Cell(None, text=""))
            case _:
                cells.append(_figure(table, computed, column, href))
    return model.Row(key=row.key, cells=tuple(cells), kind=row.kind, level=row.level)


def _figure(table: Table, computed: ComputedRow, column: Column, href: Href | None) -> model.Cell:
    value = computed.cells.get(column.key)
    if value is None:
        return model.Cell(None)
    link = href(CellAddress(table.id, computed.row.key, column.key), column, value) if href else None
    return model.Cell(value, href=link)


def _pair(table: Table, computed: ComputedRow, column: Column, href: Href | None) -> model.Cell:
    """Two figures of a pair print as `a/b`; a figure not known prints as an ellipsis."""
    first, second = computed.cells.get(column.key), computed.cells.get(column.pair or "")
    if first is None and second is None:
        return model.Cell(None)
    text = "/".join("…" if value is None else format_number(value) for value in (first, second))
    return model.Cell(first, text=text, href=_figure(table, computed, column, href).href)


def coverage_lines(report: Report) -> Iterator[tuple[str, str]]:
    """What the figures rest on, said in words: never a table without its coverage."""
    covered = report.coverage
    yield _("Cơ sở tính"), _basis_text(report)
    yield _("Vụ / người bị nạn được tính"), f"{format_number(covered.cases)} / {format_number(covered.victims)}"
    yield (
        _("Cơ sở trong phạm vi / có số liệu lao động của năm"),
        f"{format_number(covered.establishments)} / {format_number(covered.establishments_with_workforce)}",
    )
    names = {
        "pending": _("Vụ chưa có kết luận, không tính vào biểu"),
        "not_occupational": _("Vụ kết luận không phải tai nạn lao động, không tính"),
        "article_39_2": _("Vụ hưởng trợ cấp theo khoản 2 Điều 39, không tính vào biểu này"),
    }
    for conclusion, count in sorted(covered.excluded.items()):
        yield names.get(conclusion, conclusion), format_number(count)
    labels = {
        "severity": _("Người bị nạn chưa rõ mức độ"),
        "sex": _("Người bị nạn chưa rõ giới tính"),
        "managed": _("Người bị nạn chưa rõ thuộc quyền quản lý"),
        "relation": _("Người bị nạn chưa rõ quan hệ lao động"),
        "days": _("Người bị nạn chưa có số ngày nghỉ"),
        "cost": _("Người bị nạn chưa có chi phí"),
    }
    for name, count in covered.unknown.items():
        if count:
            yield labels[name], format_number(count)


def check_lines(report: Report) -> Iterator[str]:
    """The verdict of the cross-footing checks, and each place where one fails."""
    total, failed = len({check.id for check in report.checks}), report.faults
    if not failed:
        yield _("Kiểm tra chéo: %(total)s/%(total)s phép kiểm tra đều khớp.") % {"total": total}
        return
    by_check: dict[str, list[CheckResult]] = {}
    for check in failed:
        by_check.setdefault(check.id, []).append(check)
    yield _("Kiểm tra chéo: %(good)s/%(total)s phép kiểm tra khớp.") % {"good": total - len(by_check), "total": total}
    for name, places in by_check.items():
        where = ", ".join(check.where for check in places[:SHOWN_FAULTS])
        if len(places) > SHOWN_FAULTS:
            where = _("%(where)s và %(more)s ô khác") % {"where": where, "more": len(places) - SHOWN_FAULTS}
        yield f"[{name}] {places[0].message} ({where})"


def _basis_text(report: Report) -> str:
    if report.subject.kind == "establishment":
        return _("Vụ xảy ra tại cơ sở")
    how = _("theo nơi xảy ra") if report.basis == "place" else _("theo nơi đặt trụ sở chính")
    if report.subject.boundary_choice == "event":
        return f"{how}, " + _("địa giới tại ngày xảy ra")
    day = format_date(report.subject.boundary) if report.subject.boundary else ""
    return f"{how}, " + _("địa giới ngày %(day)s") % {"day": day}


def _period_line(report: Report) -> str:
    return _("Kỳ báo cáo: %(period)s") % {"period": report.period.label_vi}


def _footer(report: Report) -> str:
    return _("%(form)s, bản từ %(valid_from)s · số liệu lúc %(moment)s · bộ pháp luật %(law)s") % {
        "form": report.form.code,
        "valid_from": format_date(report.form.valid_from),
        "moment": timezone.localtime(report.as_of).strftime("%H:%M %d/%m/%Y"),
        "law": report.law_version,
    }


def _header_text(value: str | Decimal | None) -> str:
    if value is None:
        return "…"
    return format_number(value) if isinstance(value, Decimal) else value


def _label(label: Label, language: str) -> str:
    return label.en or label.vi if language == "en" else label.vi
