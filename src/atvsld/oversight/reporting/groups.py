"""The answers of a statement, held so that a row's figure is a sum over the groups that meet its conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from atvsld.oversight.reporting.statement import Statement
from atvsld.platform.facts import FactSet, Folding

Conditions = Mapping[str, Iterable[str]]
# Turns a stored code into the code the table counts under; None when it has none there.
Recode = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Groups:
    """Sums by dimension codes for each set of dimensions a statement grouped by."""

    facts: FactSet
    measures: tuple[str, ...]
    sums: Mapping[tuple[str, ...], Mapping[tuple[str | None, ...], tuple[Decimal | None, ...]]]
    recodes: Mapping[str, Recode] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        facts: FactSet,
        statement: Statement,
        rows: Iterable[tuple[int, list[str | None], list[Decimal | None]]],
        recodes: Mapping[str, Recode] | None = None,
    ) -> Groups:
        recodes = recodes or {}
        sums: dict[tuple[str, ...], dict[tuple[str | None, ...], tuple[Decimal | None, ...]]] = {
            group: {} for group in statement.groups
        }
        for number, codes, values in rows:
            group = statement.groups[number]
            key = tuple(
                recodes[name](code) if code is not None and name in recodes else code
                for name, code in zip(group, codes, strict=True)
            )
            held = sums[group].get(key)
            sums[group][key] = tuple(values) if held is None else tuple(map(_add, held, values))
        return cls(facts, statement.measures, sums, recodes)

    def figure(self, measure: str, where: Conditions, outside: Conditions) -> Decimal | None:
        """The measure over facts that meet every `where` and lie outside the codes of every `outside`.

        No facts: zero. Facts with only unknown amounts: None, which prints as unknown and never as zero.
        """
        group = tuple(sorted({*where, *outside}))
        place = self.measures.index(measure)
        allowed = {name: frozenset(codes) for name, codes in where.items()}
        barred = {name: frozenset(codes) for name, codes in outside.items()}
        met = [
            values[place]
            for codes, values in self.sums[group].items()
            if all(
                (name not in allowed or code in allowed[name]) and (name not in barred or code not in barred[name])
                for name, code in zip(group, codes, strict=True)
            )
        ]
        known = [value for value in met if value is not None]
        if not known and met and self.facts.measures[measure].folding is Folding.SUM:
            return None if group or self._any_fact() else Decimal(0)
        return sum(known, Decimal(0))

    def _any_fact(self) -> bool:
        """Whether any record was counted: an aggregate without groups answers even over nothing."""
        counts = [name for name in self.measures if self.facts.measures[name].folding is Folding.COUNT]
        return any(values[self.measures.index(name)] for name in counts for values in self.sums[()].values())


def _add(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    if left is None or right is None:
        return right if left is None else left
    return left + right
