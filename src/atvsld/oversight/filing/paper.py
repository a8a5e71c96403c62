"""A report of a reporter on paper: the form as it is printed, then what the reader must know of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from atvsld.documents import model
from atvsld.documents.render import FORMATS, render
from atvsld.kit.text import format_number
from atvsld.law.forms.checks import CheckResult
from atvsld.oversight.filing import content as contents
from atvsld.oversight.filing import keys, registers
from atvsld.oversight.filing.content import Content
from atvsld.oversight.filing.models import Filing, Submission
from atvsld.oversight.filing.shape import Shape, shape_of
from atvsld.oversight.reporting.paper import Href
from atvsld.oversight.reporting.paper import document as form_document
from atvsld.oversight.reporting.result import ComputedRow, ComputedTable, Coverage, Report
from atvsld.oversight.reporting.subject import Basis
from atvsld.platform.ui.formats_text import moment

KINDS = ("pdf", "docx", "xlsx", "json", "html")
_NO_COVERAGE = Coverage(0, 0, 0, 0, {}, {})


def as_report(filing: Filing, content: Content, *, at: datetime) -> Report:
    """A content as a report, in the version of the form it was filled in."""
    shape = shape_of(content.form, date.fromisoformat(content.form_valid_from), content.period)
    subject = replace(registers.subject_of(filing, at=at), name=content.reporter["name"])
    return Report(
        form=shape.form,
        period=shape.period,
        subject=subject,
        basis=Basis.PLACE,
        as_of=at,
        law_version=content.law_version,
        header=_header(shape, content),
        tables=tuple(_table(shape, content, table.id) for table in shape.form.tables),
        coverage=_NO_COVERAGE,
        checks=tuple(_check(fault) for fault in content.faults),
        synthetic=content.synthetic,
    )


def document(
    filing: Filing, content: Content, *, at: datetime, submission: Submission | None = None, href: Href | None = None
) -> model.Document:
    """The printed form with its receipt; without a submission, marked as a draft. `href`: where a figure leads."""
    report = as_report(filing, content, at=at)
    made = form_document(report, words=content.words, href=href)
    signed = made.blocks[: made.blocks.index(model.SignatureHere()) + 1]
    head: list[model.Block] = []
    if submission is None:
        head.append(model.Notice("warning", _("BẢN NHÁP, CHƯA NỘP: số liệu còn có thể thay đổi.")))
    return replace(made, blocks=(*head, *signed, *_after(report, content, submission)))


def as_file(
    filing: Filing, content: Content, kind: str, *, at: datetime, submission: Submission | None = None
) -> tuple[bytes, str]:
    """The report in one of `KINDS` with its media type. JSON is what was handed in, to the letter."""
    if kind == "json":
        told = submission.content if submission else content.to_json()
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode(), "application/json"
    made = document(filing, content, at=at, submission=submission)
    return render(made, kind), FORMATS[kind].media_type


def submitted(submission: Submission) -> Content:
    """What a submission holds."""
    return contents.read(submission.content)


def _header(shape: Shape, content: Content) -> dict[str, str | Decimal | None]:
    found: dict[str, str | Decimal | None] = {}
    for line in shape.form.header:
        text = content.header.get(line.key)
        is_number = line.source.startswith("workforce.") and text is not None
        found[line.key] = Decimal(text) if is_number and text else text
    return found


def _table(shape: Shape, content: Content, table: str) -> ComputedTable:
    held = content.figures.get(table, {})
    rows = [row for row in shape.plan.rows[table] if row.show != "occurring" or row.key in held]
    return ComputedTable(shape.form.table(table), tuple(ComputedRow(row, dict(held.get(row.key, {}))) for row in rows))


def _check(told: object) -> CheckResult:
    assert isinstance(told, dict)
    left, right = told["left"], told["right"]
    return CheckResult(
        told["id"], ok=bool(told["ok"]), severity=told["severity"], message=told["message"], where=told["where"],
        left=None if left is None else Decimal(left), right=None if right is None else Decimal(right),
    )  # fmt: skip


def _after(report: Report, content: Content, submission: Submission | None) -> Iterator[model.Block]:
    """What follows the signed form: receipt, figures that depart from the registers, explanations, files."""
    if submission is not None:
        yield model.Heading(_("Biên nhận"))
        yield model.KeyValues(
            (
                (_("Mã biên nhận"), submission.receipt_grouped),
                (_("Lần nộp"), str(submission.number)),
                (_("Nộp lúc"), moment(submission.submitted_at)),
                (_("Người nộp"), submission.by_name),
                (_("Mã băm SHA-256 của nội dung"), submission.digest),
                (_("Lý do sửa"), submission.reason or "–"),
            )
        )
    if content.nil:
        yield model.Paragraph(_("Đơn vị báo cáo: trong kỳ không phát sinh."), "plain")
    if content.departures:
        yield _departures(report, content)
    if content.explanations:
        messages = {check.id: check.message for check in report.checks}
        yield model.Heading(_("Giải trình các phép kiểm tra chưa khớp"))
        for check, text in content.explanations.items():
            if check in messages:
                yield model.Paragraph(f"[{check}] {messages[check]} – {text}", "plain")
    if content.files:
        yield model.Heading(_("Tệp kèm theo"))
        for file in content.files:
            yield model.Paragraph(f"{file['name']} · SHA-256 {file['sha256']}", "small")


def _departures(report: Report, content: Content) -> model.Table:
    rows = []
    for key in content.departures:
        value, held = departure(content, key)
        label = key
        if not key.startswith("header:"):
            table, _slash, rest = key.partition("/")
            row = rest.rpartition("/")[0]
            label = next((one.row.label.vi for one in report.table(table).rows if one.row.key == row), key)
        rows.append(
            model.Row(
                key,
                (
                    model.Cell(key),
                    model.Cell(label),
                    model.Cell(value),
                    model.Cell(held),
                    model.Cell(content.reasons.get(key, "")),
                ),
            )
        )
    return model.Table(
        "departures",
        _("Số liệu khác sổ và lý do"),
        (
            model.Column(_("Ô"), kind="code", width=26),
            model.Column(_("Chỉ tiêu")),
            model.Column(_("Đơn vị báo cáo"), kind="number"),
            model.Column(_("Trong sổ"), kind="number"),
            model.Column(_("Lý do")),
        ),
        tuple(rows),
    )


def departure(content: Content, key: str) -> tuple[Decimal | None, Decimal | None]:
    """What a report says in a place and what the registers held; both None where the place is no longer known."""
    if key.startswith("header:"):
        name = key.removeprefix("header:")
        text = content.header.get(name)
        stated = content.registers.get(keys.HEADER, {}).get(name, {}).get(keys.HEADER_COLUMN)
        return (None if text is None else Decimal(text)), stated
    table, _slash, rest = key.partition("/")
    row, _slash, column = rest.rpartition("/")
    value = content.figures.get(table, {}).get(row, {}).get(column)
    held = content.registers.get(table, {}).get(row, {}).get(column)
    return value, held


def spoken(value: Decimal | None) -> str:
    """A figure for a sentence; a blank is a dash."""
    return "–" if value is None else format_number(value)
