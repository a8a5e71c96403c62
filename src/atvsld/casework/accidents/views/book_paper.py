"""A statistical book as a paper: the same lines for page, Word, PDF and Excel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atvsld.casework.accidents.views.books import Book, Line, load_books
from atvsld.documents import model
from atvsld.kit.certainty import Certainty
from atvsld.kit.periods import Period
from atvsld.law import load_book

HEADINGS: tuple[tuple[str, model.ColumnKind, float], ...] = (
    ("STT", "number", 9), ("Ngày, giờ xảy ra", "text", 22), ("Họ và tên", "text", 30), ("Năm sinh", "code", 12),
    ("Giới tính", "text", 11), ("Nghề nghiệp", "text", 26), ("Nơi xảy ra", "text", 24),
    ("Loại lao động", "text", 22), ("Yếu tố chính gây chấn thương", "text", 30), ("Nguyên nhân", "text", 30),
    ("Tình trạng thương tích", "text", 15), ("Số ngày nghỉ", "number", 12), ("Chi phí (đồng)", "number", 20),
    ("Thiệt hại tài sản (đồng)", "number", 20),
)  # fmt: skip


def document(book: Book, lines: Sequence[Line], period: Period, *, subject: str, masked: bool) -> model.Document:
    """The book of a subject (an establishment, a unit) for a period, with what is unsure said on its face."""
    held = load_books()
    language: model.Language = "en" if get_language() == "en" else "vi"
    title = book.title.en or book.title.vi if language == "en" else book.title.vi
    instrument = load_book().instruments[book.citation.instrument]
    notices = []
    if held.status is not Certainty.OFFICIAL:
        notices.append(model.Notice("provisional", f"{held.status.label_vi}. {held.note}"))
    if masked:
        notices.append(model.Notice("info", _("Họ tên được viết tắt, năm sinh được che.")))
    return model.Document(
        title=title,
        subtitle=f"{subject} – {period.label_vi}",
        form_label=f"{book.citation.locator} {instrument.kind.capitalize()} {instrument.number}",
        blocks=(*notices, _table(lines)),
        signature=model.Signature(book.keeper.vi, None, "(Ký, ghi rõ họ tên)"),
        language=language,
        landscape=True,
        metadata={"book": book.id, "period": period.code, "masked": masked},
    )


def _table(lines: Sequence[Line]) -> model.Table:
    columns = tuple(
        model.Column(label, number=str(place), kind=kind, width=width)
        for place, (label, kind, width) in enumerate(HEADINGS, start=1)
    )
    rows = [model.Row(f"{line.case.public_id}-{line.number}", _cells(line)) for line in lines]
    return model.Table("so", "", columns, tuple(rows) or (_nobody(),), landscape=True, number_row=True)


def _nobody() -> model.Row:
    return model.Row("none", (model.Cell(_("Không có người bị nạn nào trong kỳ.")),), kind="heading")


def _cells(line: Line) -> tuple[model.Cell, ...]:
    local = timezone.localtime(line.occurred_at)
    values: tuple[Any, ...] = (
        line.number, f"{local:%d/%m/%Y %H:%M}", line.name,
        str(line.birth_year) if line.birth_year else None, line.sex, line.occupation, line.place, line.relation,
        line.agent, line.cause, line.severity, line.days_lost, line.cost, line.damage,
    )  # fmt: skip
    # What is not known stays blank; it never prints as zero.
    return tuple(model.Cell(None, text="") if value in (None, "") else model.Cell(value) for value in values)
