"""A sheet as every reader presents it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from atvsld.kit.outcome import Problem

Row = Sequence[Any]
NumberedRow = tuple[int, Row]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A cell whose value cannot be trusted: row and column count from 1 and 0 as the sheet shows them."""

    row: int
    column: int
    code: str


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows` starts a new pass each time; row numbers are those the sender's program shows."""

    name: str
    rows: Callable[[], Iterator[NumberedRow]]
    # Merged areas as (first row, first column, last row, last column); rows from 1, columns from 0.
    merged: tuple[tuple[int, int, int, int], ...] = ()
    # Looked up only for the sheet that is used: it means reading the sheet's XML once more.
    spoilt: Callable[[], Iterator[Spoilt]] = field(default=lambda: iter(()))


@dataclass(frozen=True)
class Book:
    """The sheets of a file, with what is worth saying about it."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Problem, ...] = ()
