"""Disclosure control over everything published together: linked tables, several periods, two sets of boundaries.

The world is a vector of atoms (the finest counts: one cause in one half-year, one commune in one sector). Everything
printed, now or earlier, by us or by others, is a sum of atoms. A reader who adds and subtracts all of it must not find
a small count. The proof is constructive: for every small sum this module holds another world that agrees with all that
is printed and in which that sum is not small. Worlds are whole numbers, found by integer programming, so the proof
holds against a reader who knows that people do not come in fractions. Zeros are printed: they describe nobody; the
reader therefore knows that what is withheld is at least one, and the other world respects that too.

Sums `exempt` by law are printed whatever their size; what follows from them alone cannot be helped: `open` names it.
Method: complementary suppression by minimal alternative tables, as in Willenborg and de Waal, Elements of Statistical
Disclosure Control (2001), chapter 6, here with integer programmes instead of network flows because tables are linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

# A target of value v counts as safe when it might be max(threshold, v + MARGIN): never known to within one.
MARGIN = 2
_SOLVED = 0
# Seconds one programme may take before the table is given up as a whole instead.
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Sum:
    """A count that is, was or could be printed: the sum of `atoms`. `table` names what is withheld together at worst.

    `exempt`: printed whatever its size, because the law says so. `weight`: how much its loss would hurt.
    """

    key: str
    atoms: tuple[str, ...]
    table: str = ""
    exempt: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Space:
    """Everything that hangs together.

    counts: the true atoms, whole numbers (negative ones come from corrections between editions);
    sums: what is to be printed now; known: what everybody has already, true to the atoms given here;
    hidden: what is never printed yet must not be found (the second half-year, the complement of a printed part);
    held: keys of `sums` that were withheld before and stay so; within: pairs of sums of atoms, the first never larger.
    """

    counts: Mapping[str, int]
    sums: tuple[Sum, ...]
    known: tuple[Sum, ...] = ()
    hidden: tuple[Sum, ...] = ()
    held: frozenset[str] = frozenset()
    within: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()

    def value(self, one: Sum) -> int:
        return sum(self.counts[atom] for atom in one.atoms)


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be printed. `primary` are withheld for being small, `complementary` to protect them, `blank` are tables
    withheld whole, zeros too, because nothing less helps; `open` the targets that others' figures confine anyway.
    """

    shown: frozenset[str]
    primary: frozenset[str]
    complementary: frozenset[str]
    blank: frozenset[str]
    open: tuple[str, ...]


def protect(space: Space, threshold: int) -> Protected:
    """Decide which of `space.sums` may be printed so that no sum from 1 to below `threshold` can be found.

    ValueError for a threshold below 2, an atom that is not counted, or a key used twice.
    """
    _check(space, threshold)
    return _Desk(space, threshold).work()


def _check(space: Space, threshold: int) -> None:
    if threshold < 2:
        raise ValueError("threshold must be at least 2")
    keys = [one.key for one in (*space.sums, *space.known, *space.hidden)]
    if len(keys) != len(set(keys)):
        raise ValueError("a key is used twice")
    missing = {atom for one in (*space.sums, *space.known, *space.hidden) for atom in one.atoms} - set(space.counts)
    if missing:
        raise ValueError(f"not counted: {sorted(missing)[:3]}")


