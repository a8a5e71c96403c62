"""All that outer rings may ask of duties.

The writers (`owe`, `owe_many`, `discharge`, `cancel`, `extend`) are part of the act that calls them and idempotent by
`key`, which the caller makes: `accidents:<case>:INV_CHET:1`. `tick(at)` is what the periodic job calls; the clock is
its argument.
"""

from __future__ import annotations

from atvsld.registers.duties.actions import (
    Debt,
    cancel,
    discharge,
    extend,
    hand_on,
    owe,
    owe_many,
    reassign,
    restore,
    tick,
    withdraw,
)
from atvsld.registers.duties.contexts import name_context
from atvsld.registers.duties.glance import at_a_glance
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.panel import DutyLine, duties_panel, lines
from atvsld.registers.duties.wording import due_text, remaining, tone

__all__ = [
    "Debt",
    "Duty",
    "DutyLine",
    "at_a_glance",
    "cancel",
    "discharge",
    "due_text",
    "duties_panel",
    "extend",
    "hand_on",
    "lines",
    "name_context",
    "of_subject",
    "owe",
    "owe_many",
    "reassign",
    "remaining",
    "restore",
    "tick",
    "tone",
    "withdraw",
]


def of_subject(context: str, subject: str) -> list[Duty]:
    """Every duty about a record, those still open first, then by term. The caller answers for who may see them."""
    found = Duty.objects.filter(context=context, subject=subject).select_related("body", "place", "establishment")
    return sorted(found, key=lambda duty: (duty.state != Duty.State.OPEN, duty.due_at is None, duty.due_at, duty.pk))
