"""What has been printed of a period, and what may be printed of the next one beside it.

An edition is all cells of one period as they were once printed: with the true counts (kept for the work here, never
shown) and with the keys of those that were shown. A half-year and its year are protected together: what a reader can
subtract is counted as printed. Every commune posts its own figures of workers without a contract (Article 4 clause 2),
so these are taken as known to everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from atvsld.kit.periods import Period, PeriodKind
from atvsld.oversight.publication.gather import (
    CONTRACT,
    DIMENSION_MEASURES,
    NON_CONTRACT,
    PLACE_MEASURES,
    SECTORS,
    Counts,
)
from atvsld.registers.places import tree
from atvsld.statistics.disclosure import Space, Sum, protect

FIRST, SECOND = "@1", "@2"
LEADING, LEADING_WEIGHT = 3, 20.0
# Tables that share counts are protected together.
GROUPS = {
    "sector": ("sector",), "cause": ("cause",), "agent": ("agent",), "industry": ("industry",),
    "place": ("commune", "former"), "file": ("file",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table: which atoms it adds up."""

    table: str
    row: str
    column: str
    atoms: tuple[str, ...]
    exempt: bool = False

    @property
    def key(self) -> str:
        return f"{self.table}/{self.row}/{self.column}"

    @property
    def whole(self) -> str:
        """What is withheld together when nothing less helps: one measure of a table."""
        return f"{self.table}/{self.row if self.table == 'sector' else self.column}"


