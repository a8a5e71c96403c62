"""What pages show of a procedure, for officers and for everybody alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.procedures import figures, queries
from atvsld.casework.procedures.listing import said
from atvsld.casework.procedures.models import Application, ProcedurePublication
from atvsld.casework.procedures.rules import Procedure, Term, load_procedures
from atvsld.kit.certainty import Certainty
from atvsld.kit.text import format_date, format_number
from atvsld.registers.bodies.functions import FUNCTIONS

COUNTING = gettext_lazy(
    "Ngày nhận không tính. Thời gian chờ người nộp bổ sung không tính; nhận đủ phần bổ sung thì đếm tiếp, không "
    "đếm lại từ đầu. Cách đếm khi bổ sung là cách hiểu của phần mềm, điều luật chỉ nói tính từ ngày nhận đủ hồ sơ."
)


@dataclass(frozen=True, slots=True)
class TermShown:
    """A time by law as shown: words, how sure, where it stands, and what is not known of it."""

    text: str
    status: Certainty
    citation: str
    note: str
    span: str


def term_shown(term: Term, start: date | None = None, end: date | None = None) -> TermShown:
    """With the days it holds, where given."""
    held = load_procedures()
    days = ""
    if start is not None:
        days = (
            _("%(start)s – %(end)s") % {"start": format_date(start), "end": format_date(end)}
            if end
            else _("từ %(start)s") % {"start": format_date(start)}
        )
    source = held.cited(term.citation)
    return TermShown(said(term.said()), term.status, f"{source}. {term.note}" if term.note else source, term.note, days)


@dataclass(frozen=True, slots=True)
class Line:
    """A procedure in a table: what holds today, who published it, what was measured."""

    procedure: Procedure
    label: str
    field: str
    decides: str | Promise
    term: TermShown | None
    publications: list[ProcedurePublication]
    measured: figures.Measured | None


def decider(one: Procedure) -> str | Promise:
    """The body that decides, by its function."""
    return FUNCTIONS[one.decides] if one.local else _("Bộ (ghi để biết)")


def lines(measured: dict[str, figures.Measured], today: date) -> list[Line]:
    """Every procedure that holds today or was measured, by field, in the order of the data."""
    standing: dict[str, list[ProcedurePublication]] = {}
    for publication in queries.publications(today):
        standing.setdefault(publication.procedure, []).append(publication)
    known = load_procedures()
    found = []
    fields = list(known.fields)
    for one in sorted(known, key=lambda item: fields.index(item.field)):
        version = one.at(today)
        if version is None and one.id not in measured:
            continue
        term = term_shown(version.term) if version else None
        published = standing.get(one.id, [])
        found.append(
            Line(one, said(one.label), said(known.fields[one.field]), decider(one), term, published,
                 measured.get(one.id))
        )  # fmt: skip
    return found


def about(one: Procedure, today: date) -> dict[str, Any]:
    """One procedure: facts, papers, steps, times by law with their days, publications."""
    known = load_procedures()
    version = one.at(today)
    filing = said(known.filing[one.filing])
    if one.filing_citation:
        filing = f"{filing} ({known.cited(one.filing_citation)})"
    return {
        "procedure": one,
        "term": term_shown(version.term) if version else None,
        "then": (version.then, said(version.then.label), term_shown(version.then.term))
        if version and version.then
        else None,
        "facts": [
            (_("Lĩnh vực"), said(known.fields[one.field])),
            (_("Cơ quan giải quyết"), decider(one)),
            (_("Ai nộp"), said(one.who) if one.who else _("Điều luật đã đọc không nêu riêng")),
            (_("Cách nộp"), filing),
            (_("Phí, lệ phí"), said(one.fee) if one.fee else _("Chưa đọc thấy quy định thu phí")),
        ],
        "versions": [term_shown(each.value.term, each.valid_from, each.valid_to) for each in one.versions],
        "publications": list(queries.publications(today, one.id)),
        "counting": COUNTING,
    }


def measured_facts(found: figures.Measured | None, unit: str) -> list[tuple[str, Any]]:
    """The measured times in words."""
    if found is None or not found.decided:
        return []
    days = _("ngày làm việc") if unit == "working" else _("ngày")
    return [
        (_("Hồ sơ đã giải quyết"), format_number(found.decided)),
        (_("Đúng hạn"), f"{found.in_time}/{found.judged}" if found.judged else _("Luật không ấn định thời hạn")),
        (_("Thời gian giải quyết ở giữa"), f"{format_number(found.median or 0, 1)} {days}"),
        (_("Thời gian chờ bổ sung ở giữa"), f"{format_number(found.waited or 0, 1)} {_('ngày')}"),
    ]


def year_of(asked: str, today: date) -> int:
    """The year asked for, this one when it is none."""
    return int(asked) if asked.isascii() and asked.isdigit() and 2000 <= int(asked) <= today.year else today.year


def progress(application: Application) -> list[dict[str, Any]]:
    """The steps taken, without anything that names a person."""
    return [{"label": step.get_kind_display(), "at": step.at} for step in application.steps.all()]
