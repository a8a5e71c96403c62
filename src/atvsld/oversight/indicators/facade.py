"""All that other rooms may ask of the targets.

`targets` gives the three side by side, each with baseline, path, actual, interval, verdict, reason and the address of
what its figures rest on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from atvsld.oversight.indicators import policy, service, summary, wording
from atvsld.oversight.indicators.policy import READ
from atvsld.oversight.indicators.summary import TargetLine, YearFigure
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts.errors import Refused, Rejected
from atvsld.registers.places import tree

__all__ = ["READ", "TargetLine", "VerdictTile", "YearFigure", "default_place", "targets", "verdict_tile"]


@dataclass(frozen=True, slots=True)
class VerdictTile:
    """The newest verdict on the fatal accident rate, for a home page."""

    target: str
    title: str
    verdict: str  # met, not_met, cannot_tell
    label: str
    tone: str
    sentence: str
    year: int | None
    url: str


def verdict_tile(actor: Actor, at: datetime) -> VerdictTile | None:
    """The tile of target II.1 for the actor's own area; None for those who may not see it or have no area yet."""
    if not actor.may(policy.READ):
        return None
    try:
        report = service.fatal_rate(actor, place=default_place(actor), at=at)
    except (Refused, Rejected):
        return None
    return VerdictTile(
        target=report.target.id,
        title=wording.title(report),
        verdict=report.verdict.value,
        label=wording.verdict(report.verdict),
        tone=wording.TONES[report.verdict],
        sentence=wording.headline(report),
        year=report.latest.year if report.latest else None,
        url=reverse("indicators:fatal_rate"),
    )


def targets(
    actor: Actor, year: int | None, at: datetime, *, place: str = "", brief: bool = False
) -> tuple[TargetLine, ...]:
    """The three targets as they stood at a moment, spoken of for `year` (none: the newest whole year).

    Without `place` the actor's own area; `brief` for those who print one year only. Nothing for those who may not see targets, or where there is no area yet.
    """
    if not actor.may(policy.READ):
        return ()
    try:
        return summary.lines(actor, year, place=place or default_place(actor), at=at, brief=brief)
    except (Refused, Rejected):
        return ()


def default_place(actor: Actor) -> str:
    """Code of the place the actor's office is bound to; empty for those who see the whole province."""
    scopes = actor.scopes(policy.READ)
    if any(scope.everything for scope in scopes):
        return ""
    bound = [scope.root for scope in scopes if scope.dimension == "place" and scope.root is not None]
    return tree.current().nodes[bound[0]].code if bound else ""
