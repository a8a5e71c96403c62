"""An independent reckoning of who must be told what at a tick, from the duties as they stand and the house's ladder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from tests.rehearsal.world import World

from atvsld.casework.accidents.procedure.models import Extension
from atvsld.platform.outbox.models import Message
from atvsld.registers.duties import facade as duties
from atvsld.registers.duties.actions.owing import rungs

OFFICERS = frozenset({
    "labour_department", "labour_department_inspectorate", "provincial_team", "investigation_team", "team_founder",
    "police",
})  # fmt: skip


@dataclass
class Watch:
    """Compares, tick by tick, the notices that appeared with those that had to; keeps what differs."""

    world: World
    last: datetime | None = None
    newest: int = 0
    told: Counter[str] = field(default_factory=Counter)
    missing: set[str] = field(default_factory=set)
    surplus: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        land = self.world.land
        self.user = {name: pk for pk, name in self.world.users.items()}
        self.commune = {land.river.pk: "river", land.hill.pk: "hill"}
        self.firm = {land.mill.pk: "mill", land.quarry.pk: "quarry"}

    def expected(self, at: datetime) -> set[str]:
        """Keys of the notices that a tick at a moment owes: one for each rung just reached and each person."""
        found = set()
        longer = dict(Extension.objects.values_list("clock__key", "at"))
        for duty in duties.Duty.objects.filter(state="open"):
            since = max(self.last or duty.owed_at, longer.get(duty.key, duty.owed_at))
            opens = self.last is None or duty.owed_at > self.last
            for rung in rungs(duty):
                first = rung.step.id == "opened"
                if rung.at > at or (first and not (opens or rung.at > since)):
                    continue
                if (
                    not first
                    and rung.at <= since
                    and not (opens and duty.key not in longer and rung.at >= duty.owed_at)
                ):
                    continue
                if first and duty.key in longer and longer[duty.key] > duty.owed_at and not opens:
                    continue
                due = f"{duty.due_at:%Y%m%d%H%M}" if duty.due_at else "-"
                found |= {
                    f"duties:{duty.public_id}:{due}:{rung.step.id}:{pk}" for pk in self.people(duty, rung.step.to)
                }
        return found

    def people(self, duty: duties.Duty, to: str) -> list[int]:
        """Whose work it is, by the simple rule of this province."""
        if duty.owner in OFFICERS:
            name = "officer" if to == "owner" else "leader"
        elif duty.owner == "commune_committee":
            name = self.commune[duty.place_id] if to == "owner" else "officer"
        elif to == "owner":
            firm = duty.debtor_id or duty.establishment_id
            name = self.firm[firm] if firm else ""
        else:
            name = "officer"
        return [self.user[name]] if name else []

    def compare(self, at: datetime, expected: set[str]) -> None:
        """What the tick told, against what it had to."""
        new = Message.objects.filter(pk__gt=self.newest).order_by("pk").values_list("pk", "key")
        told = [key for _pk, key in new if key.startswith("duties:")]
        self.newest = max((pk for pk, _key in new), default=self.newest)
        self.told.update(told)
        self.missing |= expected - set(told)
        self.surplus |= set(told) - expected
        self.last = at
