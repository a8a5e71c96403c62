"""Files of the procedure in the small test province."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.casework.accidents import scene

from atvsld.casework.accidents.drafts import VictimDraft
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure import facade
from atvsld.casework.accidents.procedure.facade import Instants
from atvsld.platform.acts import Act

# Monday, 2 March 2026, 10:00 in Viet Nam.
NEWS = scene.NOW


class Walk:
    """A case and its file, walked step by step; each step happens at its own moment."""

    def __init__(self, land: scene.Land, *victims: VictimDraft, abroad: bool = False, traffic: bool = False, **changes):
        self.land = land
        self.clock = NEWS
        self.case: AccidentCase = scene.opened(land, *victims, **changes)
        self.open(abroad=abroad, traffic=traffic)

    def act(self, *, role: str = "province_officer", reason: str = "", by: Act | None = None) -> Act:
        base = by or scene.act(role=role)
        return Act(actor=base.actor, channel=base.channel, at=self.clock, reason=reason)

    def open(self, **kind):
        told = Instants(employer_aware_at=NEWS, commune_received_at=NEWS, department_received_at=NEWS)
        facade.open_file(self.act(), case=self.case, instants=told, **kind)

    def step(self, name: str, *, wait: float = 0, by: Act | None = None, **facts):
        self.clock += timedelta(days=wait)
        facts.setdefault("reason", "lý do thử")
        return facade.advance(self.act(by=by), case=self.case, step=name, at=self.clock, **facts)

    def steps(self, *names: str):
        for name in names:
            self.step(name)

    @property
    def file(self):
        return facade.file_of(self.case)

    def clocks(self) -> dict[str, str]:
        """The last clock of each rule, by state."""
        return {clock.rule: clock.state for clock in self.file.clocks.order_by("pk")}

    def all_clocks(self) -> list[tuple[str, str]]:
        return [(clock.rule, clock.state) for clock in self.file.clocks.order_by("pk")]

    def possible(self, by: Act | None = None) -> dict[str, facade.StepView]:
        return {view.id: view for view in facade.steps((by or self.act()).actor, self.file, at=self.clock)}


def minor(**changes) -> VictimDraft:
    return scene.victim_draft(**changes)


def severe(relation: str = "contract", codes: tuple[str, ...] = ("015",)) -> VictimDraft:
    return scene.victim_draft(severity="severe", injury_codes=codes, labour_relation=relation)


def dead(relation: str = "contract") -> VictimDraft:
    return scene.victim_draft(severity="fatal", labour_relation=relation)


INVESTIGATED = ("set_up_team", "begin", "draft_minutes", "call_meeting", "publish")


def at(day: int, month: int = 3, hour: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)
