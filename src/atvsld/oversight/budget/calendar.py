"""The budget year and the house rules about it, as data (`data/budget.yaml`) with how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import get_language

from atvsld.kit.certainty import Certainty


@dataclass(frozen=True, slots=True)
class Stated:
    """How sure a rule is, and why, for the reader."""

    status: Certainty
    note: str
    note_en: str

    @property
    def told(self) -> str:
        """The note in the reader's language."""
        return self.note_en if get_language() == "en" else self.note


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the budget year. Months and days are those of the year after."""

    closing_month: int
    closing_day: int
    closing: Stated
    years_before: int
    layout: Stated
    last_district_year: int

    def first_allocation(self, year: int) -> date:
        """From when a decision may give money of the year."""
        return date(year - self.years_before, 1, 1)

    def closes(self, year: int) -> date:
        """The last day for payments of the year."""
        return date(year + 1, self.closing_month, self.closing_day)


@cache
def load_rules() -> Rules:
    """The rules as they stand in the file."""
    text = (files(__package__) / "data" / "budget.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    closing = data["closing"]
    return Rules(
        closing["month"], closing["day"], _stated(closing), data["allocation_from"]["years_before"],
        _stated(data["layout"]), data["last_district_year"],
    )  # fmt: skip


def _stated(entry: dict[str, Any]) -> Stated:
    return Stated(Certainty(entry["status"]), entry["note"].strip(), entry["note_en"].strip())
