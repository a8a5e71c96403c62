"""Yearly targets set by a plan, as data the indicators are measured against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from atvsld.kit.certainty import Certainty, Citation
from atvsld.law.reading import DataFolder, Label


@dataclass(frozen=True, slots=True)
class Target:
    """`measure` (per `denominator`, when named) must change by `change_per_year` or better every year.

    `change_per_year` is a share: −0.04 = four per cent less than the year before, compounding from the
    figure of `baseline_year`.
    """

    id: str
    label: Label
    direction: Literal["down", "up"]
    change_per_year: Decimal
    measure: str
    denominator: str | None
    baseline_year: int
    valid_from: date
    valid_to: date | None
    citation: Citation
    status: Certainty
    note: str


def read_targets(folder: DataFolder) -> dict[str, Target]:
    """All targets by id."""
    root = folder.read("targets.yaml")
    found: dict[str, Target] = {}
    for node in root.nodes("targets"):
        target = Target(
            id=node.text("id"),
            label=node.label("label"),
            direction=cast("Literal['down', 'up']", node.one_of("direction", ["down", "up"])),
            change_per_year=node.decimal("change_per_year"),
            measure=node.text("measure"),
            denominator=node.maybe_text("denominator"),
            baseline_year=node.number("baseline_year"),
            valid_from=node.day("valid_from"),
            valid_to=node.maybe_day("valid_to"),
            citation=node.citation(),
            status=node.status(),
            note=node.text("note", ""),
        )
        if (target.direction == "down") != (target.change_per_year < 0):
            raise node.fail("“direction” và dấu của “change_per_year” trái nhau")
        found[target.id] = node.done(target)
    root.done(None)
    return found
