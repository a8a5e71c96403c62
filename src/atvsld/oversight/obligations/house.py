"""House policy of obligations, read from `data/house.yaml`: when periods open, and the ladder of chasing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from django.utils.translation import get_language

from atvsld.law.reading import Label


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of chasing: not before `after_days` past the last good day, and only after the rung below was taken."""

    id: str
    kind: Literal["letter", "proposal"]
    after_days: int
    label: Label
    about: str
    body: str
    grace_days: int

    @property
    def name(self) -> str:
        """In the language of the page."""
        return said(self.label)


@dataclass(frozen=True, slots=True)
class House:
    """All of it. Days are calendar days."""

    label: Label
    soon_days: int
    opens_days: int
    rounds_days: int
    steps: tuple[Step, ...]

    def step(self, step_id: str) -> Step:
        """A rung by id; KeyError for none."""
        return next_or_raise(self.steps, step_id)

    def below(self, step: Step) -> Step | None:
        """The rung that must have been taken before."""
        at = self.steps.index(step)
        return self.steps[at - 1] if at else None


def next_or_raise(steps: tuple[Step, ...], step_id: str) -> Step:
    for step in steps:
        if step.id == step_id:
            return step
    raise KeyError(step_id)


def said(label: Label) -> str:
    return (label.en or label.vi) if get_language() == "en" else label.vi


@cache
def house() -> House:
    data: dict[str, Any] = yaml.safe_load((files(__package__) / "data" / "house.yaml").read_text(encoding="utf-8"))
    return House(
        label=_label(data["label"]),
        soon_days=data["soon_days"],
        opens_days=data["opens_days"],
        rounds_days=data["rounds_days"],
        steps=tuple(
            Step(
                one["id"], one["kind"], one["after_days"], _label(one["label"]), one["about"], one["body"],
                one["grace_days"],
            )
            for one in data["steps"]
        ),
    )  # fmt: skip


def _label(entry: dict[str, str]) -> Label:
    return Label(entry["vi"], entry["en"])
