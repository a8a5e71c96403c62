"""All that other rooms may ask of the yearly reports on the plan."""

from __future__ import annotations

from atvsld.oversight.obligations.facade import Standing
from atvsld.oversight.yearly.actions import (
    Redrafted,
    Request,
    Signed,
    accept,
    add,
    drop,
    insert_figure,
    issue,
    move,
    open_on_request,
    open_report,
    redraft,
    remark,
    rest_on,
    restore,
    return_report,
    send,
    take_figures,
    write,
)
from atvsld.oversight.yearly.actions.entering import Entry, enter_reports
from atvsld.oversight.yearly.filings import expected, missing
from atvsld.oversight.yearly.judging import Judged, judged
from atvsld.oversight.yearly.models import ReportSentence, YearReport
from atvsld.oversight.yearly.plans import USUAL
from atvsld.oversight.yearly.policy import CHANGE, OVERSEE, READ
from atvsld.oversight.yearly.queries import own, to_decide, visible

__all__ = [
    "CHANGE",
    "OVERSEE",
    "READ",
    "USUAL",
    "Entry",
    "Judged",
    "Redrafted",
    "ReportSentence",
    "Request",
    "Signed",
    "Standing",
    "YearReport",
    "accept",
    "add",
    "drop",
    "enter_reports",
    "expected",
    "insert_figure",
    "issue",
    "judged",
    "missing",
    "move",
    "open_on_request",
    "open_report",
    "own",
    "redraft",
    "remark",
    "rest_on",
    "restore",
    "return_report",
    "send",
    "state_of",
    "take_figures",
    "to_decide",
    "visible",
    "write",
]  # fmt: skip


def state_of(programme: str, year: int, *, body: int) -> YearReport | None:
    """The yearly report of a body (primary key), in whatever state; None when it was not begun."""
    return YearReport.objects.filter(programme=programme, year=year, kind=YearReport.Kind.BODY, body_id=body).first()
