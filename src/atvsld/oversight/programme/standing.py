"""How the tasks of a plan's year stand: state, lateness and proof of each, read once for a whole board."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.workplans import facade as workplans
from atvsld.oversight.workplans.facade import Task
from atvsld.platform.access.actor import Actor


class Look(StrEnum):
    """How one task looks on the board, the one that asks for most attention first."""

    OVERDUE = "overdue"
    UNPROVEN = "unproven"
    DOING = "doing"
    PLANNED = "planned"
    DONE = "done"
    STOPPED = "stopped"


# Colour, sign and word: none of them alone.
LOOKS: Mapping[Look, tuple[str, str, str | Promise]] = {
    Look.OVERDUE: ("danger", "!", _("Quá hạn")),
    Look.UNPROVEN: ("warning", "?", _("Chưa chứng minh")),
    Look.DOING: ("info", "▶", _("Đang làm")),
    Look.PLANNED: ("secondary", "○", _("Chưa bắt đầu")),
    Look.DONE: ("success", "✓", _("Đã xong")),
    Look.STOPPED: ("outline", "×", _("Dừng")),
}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task. `proofs`: how many proofs stand; counted only where something is claimed."""

    pk: int
    public_id: str
    title: str
    clause: str
    body: int | None
    establishment: int | None
    owner: str
    state: str
    percent: int
    starts_on: date
    ends_on: date
    proofs: int
    today: date

    @property
    def claims(self) -> bool:
        return self.state in (Task.State.DOING, Task.State.DONE)

    @property
    def overdue(self) -> bool:
        return self.state in Task.OPEN and self.ends_on < self.today

    @property
    def unproven(self) -> bool:
        return self.claims and not self.proofs

    @property
    def look(self) -> Look:
        if self.overdue:
            return Look.OVERDUE
        return Look.UNPROVEN if self.unproven else Look(self.state)


_COLUMNS = (
    *("pk", "public_id", "title", "clause", "body_id", "establishment_id", "body__name", "establishment__name"),
    *("state", "percent", "starts_on", "ends_on"),
)


def tasks_of(actor: Actor, programme: str, year: int, *, today: date, **narrowed: object) -> list[TaskLine]:
    """The tasks of a year's plans the actor may see, by clause and last day; `narrowed` are further conditions."""
    rows = workplans.visible_tasks(actor).filter(plan__programme=programme, plan__year=year, **narrowed)
    found = list(rows.order_by("clause", "ends_on", "pk").values_list(*_COLUMNS))
    claimed = [row[0] for row in found if row[8] in (Task.State.DOING, Task.State.DONE)]
    proven = workplans.standing(claimed)
    return [
        TaskLine(
            pk, public_id, title, clause, body, establishment, body_name or firm_name or "", state, percent, starts_on,
            ends_on, len(proven.get(pk, ())), today,
        )
        for pk, public_id, title, clause, body, establishment, body_name, firm_name, state, percent, starts_on, ends_on
        in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """How the tasks of a clause or body stand together."""

    tasks: int
    claims: int
    proven: int
    looks: Mapping[Look, int]

    @property
    def share(self) -> float | None:
        """Share of what is claimed that is proven, 0–1; None when nothing is claimed."""
        return self.proven / self.claims if self.claims else None


def tally(lines: Iterable[TaskLine]) -> Tally:
    """Counts over some tasks."""
    held = list(lines)
    claims = [one for one in held if one.claims]
    looks = Counter(one.look for one in held)
    proven = sum(not one.unproven for one in claims)
    return Tally(len(held), len(claims), proven, {look: looks[look] for look in Look if looks[look]})


def by_clause(lines: Iterable[TaskLine]) -> dict[str, list[TaskLine]]:
    """Tasks by the id of their clause; work beside the programme under an empty id."""
    found: dict[str, list[TaskLine]] = defaultdict(list)
    for one in lines:
        found[one.clause].append(one)
    return dict(found)
