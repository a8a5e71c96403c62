"""The parts of a file as a page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from atvsld.casework.accidents.procedure.actions.effects import last_day_to_complain
from atvsld.casework.accidents.procedure.models import CaseFile, Clock, StageChange
from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.text import format_date
from atvsld.law import NotInForce, due, load_book
from atvsld.law.procedure import Level, Stage
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.acts import clock

DONE, NOW, AHEAD = "success", "primary", "outline"


@dataclass(frozen=True, slots=True)
class Mile:
    """One stage of the usual path with its tone: done, present or ahead."""

    stage: Stage
    tone: str


@dataclass(frozen=True, slots=True)
class Said:
    """One step of the history as people read it."""

    change: StageChange
    label: str
    stage: str
    citation: Citation
    provisional: bool


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A limit that no longer counts, or a window: since when, until when, why it ended."""

    label: str
    since: datetime
    last: str
    ended: str


def path_of(file: CaseFile, changes: Sequence[StageChange]) -> list[Mile]:
    """The usual path of the file's level with the present stage on it, side ways put in where they were taken."""
    procedure = load_procedure()
    level = Level(file.level) if file.level else Level.ESTABLISHMENT
    usual = list(procedure.paths[level]) if file.level else ["received"]
    if file.stage not in usual:
        here = [change.from_stage for change in changes if change.to_stage == file.stage]
        before = next((stage for stage in reversed(here) if stage in usual), None)
        usual.insert(usual.index(before) + 1 if before else len(usual), file.stage)
    at = usual.index(file.stage)
    tones = [DONE if place < at else NOW if place == at else AHEAD for place in range(len(usual))]
    if file.stage == "closed":
        tones[-1] = DONE
    return [Mile(procedure.stages[stage], tone) for stage, tone in zip(usual, tones, strict=True)]


def said(change: StageChange) -> Said:
    """A step of the history."""
    procedure = load_procedure()
    step, stage = procedure.steps.get(change.step), procedure.stages.get(change.to_stage)
    return Said(
        change,
        step.label.vi if step else change.step,
        stage.label.vi if stage and change.to_stage != change.from_stage else "",
        Citation(change.instrument, change.locator),
        change.certainty != Certainty.OFFICIAL,
    )


def clock_lines(file: CaseFile, now: datetime) -> list[ClockLine]:
    """The open window for complaints, and the limits that stopped counting."""
    book, found = load_book(), []
    for held in file.clocks.exclude(state=Clock.State.MET).order_by("pk"):
        label = book.deadline(held.rule).label.vi
        if held.window and held.state == Clock.State.RUNNING:
            last = last_day_to_complain(file)
            if last is not None:
                over = clock.local_day(now) > last
                ended = _("đã hết") if over else _("đang mở")
                found.append(ClockLine(label, held.since, format_date(last), ended))
        elif held.state == Clock.State.STOPPED and not held.window:
            found.append(ClockLine(label, held.since, _last(held), held.ended_reason))
    return found


def _last(held: Clock) -> str:
    try:
        last = due(load_book(), held.rule, at=clock.local_day(held.since)).last_ok
    except (NotInForce, ValueError):  # hours need a moment, and are over long before they stop
        return ""
    return format_date(last) if last else ""
