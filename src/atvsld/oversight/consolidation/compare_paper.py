"""Submissions beside registers as a document: the same lines as on the page, all that differ."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atvsld.documents import model
from atvsld.oversight.consolidation import paper
from atvsld.oversight.consolidation.compare import Pair, SideBySide
from atvsld.oversight.reporting.printed import label_in


def document(both: SideBySide) -> model.Document:
    """The comparison on paper: coverage first, then every cell that differs, what matters most first."""
    language: model.Language = "en" if get_language() == "en" else "vi"
    report = both.submissions
    made = paper.document(report)
    blocks: list[model.Block] = []
    if report.synthetic:
        blocks.append(model.Notice("warning", _("DỮ LIỆU MẪU, TỔNG HỢP BẰNG MÁY: không phải số liệu thật.")))
    blocks += [
        model.Paragraph(f"{report.subject.name}. {label_in(report.form.title, language)} ({report.form.code})."),
        model.KeyValues(tuple(paper.coverage_lines(report)), columns=2),
        _table(both),
    ]
    if not both.differing:
        blocks.append(model.Paragraph(_("Báo cáo đã nộp và sổ khớp nhau ở mọi ô")))
    return model.Document(
        title=_("Đối chiếu báo cáo đã nộp với sổ"),
        subtitle=made.subtitle,
        blocks=tuple(blocks),
        language=language,
        landscape=True,
        footer=made.footer,
        metadata=made.metadata,
    )


def _table(both: SideBySide) -> model.Table:
    return model.Table(
        id="differences",
        title=_("Báo cáo và sổ, từng ô"),
        columns=(
            model.Column(_("Bảng, cột"), kind="code", width=18.0),
            model.Column(_("Chỉ tiêu"), width=80.0),
            model.Column(_("Cột"), width=60.0),
            model.Column(_("Từ báo cáo"), kind="number"),
            model.Column(_("Từ sổ"), kind="number"),
            model.Column(_("Chênh lệch"), kind="number"),
            model.Column(_("Việc cần làm"), width=55.0),
        ),
        rows=tuple(_row(number, pair) for number, pair in enumerate(both.differing)),
    )


def _row(number: int, pair: Pair) -> model.Row:
    return model.Row(
        key=str(number),
        cells=(
            model.Cell(f"{pair.cell.table}/{pair.cell.column}"),
            model.Cell(pair.row_label),
            model.Cell(pair.column_label),
            model.Cell(pair.submitted),
            model.Cell(pair.held),
            model.Cell(pair.difference),
            model.Cell(pair.what_to_do),
        ),
    )
