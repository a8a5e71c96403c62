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
from scipy.sparse import csr_array, diags_array, eye_array, hstack, vstack

# A target of value v counts as safe when it might be max(threshold, v + MARGIN): never known to within one.
MARGIN = 2
# What the loss of a figure that is the whole of its space adds to that of a tiny one: people look for large figures.
SIZE_COUNTS = 5
_SOLVED = 0
# Seconds one programme may take before the table is given up as a whole instead.
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Sum:
    """A count that is, was or could be printed: the sum of `atoms`. `table` names what is withheld together at worst.

    `exempt`: printed whatever its size, because the law says so. `told`: somebody else tells it anyway, so it is no
    secret, though it is not printed when small. `weight`: how much its loss would hurt.
    """

    key: str
    atoms: tuple[str, ...]
    table: str = ""
    exempt: bool = False
    told: bool = False
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
    number: dict[str, int] = field(init=False)
    matrix: Any = field(init=False)
    values: Any = field(init=False)
    gaps: Any = field(init=False)
    withheld: set[str] = field(init=False)
    blank: set[str] = field(default_factory=set)
    worlds: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.place = {atom: at for at, atom in enumerate(self.space.counts)}
        self.truth = np.array([*self.space.counts.values()], dtype=float)
        every = (*self.space.sums, *self.space.known, *self.space.hidden)
        self.number = {one.key: at for at, one in enumerate(every)}
        self.matrix = self._stacked([one.atoms for one in every])
        self.values = self.matrix @ self.truth
        self.gaps = self._stacked([large for _small, large in self.space.within]) - self._stacked(
            [small for small, _large in self.space.within]
        )
        self.withheld = {one.key for one in self.space.sums if self._small(one)} | set(self.space.held)

    def work(self) -> Protected:
        primary = frozenset(self.withheld - self.space.held)
        self.blank |= self._hopeless()
        opened: list[str] = []
        targets = [one for one in (*self.space.sums, *self.space.hidden) if self._small(one) and not one.told]
        # The smallest first: they need the most room, so their protection is likeliest to serve the others.
        for target in sorted(targets, key=lambda one: (self.space.value(one), one.key)):
            value = self._value(target)
            goals = dict.fromkeys((max(self.threshold, value + MARGIN), self.threshold))
            if not self._settled(target, goals) and not self._given_up(target):
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
        return not one.exempt and 0 < self._value(one) < self.threshold

    def _hopeless(self) -> set[str]:
        """Tables in which nothing could be printed but zeros: they are not worth the search."""
        small = {one.table for one in self.space.sums if self._small(one)}
        large = {one.table for one in self.space.sums if self._value(one) >= self.threshold and not one.exempt}
        return small - large - {""}

    def _settled(self, target: Sum, goals: Iterable[int]) -> bool:
        """Whether the target may be as large as one of the goals, after withholding what it takes."""
        row = self.matrix[[self.number[target.key]]]
        for goal in goals:
            if any((row @ world)[0] >= goal - 0.5 for world in self.worlds):
                return True
            world = self._world(row, goal, withholding=False)
            if world is None:
                world = self._world(row, goal, withholding=True)
            if world is not None:
                self.worlds.append(world)
                self._withhold_what_moves(world)
                return True
        return False

    def _given_up(self, target: Sum) -> bool:
        """Withhold the whole of every table that touches the target, zeros too, when that makes it safe.

        When it does not, what is public anyway confines the target; then it is only kept from being told exactly,
        and False is answered.
        """
        atoms = set(target.atoms)
        touching = {one.table for one in self.space.sums if one.table and not one.exempt and atoms & {*one.atoms}}
        kept = set(self.blank)
        self.blank |= touching
        if self._settled(target, (self.threshold,)):
            return True
        self.blank = kept
        value = self._value(target)
        if not self._settled(target, range(self.threshold - 1, value, -1)):
            self.blank |= touching
        return False

    def _withhold_what_moves(self, world: Any) -> None:
        moved = np.abs(self.matrix @ world - self.values) > 0.5
        self.withheld |= {one.key for one in self._printed() if moved[self.number[one.key]]}

    def _printed(self) -> list[Sum]:
        """What is still to be printed and could be withheld."""
        return [
            one for one in self.space.sums
            if not one.exempt and one.key not in self.withheld and one.table not in self.blank
        ]  # fmt: skip

    def _world(self, row: Any, goal: int, *, withholding: bool) -> Any | None:
        """Another world in which the target reaches the goal; with `withholding` at the least loss, None when none."""
        printed = self._printed()
        movable = [one for one in printed if self._value(one) > 0] if withholding else []
        still = [one for one in printed if self._value(one) <= 0] if withholding else printed
        fixed = [*self.space.known, *(one for one in self.space.sums if one.exempt), *still]
        gone = [
            one for one in self.space.sums
            if one.key in self.withheld and not one.exempt and one.table not in self.blank
        ]  # fmt: skip
        extra = len(movable)
        rows, values = self._of(fixed)
        parts = [_Part(_padded(rows, extra), values, values)]
        rows, values = self._of(gone)
        # Zeros are printed, so a reader knows that what is withheld is at least one.
        parts.append(_Part(_padded(rows, extra), np.minimum(1, values), np.full(len(gone), np.inf)))
        parts.append(_Part(_padded(row, extra), np.array([goal]), np.array([np.inf])))
        if self.space.within:
            least = np.minimum(0, self.gaps @ self.truth)
            parts.append(_Part(_padded(self.gaps, extra), least, np.full(len(least), np.inf)))
        if movable:
            parts += self._switched(movable, goal)
        size = max(float(np.abs(self.truth).sum()), 1.0)
        loss = [one.weight * (1 + SIZE_COUNTS * self._value(one) / size) for one in movable]
        cost = np.concatenate([np.zeros(len(self.truth)), loss])
        return _solve(cost, parts, len(self.truth), np.concatenate([np.minimum(0, self.truth), np.zeros(extra)]))

    def _switched(self, movable: Sequence[Sum], goal: int) -> list[_Part]:
        """Printed sums move only when their switch, which costs their loss, is on; then they stay at least one."""
        rows, values = self._of(movable)
        most = float(np.abs(self.truth).sum()) + goal
        ones = eye_array(len(movable), format="csr")
        above = _Part(hstack([rows, -most * ones], format="csr"), np.full(len(movable), -np.inf), values)
        room = diags_array(np.maximum(values - 1, 0), format="csr")
        return [above, _Part(hstack([rows, room], format="csr"), values, np.full(len(movable), np.inf))]

    def _of(self, sums: Sequence[Sum]) -> tuple[Any, Any]:
        """Rows and values of some sums."""
        at = [self.number[one.key] for one in sums]
        return self.matrix[at], self.values[at]

    def _value(self, one: Sum) -> int:
        return int(self.values[self.number[one.key]])

    def _stacked(self, lines: Sequence[tuple[str, ...]]) -> Any:
        at = [(number, self.place[atom]) for number, atoms in enumerate(lines) for atom in atoms]
        rows, columns = ([pair[0] for pair in at], [pair[1] for pair in at])
        return csr_array((np.ones(len(at)), (rows, columns)), shape=(len(lines), len(self.truth)))


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
