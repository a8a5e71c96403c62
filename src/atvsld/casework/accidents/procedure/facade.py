"""All that other rooms may ask of the procedure of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from atvsld.casework.accidents.procedure import guards, policy
from atvsld.casework.accidents.procedure.actions import advance, describe, open_file
from atvsld.casework.accidents.procedure.actions.stepping import against
from atvsld.casework.accidents.procedure.models import CaseFile, StageChange
from atvsld.casework.accidents.procedure.reading import Instants, file_of, picture
from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.outcome import Problem
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock

__all__ = [
    "Instants", "Publication", "StepView", "advance", "describe", "file_of", "guards", "open_file", "publications",
    "steps",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepView:
    """A step that may follow: where it stands in the law, whether this person may take it, what is still missing."""

    id: str
    label: str
    citation: Citation
    status: Certainty
    note: str
    allowed: bool
    refusal: str
    missing: tuple[Problem, ...]
    facts: tuple[str, ...]
    asks_reason: bool

    @property
    def ready(self) -> bool:
        return self.allowed and not self.missing


@dataclass(frozen=True, slots=True)
class Publication:
    """The minutes of one round: published when and at which level; `superseded_at` ends their legal force."""

    round: int
    level: str
    at: datetime
    superseded_at: datetime | None


def steps(actor: Actor, file: CaseFile, *, at: datetime | None = None) -> list[StepView]:
    """The steps that may follow the present stage, in the order of the law's data."""
    moment = at or clock.now()
    procedure, day = load_procedure(), clock.local_day(moment)
    _victims, _changes, facts = picture(file)
    found = []
    for step in procedure.possible(facts, on=day):
        provision = step.provision(day)
        decision = policy.decide(actor, file, step, policy.OVERRIDE if step.id == "override" else policy.ACT)
        found.append(
            StepView(
                step.id, step.label.vi, provision.citation, provision.status, provision.value.note, bool(decision),
                " ".join(decision.reasons), tuple(against(file, step, facts, moment)), step.facts, step.reason,
            )
        )  # fmt: skip
    return found


def publications(file: CaseFile) -> list[Publication]:
    """The minutes published so far, oldest first: a later one ends the force of the earlier (Điều 17 khoản 2)."""
    made = list(StageChange.objects.filter(file=file, step="publish").order_by("pk"))
    ends: list[datetime | None] = [*(later.at for later in made[1:]), None]
    return [Publication(change.round, change.level or "", change.at, ends[place]) for place, change in enumerate(made)]
