"""What is asked of a campaign: the rows of the form of the Month of Action, read from the law book.

No text read fixes a form for everybody (see the form's own status), so every figure is given freely, and months of
other kinds ask the same rows: counts of different months can then be laid side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from atvsld.law import load_book
from atvsld.law.forms.spec import FormSpec
from atvsld.law.reading import Label

FORM = "THD-KQ"
WORDS = ("activities", "difficulties", "proposals")


@dataclass(frozen=True, slots=True)
class Given:
    """A figure as stated; `of` is the second one of a pair (mended, of those found)."""

    value: Decimal
    of: Decimal | None = None


Stated = Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One row: what it asks, in which unit, how many decimals, one figure or a pair."""

    key: str
    label: Label
    unit: Label | None
    level: int
    code: str
    pair: bool
    decimals: int


def form(on: date) -> FormSpec:
    """The version of the form of a day, with its status and the note that goes with it."""
    return load_book().form(FORM, on=on)


def rows(on: date) -> tuple[AskedRow, ...]:
    """The rows asked on a day, in the order of the form."""
    (table,) = form(on).tables
    return tuple(
        AskedRow(
            row.key, row.label or Label(row.key), row.unit, row.level, row.code or "", row.given == "pair", row.decimals
        )
        for row in table.rows
    )  # fmt: skip


def kept(stated: Stated) -> dict[str, list[str | None]]:
    """Figures as a page keeps them."""
    return {key: [str(one.value), None if one.of is None else str(one.of)] for key, one in stated.items()}


def read(held: Mapping[str, list[str | None]]) -> dict[str, Given]:
    """What a page kept, as figures; what cannot be read is left out."""
    found: dict[str, Given] = {}
    for key, pair in held.items():
        try:
            value, of = pair
            found[key] = Given(Decimal(value or ""), None if of is None else Decimal(of))
        except (ValueError, InvalidOperation):
            continue
    return found
