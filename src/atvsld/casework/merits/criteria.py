"""The conditions looked at before a commendation, read from `data/criteria.yaml`, each with how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from atvsld.kit.certainty import Certainty
from atvsld.law.reading import Label


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition. `years` is how many years back it looks, 0 for what stands open today."""

    code: str
    label: Label
    years: int


@dataclass(frozen=True, slots=True)
class Criteria:
    """All of them, with their common status and what remains unread."""

    items: tuple[Criterion, ...]
    status: Certainty
    note: Label


@cache
def load_criteria() -> Criteria:
    """Read once."""
    text = files("atvsld.casework.merits").joinpath("data/criteria.yaml").read_text("utf-8")
    held = yaml.safe_load(text)
    items = tuple(Criterion(one["code"], Label(**one["label"]), one["years"]) for one in held["criteria"])
    return Criteria(items, Certainty(held["status"]), Label(**held["note"]))
