"""What a reporter writes into a form in words, beside the figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

# 1.234.567,5 · 1234,5 · 1234.5: dots before groups of three digits part thousands.
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Words:
    """The written parts of one report, as they print.

    `cells` holds a text by `table/row/column`: the cells of `text` and `day` columns, and what an `entry` cell of a
    row given as text or month says. `lists` holds the rows of an open table by its id, each row a text by column key,
    figures as typed.
    `sections` holds the written sections by key; `header` the header lines whose source is `entry`.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    header: Mapping[str, str] = field(default_factory=dict)

    def cell(self, table: str, row: str, column: str) -> str:
        """The text of a cell, empty when nothing is written there."""
        return self.cells.get(f"{table}/{row}/{column}", "")


NO_WORDS = Words()


def figure_in(text: str) -> Decimal | None:
    """The figure a text of an open table states, None when it states none."""
    bare = text.strip()
    if _GROUPED.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    return Decimal(bare.replace(",", ".")) if _PLAIN.fullmatch(bare) else None
