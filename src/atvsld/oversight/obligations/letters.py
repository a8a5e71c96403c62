"""Reminder letters as documents: one to each silent reporter, or one proposal with the list of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from atvsld.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    Letterhead,
    Paragraph,
    Recipients,
    Row,
    Signature,
    Table,
)
from atvsld.kit.text import format_date
from atvsld.law.reporting_duties import Term
from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.obligations.house import Step, house
from atvsld.oversight.obligations.models import ReminderBatch, ReminderLetter

_HOUSE_NOTE = "Trình tự và thời hạn đôn đốc là quy ước nội bộ của cơ quan, không phải quy định của pháp luật."
# Names a text may use, as the form explains them.
NAMES = ("citation", "reporter", "report", "period", "due_before", "today", "days_late", "grace_days", "earlier")


def cited(term: Term) -> str:
    """The article with the instrument's own number, as a reader knows it."""
    citation = term.rule.citation
    known = load_reporting_calendar().book.instruments.get(citation.instrument)
    if known is None:
        return str(citation)
    named = known.number if known.number.lower().startswith(known.kind.lower()) else f"{known.kind} {known.number}"
    return f"{citation.locator} {named[:1].upper()}{named[1:]}".strip()


def report_name(term: Term) -> str:
    """What the report is called in a letter: the name of its form where there is one, else that of the duty."""
    book = load_reporting_calendar().book
    for form in book.forms:
        if form.code == term.rule.form and form.holds_on(term.period.end):
            return form.short_title.vi
    return term.rule.label.vi


def values(term: Term, step: Step, *, today: date, reporter: str = "", earlier: str = "") -> dict[str, str]:
    """What the names of a letter's text stand for."""
    last = term.last_ok
    return {
        "citation": cited(term),
        "reporter": reporter or "đơn vị",
        "report": report_name(term),
        "period": term.period.label_vi,
        "due_before": format_date(term.due_before) if term.due_before else "…",
        "today": format_date(today),
        "days_late": str((today - last).days) if last else "…",
        "grace_days": str(step.grace_days),
        "earlier": earlier or "trước đây",
    }


def filled(text: str, given: Mapping[str, str]) -> str:
    """The text with its names filled in; a brace that is no name stays as written."""
    for name, value in given.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def letter(batch: ReminderBatch, one: ReminderLetter, term: Term) -> Document:
    """One letter, addressed to its reporter."""
    step = house().step(batch.step)
    given = values(
        term, step, today=batch.issued_on, reporter=one.facts.get("name", ""), earlier=one.facts.get("earlier", "")
    )
    blocks: list[Block] = [Paragraph(line) for line in filled(batch.body_text, given).splitlines() if line.strip()]
    blocks.append(Paragraph(_HOUSE_NOTE, "small"))
    to = [one.facts.get("name", ""), one.facts.get("address", "")]
    return Document(
        "",
        "",
        tuple(blocks),
        letterhead=_letterhead(batch, one.number, step),
        addressed_to="\n".join(filter(None, to)),
        signature=_signature(batch),
        recipients=Recipients(("Như trên;", "Lưu: VT.")),
        metadata={"report": batch.report, "period": batch.period, "batch": batch.public_id},
    )


def proposal(batch: ReminderBatch, letters: Sequence[ReminderLetter], term: Term) -> Document:
    """One paper to the leadership with everybody who stayed silent."""
    step = house().step(batch.step)
    given = values(term, step, today=batch.issued_on)
    blocks: list[Block] = [Paragraph(line) for line in filled(batch.body_text, given).splitlines() if line.strip()]
    columns = (
        Column("TT", kind="code", width=10),
        Column("Đơn vị", width=58),
        Column("Mã số", kind="code", width=26),
        Column("Địa bàn", width=34),
        Column("Đã đôn đốc", width=32),
    )
    rows = tuple(
        Row(
            str(at),
            tuple(
                Cell(value)
                for value in (
                    str(at), one.facts.get("name"), one.facts.get("code"), one.facts.get("place"),
                    one.facts.get("earlier"),
                )
            ),
        )
        for at, one in enumerate(letters, start=1)
    )  # fmt: skip
    blocks.append(Table("don-vi", f"Danh sách {len(rows)} đơn vị chưa nộp báo cáo", columns, rows))
    blocks.append(Paragraph(_HOUSE_NOTE, "small"))
    return Document(
        "Tờ trình",
        step.about,
        tuple(blocks),
        letterhead=_letterhead(batch, letters[0].number if letters else None, step, titled=True),
        signature=_signature(batch),
        recipients=Recipients(("Lãnh đạo cơ quan;", "Lưu: VT.")),
        metadata={"report": batch.report, "period": batch.period, "batch": batch.public_id},
    )


def documents(batch: ReminderBatch, letters: Sequence[ReminderLetter], term: Term) -> list[Document]:
    """Everything of a round, in the order of the numbers."""
    if house().step(batch.step).kind == "proposal":
        return [proposal(batch, letters, term)]
    return [letter(batch, one, term) for one in letters]


def _letterhead(batch: ReminderBatch, number: int | None, step: Step, *, titled: bool = False) -> Letterhead:
    shown = f"{number:02d}" if number else "……"
    head = f"{shown}/{batch.symbol}" if batch.symbol else shown
    return Letterhead(
        batch.issuer_parent.upper() or None,
        batch.issuer_name.upper(),
        head if titled else f"{head}\nV/v {step.about}",
        batch.place_name,
        batch.issued_on,
    )


def _signature(batch: ReminderBatch) -> Signature | None:
    if not (batch.signer_title or batch.signer_name):
        return None
    return Signature(batch.signer_title.upper(), batch.signer_name or None)


def facts_of(row: Mapping[str, Any]) -> dict[str, str]:
    """What a letter keeps of its reporter, as printed."""
    return {name: str(row.get(name) or "") for name in ("name", "address", "code", "place", "earlier")}
