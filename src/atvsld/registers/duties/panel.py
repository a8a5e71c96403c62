"""The duties of a record on that record's own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.formats_text import said
from atvsld.registers.duties import wording
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.owners import owner_name
from atvsld.registers.duties.policy import DUTIES, READ

# The template that draws the panel: `{% include TEMPLATE with part=duties_panel(...) %}`.
TEMPLATE = "duties/parts/panel.html"


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty as a page shows it: how long is left and the term, the article and why."""

    duty: Duty
    remaining: str
    tone: str
    due: str
    owner: str
    citation: str
    why: str


def line(duty: Duty, now: datetime) -> DutyLine:
    explanation = duty.answer.get("explanation") or {}
    return DutyLine(
        duty=duty,
        remaining=wording.remaining(duty, now),
        tone=wording.tone(duty, now),
        due=wording.due_text(duty),
        owner=owner_name(duty.owner),
        citation=wording.citation(duty),
        why=said(explanation),
    )


def lines(duties: Iterable[Duty], now: datetime) -> list[DutyLine]:
    return [line(duty, now) for duty in duties]


def duties_panel(actor: Actor, context: str, subject: str, *, now: datetime) -> dict[str, Any]:
    """What `TEMPLATE` reads as `part`: the duties about a record that this person may see, open ones apart."""
    found = Duty.objects.filter(context=context, subject=subject).select_related("from_place", "from_body", "body")
    shown = list(DUTIES.restrict(found, actor, READ).order_by("due_at", "pk"))
    return {
        "open": lines((duty for duty in shown if duty.state == Duty.State.OPEN), now),
        "closed": lines((duty for duty in shown if duty.state != Duty.State.OPEN), now),
    }