@dataclass(slots=True)
class _Desk:
    """The work on one space: what is withheld so far and the other worlds found so far."""

    space: Space
    threshold: int
    place: dict[str, int] = field(init=False)
    truth: Any = field(init=False)
    withheld: set[str] = field(init=False)
    blank: set[str] = field(default_factory=set)
    worlds: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.place = {atom: at for at, atom in enumerate(self.space.counts)}
        self.truth = np.array([*self.space.counts.values()], dtype=float)
        self.withheld = {one.key for one in self.space.sums if self._small(one)} | set(self.space.held)

    def work(self) -> Protected:
        primary = frozenset(self.withheld - self.space.held)
        opened: list[str] = []
        targets = [one for one in (*self.space.sums, *self.space.hidden) if self._small(one)]
        # The smallest first: they need the most room, so their protection is likeliest to serve the others.
        for target in sorted(targets, key=lambda one: (self.space.value(one), one.key)):
            if self._settled(target):
                continue
            self._give_up(target)
            if not self._settled(target):
                opened.append(target.key)
        every = {one.key for one in self.space.sums}
        for one in self.space.sums:
            if one.table in self.blank and not one.exempt:
                self.withheld.add(one.key)
        return Protected(
            frozenset(every - self.withheld), primary, frozenset(self.withheld - primary), frozenset(self.blank),
            tuple(opened),
        )  # fmt: skip

    def _small(self, one: Sum) -> bool:
        return not one.exempt and 0 < self.space.value(one) < self.threshold

    def _settled(self, target: Sum) -> bool:
        """Whether the target is safe, after withholding what it takes."""
        row = self._row(target.atoms)
        value = self.space.value(target)
        for goal in dict.fromkeys((max(self.threshold, value + MARGIN), self.threshold)):
            if any(row @ world >= goal - 0.5 for world in self.worlds):
                return True
            world = self._world(row, goal, withholding=False)
            if world is None:
                world = self._world(row, goal, withholding=True)
            if world is not None:
                self.worlds.append(world)
                self._withhold_what_moves(world)
                return True
        return False

    def _give_up(self, target: Sum) -> None:
        """Withhold the whole of every table that touches the target, zeros too."""
        atoms = set(target.atoms)
        self.blank |= {one.table for one in self.space.sums if one.table and not one.exempt and atoms & {*one.atoms}}

    def _withhold_what_moves(self, world: Any) -> None:
        for one in self._printed():
            if abs(self._row(one.atoms) @ world - self.space.value(one)) > 0.5:
                self.withheld.add(one.key)

    def _printed(self) -> list[Sum]:
        """What is still to be printed and could be withheld."""
        return [
            one for one in self.space.sums
            if not one.exempt and one.key not in self.withheld and one.table not in self.blank
        ]  # fmt: skip

    def _world(self, row: Any, goal: int, *, withholding: bool) -> Any | None:
        """Another world in which the target reaches the goal; with `withholding` at the least loss, None when none."""
        atoms = len(self.truth)
        fixed = [*self.space.known] + [one for one in self.space.sums if one.exempt]
        printed = self._printed()
        movable = [one for one in printed if self.space.value(one) > 0] if withholding else []
        if withholding:
            fixed += [one for one in printed if self.space.value(one) <= 0]
        else:
            fixed += printed
        gone = [
            one for one in self.space.sums
            if one.key in self.withheld and not one.exempt and one.table not in self.blank
        ]  # fmt: skip
        extra = len(movable)
        parts = [_Part(self._rows(fixed, extra), self._values(fixed), self._values(fixed))]
        floors = np.minimum(1, self._values(gone))
        parts.append(_Part(self._rows(gone, extra), floors, np.full(len(gone), np.inf)))
        parts.append(_Part(_padded(csr_array(row.reshape(1, -1)), extra), np.array([goal]), np.array([np.inf])))
        if self.space.within:
            gaps = vstack([csr_array((self._row(large) - self._row(small)).reshape(1, -1))
                           for small, large in self.space.within])  # fmt: skip
            least = np.minimum(0, gaps @ self.truth)
            parts.append(_Part(_padded(gaps, extra), least, np.full(gaps.shape[0], np.inf)))
        if movable:
            values, rows = self._values(movable), self._rows(movable, 0)
            most = float(np.abs(self.truth).sum()) + goal
            ones = eye_array(extra, format="csr")
            parts.append(_Part(hstack([rows, -most * ones], format="csr"), np.full(extra, -np.inf), values))
            parts.append(
                _Part(hstack([rows, ones.multiply(np.maximum(values - 1, 0)[:, None])], format="csr"), values,
                      np.full(extra, np.inf))
            )  # fmt: skip
        size = max(float(self.truth.sum()), 1.0)
        cost = np.concatenate([np.zeros(atoms), [one.weight * (1 + self.space.value(one) / size) for one in movable]])
        return _solve(cost, parts, atoms, np.concatenate([np.minimum(0, self.truth), np.zeros(extra)]))

    def _row(self, names: Sequence[str]) -> Any:
        row = np.zeros(len(self.truth))
        for atom in names:
            row[self.place[atom]] += 1
        return row

    def _rows(self, sums: Sequence[Sum], extra: int) -> Any:
        at = [(number, self.place[atom]) for number, one in enumerate(sums) for atom in one.atoms]
        rows, columns = ([pair[0] for pair in at], [pair[1] for pair in at])
        return csr_array((np.ones(len(at)), (rows, columns)), shape=(len(sums), len(self.truth) + extra))

    def _values(self, sums: Iterable[Sum]) -> Any:
        return np.array([self.space.value(one) for one in sums], dtype=float)


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of a programme with their lower and upper bounds."""

    rows: Any
    low: Any
    high: Any


def _padded(rows: Any, extra: int) -> Any:
    return hstack([rows, csr_array((rows.shape[0], extra))], format="csr") if extra else rows


def _solve(cost: Any, parts: Sequence[_Part], atoms: int, low: Any) -> Any | None:
    kept = [part for part in parts if part.rows.shape[0]]
    extra = len(cost) - atoms
    found = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(low, np.concatenate([np.full(atoms, np.inf), np.ones(extra)])),
        constraints=LinearConstraint(
            vstack([part.rows for part in kept], format="csr"),
            np.concatenate([part.low for part in kept]),
            np.concatenate([part.high for part in kept]),
        ),
        options={"time_limit": _PATIENCE, "mip_rel_gap": 0.05},
    )
    return np.rint(found.x[:atoms]) if found.x is not None and found.status in {_SOLVED, 1} else None
