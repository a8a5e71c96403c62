"""What a reporter writes into a form in words, beside the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """The written parts of one report, as they print.

    `cells` holds a text by `table/row/column`: the cells of `text` and `day` columns, and what an `entry` cell of a
    row given as text or month says. `lists` holds the rows of an open table by its id, each row a text by column key.
    `sections` holds the written sections by key; `header` the header lines whose source is `entry`.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    header: Mapping[str, str] = field(default_factory=dict)

    def cell(self, table: str, row: str, column: str) -> str:
        """The text of a cell, empty when nothing is written there."""
        return self.cells.get(f"{table}/{row}/{column}", "")
