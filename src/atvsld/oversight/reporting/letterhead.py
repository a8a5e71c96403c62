"""Whose paper a report is written on, and who receives it."""

from __future__ import annotations

from atvsld.documents import model
from atvsld.law import load_book
from atvsld.oversight.reporting.result import Report
from atvsld.oversight.reporting.subject import answering_body
from atvsld.platform.acts import clock
from atvsld.registers.places import tree


def letterhead_of(report: Report) -> model.Letterhead:
    """The reporting employer's own heading, or that of the body answering for the place on the last day."""
    day = clock.local_day(report.as_of)
    if report.subject.establishment is not None:
        place = report.subject.establishment.headquarters_place.name
        return model.Letterhead(None, report.subject.name.upper(), None, place, day)
    body = answering_body(report.subject, report.period)
    if body is None:
        return model.Letterhead(None, report.subject.name.upper(), None, report.subject.name, day)
    return model.Letterhead(body.parent_line or None, body.name.upper(), None, _place_name(report), day)


def recipients_of(report: Report) -> tuple[str, ...]:
    """Recipients of the form under the names they bear on the last day of the period."""
    book = load_book()
    return tuple(book.name_of(key, on=report.period.end) for key in report.form.recipients)


def _place_name(report: Report) -> str:
    """The place printed before the date: the name of the province-level unit without its kind."""
    graph = tree.current()
    pk = report.subject.place_pk
    if pk is None:
        return report.subject.name
    day = min(report.period.end, graph.nodes[pk].valid_to or report.period.end)
    top = (graph.nodes[pk], *graph.ancestors(pk, day))[-1]
    return top.name.removeprefix("Thành phố ").removeprefix("Tỉnh ")