@dataclass(frozen=True, slots=True)
class Edition:
    """One period as printed. `blank`: measures of tables withheld whole, as `cause/deaths`; `ground` marks the places
    it counts, so that periods on different ground are not set side by side.
    """

    counts: Mapping[str, int]
    cells: tuple[Cell, ...]
    shown: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    ground: str = ""

    def value(self, cell: Cell) -> int:
        return sum(self.counts.get(atom, 0) for atom in cell.atoms)

    def find(self, key: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.key == key), None)

    def public(self, key: str) -> int | None:
        """The figure as anybody may read it; None for one that is withheld or not there."""
        cell = self.find(key) if key in self.shown else None
        return None if cell is None else self.value(cell)

    def to_json(self) -> dict[str, Any]:
        return {
            "counts": dict(self.counts),
            "cells": [[one.table, one.row, one.column, list(one.atoms), one.exempt] for one in self.cells],
            "shown": sorted(self.shown),
            "blank": sorted(self.blank),
            "ground": self.ground,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Edition:
        cells = tuple(
            Cell(table, row, column, tuple(atoms), exempt) for table, row, column, atoms, exempt in data["cells"]
        )
        shown, blank = frozenset(data["shown"]), frozenset(data["blank"])
        return cls(data["counts"], cells, shown, blank, data.get("ground", ""))


def unprotected(counts: Counts, exempt: frozenset[str]) -> Edition:
    """The cells that a notice could print of a period, before anything is withheld."""
    atoms: dict[str, int] = {}
    cells: list[Cell] = []
    for sector in SECTORS:
        held = counts.totals[sector]
        atoms |= {f"sector/{sector}/{name}": held[name] for name in held}
        atoms[f"sector/{sector}/rest"] = held["victims"] - held["deaths"] - held["severe"]
        atoms[f"sector/{sector}/men"] = held["victims"] - held["female"]
    for name in counts.totals[CONTRACT]:
        parts = tuple(f"sector/{sector}/{name}" for sector in SECTORS)
        columns = {CONTRACT: parts[:1], NON_CONTRACT: parts[1:], "all": parts}
        cells += [Cell("sector", name, column, names, name in exempt) for column, names in columns.items()]
    for table, rows in counts.rows.items():
        for measure in DIMENSION_MEASURES:
            names = {code: f"{table}/{code}/{measure}" for code in rows}
            atoms |= {names[code]: row[measure] for code, row in rows.items()}
            cells += [Cell(table, code, measure, (name,)) for code, name in names.items()]
            # All accidents, victims and deaths of the province are public by law.
            cells.append(Cell(table, "all", measure, tuple(names.values()), exempt=True))
    cells += _of_units(counts, atoms)
    atoms |= {f"file/{name}": value for name, value in counts.files.items()}
    # Progress of the authorities' own work tells nothing of a person; criminal proceedings do.
    cells += [Cell("file", name, "cases", (f"file/{name}",), name in {"published", "open"}) for name in counts.files]
    return Edition(atoms, tuple(cells), ground=_ground(counts.subject.place_ids or ()))


def _ground(places: Iterable[int]) -> str:
    return hashlib.sha256(",".join(map(str, sorted(places))).encode()).hexdigest()[:16]


def _of_units(counts: Counts, atoms: dict[str, int]) -> Iterator[Cell]:
    for (sector, measure, place), value in counts.places.items():
        atoms[f"place/{place}/{sector}/{measure}"] = value
    for table, units in counts.units.items():
        for measure in PLACE_MEASURES:
            every: list[str] = []
            for unit in units:
                names = [f"place/{pk}/{sector}/{measure}" for pk in sorted(unit.ids) for sector in SECTORS]
                held = tuple(name for name in names if name in atoms)
                every += held
                yield Cell(table, unit.code, measure, held)
            yield Cell(table, "all", measure, tuple(every), exempt=True)


def protected(
    edition: Edition, other: Edition | None, period: Period, *, threshold: int, held: frozenset[str]
) -> Edition:
    """The edition of a period with what may be shown.

    `other` is the printed edition of the other length of the same year. `held`: keys that were withheld in an earlier
    edition of the same period.
    """
    shown: set[str] = set()
    blank: set[str] = set()
    for tables in GROUPS.values():
        space = _space(edition, other, tables, period, held)
        found = protect(space, threshold)
        shown |= found.shown
        blank |= found.blank
    return replace(edition, shown=frozenset(shown), blank=frozenset(blank))


def _space(
    edition: Edition, other: Edition | None, tables: tuple[str, ...], period: Period, held: frozenset[str]
) -> Space:
    mine = [cell for cell in edition.cells if cell.table in tables]
    theirs = [cell for cell in other.cells if cell.table in tables] if other else []
    names = {atom for cell in (*mine, *theirs) for atom in cell.atoms} | _beside(edition, tables)
    split = _Split(edition, other, period, _unborn(names, period.year) if other else frozenset())
    counts = {key: value for name in sorted(names) for key, value in split.counts(name)}
    leading = _leading(edition, mine)
    sums = tuple(
        Sum(
            cell.key, split.now(cell.atoms), cell.whole, cell.exempt, told=_posted_alone(edition, cell),
            weight=LEADING_WEIGHT if cell.key in leading else 1,
        )
        for cell in mine
    )  # fmt: skip
    known: list[Sum] = []
    hidden: list[Sum] = []
    for cell in theirs:
        told = other is not None and _posted_alone(other, cell)
        one = Sum(f"other:{cell.key}", split.then(cell.atoms), exempt=cell.exempt, told=told)
        (known if other and (cell.exempt or cell.key in other.shown) else hidden).append(one)
    if other:
        # Of communes only the part under contract is to be hidden, below: the rest they post themselves.
        unposted = [cell for cell in mine if not cell.exempt and cell.table not in GROUPS["place"]]
        hidden += [Sum(f"rest:{cell.key}", split.rest(cell.atoms)) for cell in unposted]
    ways = {"now": split.now, **({"then": split.then, "rest": split.rest} if other else {})}
    for way, atoms_of in ways.items():
        for cell in mine if way != "then" else theirs:
            if cell.table in GROUPS["place"]:
                known += _posted(way, cell, atoms_of) if way != "rest" else []
                hidden += _under_contract(way, cell, atoms_of)
    for sector in SECTORS if "sector" in tables else ():
        for way, atoms_of in ways.items():
            known += [
                Sum(f"{way}:hurt/{sector}", atoms_of((f"sector/{sector}/severe", f"sector/{sector}/rest"))),
                Sum(f"{way}:people/{sector}", atoms_of((f"sector/{sector}/female", f"sector/{sector}/men"))),
            ]
            hidden += [
                Sum(f"{way}:{name}/{sector}", atoms_of((f"sector/{sector}/{name}",))) for name in ("rest", "men")
            ]
    within = tuple(_within(names, counts, ways))
    return Space(counts, sums, tuple(known), tuple(one for one in hidden if one.atoms), held, within)


def _leading(edition: Edition, cells: Iterable[Cell]) -> set[str]:
    """The largest rows of each measure: what the article calls chief causes is kept if anything can be."""
    by_measure: dict[str, list[Cell]] = {}
    for cell in cells:
        if not cell.exempt and cell.row != "unknown" and cell.table != "sector":
            by_measure.setdefault(cell.whole, []).append(cell)
    return {
        cell.key for held in by_measure.values() for cell in sorted(held, key=lambda one: -edition.value(one))[:LEADING]
    }


def _unborn(names: Iterable[str], year: int) -> frozenset[str]:
    """Atoms of units in a half of the year in which they did not stand."""
    nodes = tree.current().nodes
    halves = dict(zip((FIRST, SECOND), Period(year, PeriodKind.YEAR).parts(PeriodKind.HALF), strict=True))
    found = set()
    for name in names:
        kind, _slash, rest = name.partition("/")
        node = nodes.get(int(rest.partition("/")[0])) if kind == "place" else None
        for mark, half in halves.items() if node else ():
            if node and (node.valid_from > half.end or (node.valid_to is not None and node.valid_to < half.start)):
                found.add(f"{name}{mark}")
    return frozenset(found)


def _posted_alone(edition: Edition, cell: Cell) -> bool:
    """Whether a figure of a unit is only what its communes post themselves: nobody under contract in it."""
    if cell.table not in GROUPS["place"]:
        return False
    return not any(edition.counts.get(name, 0) for name in cell.atoms if f"/{CONTRACT}/" in name)


def _beside(edition: Edition, tables: Iterable[str]) -> set[str]:
    """Atoms that no cell prints but that are known together with printed ones."""
    return {name for name in edition.counts if name.startswith("sector/")} if "sector" in tables else set()


def _posted(way: str, cell: Cell, atoms_of: Any) -> Iterator[Sum]:
    names = tuple(name for name in cell.atoms if f"/{NON_CONTRACT}/" in name)
    if names and cell.row != "all":
        yield Sum(f"{way}:posted:{cell.key}", atoms_of(names))


def _under_contract(way: str, cell: Cell, atoms_of: Any) -> Iterator[Sum]:
    names = tuple(name for name in cell.atoms if f"/{CONTRACT}/" in name)
    if names and cell.row != "all":
        yield Sum(f"{way}:contract:{cell.key}", atoms_of(names))


def _within(
    names: set[str], counts: Mapping[str, int], ways: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Accidents and deaths are never more than victims of the same line, in either half."""
    for name in sorted(names):
        stem, _slash, measure = name.rpartition("/")
        if measure in {"cases", "deaths"} and f"{stem}/victims" in names and not name.startswith("sector/"):
            for atoms_of in ways.values():
                small, large = atoms_of((name,)), atoms_of((f"{stem}/victims",))
                if sum(counts[a] for a in small) <= sum(counts[a] for a in large):
                    yield small, large


@dataclass(frozen=True, slots=True)
class _Split:
    """Atoms of a period as sums over the two halves, once the other length of the year is printed too.

    `unborn`: atoms of units that did not stand in a half; everybody knows that nothing was recorded there.
    """

    edition: Edition
    other: Edition | None
    period: Period
    unborn: frozenset[str]

    @property
    def whole(self) -> bool:
        return self.period.kind is PeriodKind.YEAR

    def counts(self, name: str) -> Iterator[tuple[str, int]]:
        mine = self.edition.counts.get(name, 0)
        if self.other is None:
            yield name, mine
            return
        theirs = self.other.counts.get(name, 0)
        first, year = (theirs, mine) if self.whole else (mine, theirs)
        for atom, value in ((f"{name}{FIRST}", first), (f"{name}{SECOND}", year - first)):
            if value or atom not in self.unborn:
                yield atom, value

    def now(self, names: Iterable[str]) -> tuple[str, ...]:
        return self._named(names, whole=self.whole)

    def then(self, names: Iterable[str]) -> tuple[str, ...]:
        return self._named(names, whole=not self.whole)

    def rest(self, names: Iterable[str]) -> tuple[str, ...]:
        return self._standing(names, (SECOND,))

    def _named(self, names: Iterable[str], *, whole: bool) -> tuple[str, ...]:
        if self.other is None:
            return tuple(names)
        return self._standing(names, (FIRST, SECOND) if whole else (FIRST,))

    def _standing(self, names: Iterable[str], halves: tuple[str, ...]) -> tuple[str, ...]:
        atoms = (atom for name in names for atom in dict(self.counts(name)) if atom.endswith(halves))
        return tuple(atoms)
