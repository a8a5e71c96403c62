"""A register as a population of reporters: how its facts read in SQL on the day of reckoning of a term."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from atvsld.law import load_book
from atvsld.law.reporting_duties import Condition, Known, Term, Value
from atvsld.oversight.reporting.subject import home_place_code
from atvsld.platform.acts.errors import Rejected
from atvsld.registers.places import tree

# What the industry codes of a report are coded in.
_INDUSTRIES = "industry.vsic"


@dataclass(frozen=True, slots=True)
class Sight:
    """What the SQL of facts needs besides the rows: the day of reckoning, the period, the province, the functions."""

    as_of: date
    start: date
    year: int
    home: tuple[int, ...]
    industry_version: str
    functions: tuple[str, ...]

    @property
    def params(self) -> dict[str, Any]:
        return {
            "as_of": self.as_of,
            "period_start": self.start,
            "year": self.year,
            "home": list(self.home),
            "industry_version": self.industry_version,
            "functions": list(self.functions),
        }


def sight_of(term: Term, today: date) -> Sight:
    """The sight of a term. The province is the one this installation serves today, with all that became part of it."""
    return Sight(
        as_of=term.as_of,
        start=term.period.start,
        year=term.period.year,
        home=_home(today),
        industry_version=load_book().code_list(_INDUSTRIES, on=term.as_of).version,
        functions=term.duty.reporter.functions,
    )


def _home(today: date) -> tuple[int, ...]:
    graph = tree.current()
    try:
        unit = graph.at(home_place_code(today), today)
    except Rejected:
        return ()
    return () if unit is None else tuple(sorted(graph.territory(unit.pk)))


@dataclass(frozen=True, slots=True)
class FactSql:
    """A fact as an SQL expression over the population's rows: its value, NULL when not known.

    `also` are further columns from which `detail` says in words where the value comes from; `needs` the joins.
    """

    value: str
    detail: Callable[[Mapping[str, Any], Value], str]
    also: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    read: Callable[[Any], Value] = lambda value: value


@dataclass(frozen=True, slots=True)
class Population:
    """`relation` and `where` give its rows with the alias `r`; `column` is its column in filings and stated facts.

    `dimensions` are the columns by which access is given, `groups` those a board is grouped by.
    """

    register: str
    column: str
    relation: str
    where: str
    facts: Mapping[str, FactSql]
    joins: Mapping[str, str]
    dimensions: Mapping[str, str]
    groups: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def fact(self, name: str) -> FactSql:
        """A fact by id; one that the register does not hold is whatever was stated."""
        return self.facts.get(name) or stated(name)

    def joined(self, names: set[str]) -> str:
        """The joins of these names, in the order in which the population states them, stated facts after."""
        known = [self.joins[name] for name in self.joins if name in names]
        told = [_stated_join(name, self.column) for name in sorted(names) if name.startswith("said_")]
        return "\n".join((*known, *told))

    def condition(self, one: Condition, at: int, params: dict[str, Any]) -> str:
        """A condition as an SQL expression of three values; what it compares with goes into `params`."""
        value = self.fact(one.fact).value
        if one.flag is not None:
            return f"({value})" if one.flag else f"(NOT {value})"
        if one.least is not None:
            params[f"least_{at}"] = one.least
            return f"({value} >= %(least_{at})s)"
        if one.member:
            params[f"member_{at}"] = one.member
            return f"(%(member_{at})s = ANY({value}))"
        params[f"starts_{at}"] = [f"{prefix}%" for prefix in one.starts]
        params[f"perhaps_{at}"] = [f"{prefix}%" for prefix in one.perhaps]
        params[f"every_{at}"] = [*one.starts, *one.perhaps]
        broader = (
            f"EXISTS (SELECT 1 FROM unnest(%(every_{at})s::text[]) AS p"  # noqa: S608 — constants
            f" WHERE left(p, length({value})) = {value})"
        )
        return (
            f"CASE WHEN nullif({value}, '') IS NULL THEN NULL WHEN {value} LIKE ANY(%(starts_{at})s) THEN true"
            f" WHEN {broader} OR {value} LIKE ANY(%(perhaps_{at})s::text[]) THEN NULL ELSE false END"
        )

    def known(self, row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Known]:
        """The facts of one row as the law asks for them."""
        found = {}
        for name in names:
            fact = self.fact(name)
            value = fact.read(row[f"fact_{name}"])
            found[name] = Known(value, fact.detail(row, value))
        return found


def stated(name: str) -> FactSql:
    """A fact somebody stated, with who and on what ground."""
    alias = f"said_{name}"

    def detail(row: Mapping[str, Any], value: Value) -> str:
        return "" if value is None else str(row[f"{alias}_source"])

    return FactSql(f"{alias}.value", detail, (f"{alias}.source AS {alias}_source",), (alias,))


def _stated_join(alias: str, column: str) -> str:
    fact = alias.removeprefix("said_")
    return (
        f"LEFT JOIN LATERAL (SELECT value, source FROM obligations_statedfact s WHERE s.{column}_id = r.id"  # noqa: S608 — constants
        f" AND s.fact = '{fact}' AND s.valid_from <= %(as_of)s AND (s.valid_to IS NULL OR s.valid_to >= %(as_of)s)"
        f" ORDER BY s.valid_from DESC, s.id DESC LIMIT 1) {alias} ON true"
    )
