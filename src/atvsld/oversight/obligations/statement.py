"""One SQL statement for everybody: who owes a report of a term, why, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection

from atvsld.law.reporting_duties import Term
from atvsld.oversight.obligations.answers import relation_of
from atvsld.oversight.obligations.populations import POPULATIONS, Population, sight_of
from atvsld.oversight.obligations.states import state_sql

_NAMED = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which reporters are looked at; `ids` by dimension (place, establishment), None: everybody."""

    ids: Mapping[str, Iterable[int]] | None = None
    only: Iterable[int] | None = None


@dataclass(slots=True)
class Statement:
    """The rows of a term: `id, owes, state, nil, late` and the columns asked for. Parameters are named."""

    term: Term
    today: date
    scope: Scope = field(default_factory=Scope)
    columns: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    filed: bool = True

    @property
    def population(self) -> Population:
        return POPULATIONS[self.term.duty.reporter.register]

    def build(self) -> tuple[str, dict[str, Any]]:
        """The statement and its parameters."""
        population = self.population
        params = sight_of(self.term, self.today).params
        conditions = [population.condition(one, at, params) for at, one in enumerate(self.term.duty.binds)]
        stated, more = state_sql(self.term, self.today)
        params |= more | {"report": self.term.duty.id, "period": self.term.period.code}
        columns = ["r.id", f"({' AND '.join(conditions) or 'true'}) AS owes"]
        if self.filed:
            columns += [f"{stated} AS state", "coalesce(f.nil, false) AS nil", "coalesce(f.late, false) AS late"]
        needs = set(self.needs)
        for one in self.term.duty.binds:
            needs |= set(population.fact(one.fact).needs)
        for name in self.facts:
            fact = population.fact(name)
            needs |= set(fact.needs)
            columns += [f"{fact.value} AS fact_{name}", *fact.also]
        columns += self.columns
        held = relation_of(self.term.duty.id)
        filing = (
            f"LEFT JOIN LATERAL (SELECT id, public_id, state, submitted_at, late, nil FROM {held} fx"  # noqa: S608 — constants
            f" WHERE report = %(report)s AND period = %(period)s AND {population.column}_id = r.id LIMIT 1) f ON true"
        )
        sql = (
            f"SELECT {', '.join(dict.fromkeys(columns))}\nFROM {population.relation}\n{population.joined(needs)}\n"
            f"{filing if self.filed else ''}\nWHERE {' AND '.join((population.where, *self._within(params)))}"
        )
        return sql, params

    def _within(self, params: dict[str, Any]) -> list[str]:
        found = []
        if self.scope.only is not None:
            params["only"] = list(self.scope.only)
            found.append("r.id = ANY(%(only)s)")
        if self.scope.ids is not None:
            reached = []
            for name, ids in self.scope.ids.items():
                if name in self.population.dimensions:
                    params[f"reach_{name}"] = list(ids)
                    reached.append(f"{self.population.dimensions[name]} = ANY(%(reach_{name})s)")
            found.append(f"({' OR '.join(reached) or 'false'})")
        return found


@dataclass(frozen=True, slots=True)
class Standing:
    """One reporter of a term and where its report stands; `owes` None: cannot be told."""

    pk: int
    public_id: str
    name: str
    place: int | None
    owes: bool | None
    state: str
    late: bool
    submitted_at: datetime | None
    answer: str


def standings(term: Term, *, today: date, scope: Scope | None = None) -> list[Standing]:
    """Every reporter of a term with where its report stands on a day, by name."""
    columns = (
        "r.public_id", "r.name", "r.place_id AS place", "f.submitted_at", "coalesce(f.public_id, '') AS answer",
    )  # fmt: skip
    sql, params = Statement(term, today, scope or Scope(), columns=columns).build()
    found = [
        Standing(
            row["id"], row["public_id"], row["name"], row["place"], row["owes"], row["state"], row["late"],
            row["submitted_at"], row["answer"],
        )
        for row in rows(sql, params)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.name, one.pk))


def rows(sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a statement as mappings."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def positional(sql: str, params: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """The same statement with its parameters in order, as Django's expressions want them."""
    given: list[Any] = []

    def put(found: re.Match[str]) -> str:
        given.append(params[found[1]])
        return "%s"

    return _NAMED.sub(put, sql), given
