"""What the registers say for one year: deaths by labour relation, and the workforce they stand against."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from atvsld.casework.accidents import facts as accidents
from atvsld.casework.accidents import figures as behind
from atvsld.casework.accidents.models import Victim
from atvsld.oversight.reporting.groups import Groups
from atvsld.oversight.reporting.statement import Slice, build
from atvsld.registers.establishments import facts as establishments
from atvsld.registers.establishments.models import WorkforceYear

COUNTED = "occupational"
PENDING = "pending"
CONTRACT = "contract"
NON_CONTRACT = "non_contract"
UNKNOWN = "unknown"
GROUPS = (CONTRACT, NON_CONTRACT, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Deaths:
    """People killed and the cases that killed them; a case stands under its principal victim's relation."""

    deaths: int
    cases: int

    def __add__(self, other: Deaths) -> Deaths:
        return Deaths(self.deaths + other.deaths, self.cases + other.cases)

    def to_json(self) -> dict[str, int]:
        return {"deaths": self.deaths, "cases": self.cases}


@dataclass(frozen=True, slots=True)
class BySector:
    """Deaths of people with a labour contract, without one, and of those whose relation is not known."""

    contract: Deaths
    non_contract: Deaths
    unknown: Deaths

    @property
    def total(self) -> Deaths:
        return self.contract + self.non_contract + self.unknown

    def to_json(self) -> dict[str, dict[str, int]]:
        return {name: getattr(self, name).to_json() for name in ("total", *GROUPS)}


@dataclass(frozen=True, slots=True)
class Source:
    """A stated origin of workforce figures, with how many establishments and workers rest on it."""

    text: str
    establishments: int
    workers: int


@dataclass(frozen=True, slots=True)
class Workforce:
    """The denominator of a year: workers stated with a source, and how much of the register that covers.

    `workers` is None when nobody stated any. `unsourced` counts establishments whose figure names no source:
    it is shown and never divided by.
    """

    establishments: int
    stated: int
    unsourced: int
    workers: int | None
    sources: tuple[Source, ...]

    @property
    def coverage(self) -> float | None:
        """Share of establishments in scope that stated their workforce with a source."""
        return self.stated / self.establishments if self.establishments else None

    def to_json(self) -> dict[str, Any]:
        return {
            "establishments": self.establishments,
            "stated": self.stated,
            "unsourced": self.unsourced,
            "workers": self.workers,
            "sources": [
                {"source": one.text, "establishments": one.establishments, "workers": one.workers}
                for one in self.sources
            ],
        }


def deaths(piece: Slice) -> Mapping[str, BySector]:
    """Deaths by conclusion (`occupational`, `pending`) and labour relation, in one statement."""
    narrowed = replace(piece, where={"conclusion": (COUNTED, PENDING)})
    statement = build(accidents.FACTS, narrowed, [("conclusion", "relation_group")], ("deaths", "fatal_cases"))
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        groups = Groups.read(accidents.FACTS, statement, cursor.fetchall())
    return {conclusion: _by_sector(groups, conclusion) for conclusion in (COUNTED, PENDING)}


def workforce(piece: Slice) -> Workforce:
    """Workers of the establishments of a slice as stated for its year, by source."""
    statement = build(establishments.FACTS, replace(piece, where={}), [()], ("establishments",))
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        row = cursor.fetchone()
    told = stated(piece).values_list("source").annotate(count=Count("pk"), people=Sum("workers")).order_by("source")
    sources = [Source(text.strip(), count, people) for text, count, people in told]
    named = tuple(one for one in sources if one.text)
    return Workforce(
        establishments=int(row[2][0] or 0) if row else 0,
        stated=sum(one.establishments for one in named),
        unsourced=sum(one.establishments for one in sources if not one.text),
        workers=sum(one.workers for one in named) if named else None,
        sources=named,
    )


def victims(
    piece: Slice, *, conclusion: str = COUNTED, groups: Collection[str] = GROUPS,
    measures: Collection[str] = ("deaths",),
) -> QuerySet[Victim]:  # fmt: skip
    """The people behind a number of deaths, or of other measures of people."""
    where = {"conclusion": (conclusion,)}
    relation = Q(labour_relation__isnull=True) if UNKNOWN in groups else Q(pk__in=[])
    for group in set(groups) - {UNKNOWN}:
        relation |= behind.DIMENSIONS["relation_group"]((group,))
    found = Q(pk__in=[])
    for measure in measures:
        found |= behind.behind(measure, where, {})
    return Victim.objects.filter(_within(piece), found, relation)


def deaths_outside(piece: Slice) -> int:
    """Contract workers killed whose establishment is not among those of the denominator."""
    inside = stated(piece).exclude(source__regex=r"^\s*$").filter(establishment=OuterRef("case__establishment"))
    return victims(piece, groups=(CONTRACT,)).exclude(Exists(inside)).count()


def _by_sector(groups: Groups, conclusion: str) -> BySector:
    known = (CONTRACT, NON_CONTRACT)

    def of(measure: str, group: str) -> int:
        where: dict[str, Collection[str]] = {"conclusion": (conclusion,)}
        outside: dict[str, Collection[str]] = {}
        if group == UNKNOWN:
            outside = {"relation_group": known}
        else:
            where["relation_group"] = (group,)
        return int(groups.figure(measure, where, outside) or 0)

    return BySector(*(Deaths(of("deaths", group), of("fatal_cases", group)) for group in GROUPS))


def stated(piece: Slice, years: Collection[int] | None = None) -> QuerySet[WorkforceYear]:
    """Workforce figures stated for the year of a slice, or for several, by establishments on its ground."""
    found = WorkforceYear.objects.filter(year__in=[piece.year] if years is None else list(years))
    places = piece.places_for(establishments.FACTS)
    if places is None:
        return found
    path = "place_id" if piece.basis == "place" else "headquarters_place_id"
    return found.filter(**{f"establishment__{path}__in": places})


def _within(piece: Slice) -> Q:
    found = Q(case__occurred_at__gte=piece.start, case__occurred_at__lt=piece.end)
    places = piece.places_for(accidents.FACTS)
    if places is not None:
        path = "case__place_id" if piece.basis == "place" else "case__establishment__headquarters_place_id"
        found &= Q(**{f"{path}__in": places})
    return found
