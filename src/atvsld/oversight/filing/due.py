"""By which day a report is due, who receives it, and whether one came late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from atvsld.law.reporting_duties import Term
from atvsld.platform.acts import clock
from atvsld.registers.bodies import queries as bodies
from atvsld.registers.bodies.models import Body

# Recipients named by the law → the function of the body that is meant in the province.
_FUNCTIONS = {
    "labour_department": "osh_lead",
    "health_department": "health_lead",
    "district_committee": "district",
    "commune_committee": "commune",
    "provincial_committee": "ppc",
    "industry_trade_department": "industry_trade",
}


def due_before(term: Term) -> date | None:
    """The day before which the report must be in, whether the law says “before” or “by”; None where it names none."""
    return term.last_ok + timedelta(days=1) if term.last_ok else None


def is_late(before: date | None, at: datetime) -> bool:
    """Whether a report handed in at a moment came after its last good day in Viet Nam."""
    return before is not None and clock.local_day(at) >= before


def recipient(term: Term, place: int | None) -> Body | None:
    """The body that receives a report; None where the register names none, or several."""
    function = _FUNCTIONS.get(term.rule.recipient)
    if function is None or place is None:
        return None
    try:
        return bodies.holder(function, place, term.period.end)
    except bodies.HolderError:
        return None
