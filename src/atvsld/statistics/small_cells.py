"""Disclosure control: a published table from which no count of one or two persons can be worked out.

Cells from 1 to below the threshold are withheld, and further cells with them, until someone who has
the rest of the table, its totals and these rules cannot bound a withheld count below the threshold.
Zeros stay: they describe nobody. The guarantee is for one table; several tables that share cells
must be protected as one.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Cell = tuple[int, int]
_Node = tuple[bool, int]

THRESHOLD = 3


@dataclass(frozen=True, slots=True)
class MaskedTable:
    """A table as it may be published; None marks a withheld figure.

    `primary` are the positions withheld for being small, `complementary` those withheld to protect
    them; the row after the last and the column after the last are the totals.
    """

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    primary: frozenset[Cell]
    complementary: frozenset[Cell]


def mask_small_cells(rows: Sequence[Sequence[int]], threshold: int = THRESHOLD) -> MaskedTable:
    """Withhold counts from 1 to below `threshold` in a two-way table and all that would betray them.

    Prefers to withhold few and inner cells; totals only when nothing else protects. ValueError for
    an uneven table or a negative count.
    """
    full = _with_totals(rows)
    primary = {(i, j) for i, row in enumerate(full) for j, number in enumerate(row) if 0 < number < threshold}
    withheld = set(primary)
    # The smallest first: they need the most room, so their protection is likeliest to serve the others.
    for cell in sorted(primary, key=lambda at: (full[at[0]][at[1]], at)):
        withheld |= _protection(full, cell, withheld, threshold)
    return _published(full, frozenset(primary), frozenset(withheld - primary))


def _with_totals(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    if len({len(row) for row in rows}) > 1:
        raise ValueError("all rows must have the same number of columns")
    if any(number < 0 for row in rows for number in row):
        raise ValueError("counts must not be negative")
    full = [[*row, sum(row)] for row in rows]
    width = len(full[0]) if full else 1
    full.append([sum(row[j] for row in full) for j in range(width)])
    return full


def _protection(full: list[list[int]], cell: Cell, withheld: set[Cell], threshold: int) -> set[Cell]:
    """Cells that, withheld too, let `cell` be as large as the threshold for all an outsider knows.

    Raising a cell in a table with totals means walking a closed path through withheld cells which
    are raised and lowered in turn. The cheapest such path is sought (Dijkstra); cells already
    withheld cost nothing. With all totals on it a path always exists.
    """
    room = threshold - full[cell[0]][cell[1]]
    row, column = (False, cell[0]), (True, cell[1])
    # An ordinary cell is raised by walking row→column, a total by walking column→row.
    start, goal = (column, row) if _is_ordinary(full, cell) else (row, column)
    best: dict[_Node, int] = {start: 0}
    came: dict[_Node, _Node] = {}
    queue: list[tuple[int, _Node]] = [(0, start)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node == goal:
            break
        if cost > best[node]:
            continue
        for step, following in _steps(full, node, cell, room):
            reached = cost + (0 if step in withheld else _price(full, step))
            if following not in best or reached < best[following]:
                best[following], came[following] = reached, node
                heapq.heappush(queue, (reached, following))
    path: set[Cell] = set()
    node = goal
    while node != start:
        node, here = came[node], node
        path.add((here[1], node[1]) if node[0] else (node[1], here[1]))
    return path


def _steps(full: list[list[int]], node: _Node, avoid: Cell, room: int) -> Iterable[tuple[Cell, _Node]]:
    """Moves from a row or a column over one cell that can give way by `room` in that direction.

    A withheld cell is known to be at least 1, so lowering has a floor and raising has no ceiling.
    """
    at_column, index = node
    for other in range(len(full) if at_column else len(full[0])):
        cell = (other, index) if at_column else (index, other)
        number = full[cell[0]][cell[1]]
        raises = _is_ordinary(full, cell) != at_column
        if number and cell != avoid and (raises or number - 1 >= room):
            yield cell, (not at_column, other)


def _is_ordinary(full: list[list[int]], cell: Cell) -> bool:
    """Whether a cell counts positively in both its lines: inner cells do, and so does the grand total.

    A row total stands against its row, a column total against its column; the grand total against both.
    """
    return (cell[0] == len(full) - 1) == (cell[1] == len(full[0]) - 1)


def _price(full: list[list[int]], cell: Cell) -> int:
    """Cost of withholding a cell: any total outweighs all inner cells, the grand total all the rest."""
    size = full[-1][-1] + full[cell[0]][cell[1]]
    marginals = (cell[0] == len(full) - 1) + (cell[1] == len(full[0]) - 1)
    return int(size * (2 * (len(full) + len(full[0]))) ** marginals)


def _published(full: list[list[int]], primary: frozenset[Cell], complementary: frozenset[Cell]) -> MaskedTable:
    gone = primary | complementary
    shown = [[None if (i, j) in gone else number for j, number in enumerate(row)] for i, row in enumerate(full)]
    *inner, totals = shown
    return MaskedTable(
        cells=tuple(tuple(row[:-1]) for row in inner),
        row_totals=tuple(row[-1] for row in inner),
        column_totals=tuple(totals[:-1]),
        total=totals[-1],
        primary=primary,
        complementary=complementary,
    )
