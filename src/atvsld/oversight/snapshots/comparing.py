"""An accepted report against the records of now: which figures differ, and which records made the difference."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from atvsld.law import load_book
from atvsld.oversight.reporting import compute, reading, service
from atvsld.oversight.reporting.statement import Slice
from atvsld.oversight.snapshots import content, differences, freezing
from atvsld.oversight.snapshots.content import Held
from atvsld.oversight.snapshots.differences import CellChange
from atvsld.oversight.snapshots.freezing import FactChange
from atvsld.oversight.snapshots.plain import to_data
from atvsld.platform.acts.errors import Rejected


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different now. `law`: the law book now says something else about the form (rows, rates, codes).

    `lost`: the subject can no longer be found, so nothing could be counted; the sentence says why.
    """

    cells: tuple[CellChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    law: bool = False
    lost: str = ""


def compare(one: Held, *, at: datetime) -> Comparison:
    """Count the report anew from the records as they are, by the form and the rates it was accepted with."""
    try:
        piece = slice_now(one, at=at)
    except Rejected as error:
        return Comparison(lost=str(error), law=law_moved(one))
    facts = freezing.changes(one.snapshot.pk, one.plan, piece, one.layouts)
    if not facts:
        return Comparison(law=law_moved(one))
    kept = content.report_of(one)
    live = content.fill(one, reading.read(one.plan, piece), dict(kept.header))
    return Comparison(tuple(differences.between(kept, live)), tuple(facts), law_moved(one))


def facts_now(one: Held, *, at: datetime, only: Collection[str] | None = None) -> list[FactChange]:
    """The facts that stand differently now, without counting the report."""
    return freezing.changes(one.snapshot.pk, one.plan, slice_now(one, at=at), one.layouts, only=only)


def slice_now(one: Held, *, at: datetime) -> Slice:
    """Which facts belong to the report's subject by the registers of now. `Rejected` when it cannot be found."""
    period = one.snapshot.parsed_period
    subject = service.read_subject(content.request_now(one), period, at=at)
    return compute.slice_of(period, subject, one.snapshot.basis)


def law_moved(one: Held) -> bool:
    """Whether the law book now gives the form other rows, rates or codes for that period."""
    try:
        form, period = service.read_form(one.snapshot.form, one.snapshot.period)
    except Rejected:
        return True
    plan = compute.plan_of(load_book(), form, period)
    return bool(to_data(plan) != to_data(one.plan))
