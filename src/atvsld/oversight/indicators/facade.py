"""All that other rooms may ask of the targets.

`targets` gives the three side by side, each with baseline, path, actual, interval, verdict, reason and the address of
what its figures rest on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from atvsld.oversight.indicators import policy, service, splitting, summary, wording
from atvsld.oversight.indicators.figures import CONTRACT, COUNTED
from atvsld.oversight.indicators.policy import READ
from atvsld.oversight.indicators.service import FATAL_RATE
from atvsld.oversight.indicators.shown import shown
from atvsld.oversight.indicators.splitting import GROUPINGS, PLACE, SECTOR
from atvsld.oversight.indicators.summary import TargetLine, YearFigure
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Refused, Rejected
from atvsld.registers.places import tree
from atvsld.statistics.decomposition import Pair

__all__ = [
    "FATAL_RATE", "GROUPINGS", "PLACE", "READ", "SECTOR", "TargetLine", "VerdictTile", "YearFigure", "default_place",
    "group_label", "serious_by", "serious_url", "shown", "targets", "verdict_tile",
]  # fmt: skip


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

    Without `place` the actor's own area; `brief` for those who print one year only. Nothing for those who may not see
    targets, or where there is no area yet.
    """
    if not actor.may(policy.READ):
        return ()
    try:
        return summary.lines(actor, year, place=place or default_place(actor), at=at, brief=brief)
    except (Refused, Rejected):
        return ()


def serious_by(actor: Actor, by: str, first: int, last: int, *, at: datetime) -> Mapping[str, Pair] | None:
    """Deaths and severe injuries by `SECTOR` or `PLACE` over some years in the actor's area, with person-years.

    None for those who may not see targets, or where there is no area yet.
    """
    if not actor.may(policy.READ):
        return None
    try:
        return service.serious(actor, by, first, last, place=default_place(actor), at=at)
    except (Refused, Rejected):
        return None


def serious_url(by: str, group: str, first: int, last: int) -> str:
    """The people behind a count of `serious_by`."""
    query = {"year": last, "since": first, "harm": "serious", "conclusion": COUNTED, "group": CONTRACT,
             "by": by, "unit": group}  # fmt: skip
    return f"{reverse('indicators:records')}?{urlencode(query)}"


def group_label(by: str, group: str, *, at: datetime) -> str:
    """The name of a group of `serious_by`."""
    return splitting.label(by, group, day=clock.local_day(at))


def default_place(actor: Actor) -> str:
    """Code of the place the actor's office is bound to; empty for those who see the whole province."""
    scopes = actor.scopes(policy.READ)
    if any(scope.everything for scope in scopes):
        return ""
    bound = [scope.root for scope in scopes if scope.dimension == "place" and scope.root is not None]
    return tree.current().nodes[bound[0]].code if bound else ""
