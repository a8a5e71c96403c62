"""A consolidated report as a document: the layout of the form, with what stands behind it and what it does not say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atvsld.documents import model
from atvsld.kit.certainty import Certainty
from atvsld.kit.text import format_date, format_number
from atvsld.oversight.consolidation.result import Consolidated
from atvsld.oversight.reporting import paper
from atvsld.oversight.reporting.result import Coverage, Report

_NO_COVERAGE = Coverage(0, 0, 0, 0, {}, {})


def document(report: Consolidated, *, href: paper.Href | None = None) -> model.Document:
    """The report on paper. The form's own part is that of every report; what follows tells of the submissions."""
    plain = as_report(report)
    made = paper.document(plain, href=href)
    signed = tuple(takewhile(lambda block: not isinstance(block, model.SignatureHere), made.blocks))
    closing = report.face.closing if report.face else ()
    return replace(
        made,
        blocks=(*_notices(report), *signed, model.SignatureHere(), *_behind(report, plain), *closing),
        metadata={**made.metadata, "consolidated_from": report.scheme.source.code, "basis": report.basis},
    )


def as_report(report: Consolidated) -> Report:
    """The figures in the dress of a report of the registers, for what prints and checks both alike."""
    return Report(
        form=report.form, period=report.period, subject=report.subject, basis=report.basis, as_of=report.as_of,
        law_version=report.law_version, header=report.header, tables=report.tables, coverage=_NO_COVERAGE,
        checks=report.checks, synthetic=report.synthetic, face=report.face,
    )  # fmt: skip


def _notices(report: Consolidated) -> Iterator[model.Block]:
    rule = report.scheme.rule
    text = _("Tổng hợp từ báo cáo đã nộp của các đơn vị (biểu %(form)s), không phải từ sổ hồ sơ tai nạn.") % {
        "form": rule.source
    }
    yield model.Notice("info", text)
    if rule.status is not Certainty.OFFICIAL:
        how = _("Cách tổng hợp")
        yield model.Notice("provisional", f"{how}: {rule.status.label_vi}. {rule.note}")


def _behind(report: Consolidated, plain: Report) -> Iterator[model.Block]:
    yield model.Heading(_("Phạm vi và độ đầy đủ của số liệu"))
    yield model.KeyValues(tuple(coverage_lines(report)), columns=2)
    if report.blanks:
        text = _("%(cells)s ô có đơn vị để trống: số đã ghi là tổng của các đơn vị có khai.")
        yield model.Paragraph(text % {"cells": format_number(len(report.blanks))})
    if report.doubtful:
        text = _(
            "Tối đa %(count)s vụ có thể được hai đơn vị cùng báo cáo (nơi xảy ra và nơi quản lý người bị nạn); "
            "người bị nạn không bị tính hai lần."
        )
        yield model.Paragraph(text % {"count": format_number(report.doubtful)})
    yield from (model.Paragraph(line) for line in paper.check_lines(plain))


def coverage_lines(report: Consolidated) -> Iterator[tuple[str, str]]:
    """What the sums rest on, said in words: never a table without its coverage."""
    covered = report.coverage
    yield _("Cơ sở tính"), basis_text(report)
    yield _("Đơn vị phải báo cáo"), _number_or_unknown(covered.obliged)
    yield _("Đã nộp"), format_number(covered.reported)
    yield _("Được cộng vào biểu"), format_number(covered.counted)
    yield _("Báo không phát sinh"), format_number(covered.nil)
    yield _("Chưa nộp (không phải là không phát sinh)"), _number_or_unknown(covered.silent)
    yield _("Nộp muộn"), format_number(covered.late)
    if covered.returned:
        yield _("Đang trả lại để sửa, tạm chưa cộng"), format_number(covered.returned)
    if covered.left_out:
        yield _("Đã nằm trong số liệu của báo cáo khác, không cộng lại"), format_number(covered.left_out)
    if covered.unclear:
        yield _("Chưa nộp, danh bạ chưa đủ để biết có phải báo cáo không"), format_number(covered.unclear)
    if covered.extra:
        yield _("Nộp dù không thuộc diện phải báo cáo"), format_number(covered.extra)
    for apart, value in report.apart:
        label = apart.label.en if get_language() == "en" and apart.label.en else apart.label.vi
        yield label, format_number(value)


def _number_or_unknown(value: int | None) -> str:
    return _("chưa rõ") if value is None else format_number(value)


def basis_text(report: Consolidated) -> str:
    """By which place reporters belong to the subject, and by which boundaries."""
    how = _("theo nơi hoạt động của đơn vị") if report.basis == "place" else _("theo nơi đặt trụ sở chính")
    day = format_date(report.subject.boundary) if report.subject.boundary else ""
    return f"{how}, " + _("địa giới ngày %(day)s") % {"day": day}
