"""Which reports are added up: those of a duty, form and period whose reporter stands on the subject's ground.

One ground counts once. Where a district reported, its communes are within its figures; where a commune of today
reported for a period in which it was still several, the old ones are within its figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from atvsld.kit.periods import Period
from atvsld.law.consolidation import Scheme
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.reporting.subject import Subject
from atvsld.registers.establishments.facts import INDUSTRY_JOIN, INDUSTRY_SQL
from atvsld.registers.places import tree

COUNTED = tuple(str(state) for state in Filing.COUNTED)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A report that was handed in and does not enter the sums, because its ground stands in another one's figures."""

    filing: int
    within: int
    why: str  # "ground": within a higher or a later unit's report; "merged": the establishment was joined to another


@dataclass(frozen=True, slots=True)
class Extent:
    """The reports that may enter, by duty, form, period and place of the reporter.

    `places` None: no narrowing by place. `basis` says by which place of an establishment: `headquarters`, where the
    report was sent, or `place`, where it works. `left_out` are reports not to be added up. `from_registers`: what the
    reporters are is read from the registers of now, those that owe included.
    """

    reports: tuple[str, ...]
    form: str
    period: Period
    basis: str
    places: frozenset[int] | None
    left_out: tuple[LeftOut, ...] = ()
    from_registers: bool = True

    @property
    def where(self) -> str:
        """Conditions on `fl` (filing) and `e` (its establishment, outer joined), with named parameters."""
        found = ["fl.report = ANY(%(reports)s)", "fl.form = %(form)s", "fl.period = %(period)s"]
        if self.places is not None:
            place = "coalesce(e.place_id, fl.place_id)" if self.basis == "place" else "fl.place_id"
            found.append(f"{place} = ANY(%(places)s)")
        return " AND ".join(found)

    @property
    def params(self) -> dict[str, Any]:
        return {
            "reports": list(self.reports),
            "form": self.form,
            "period": self.period.code,
            "states": list(COUNTED),
            "left_out": [item.filing for item in self.left_out],
            "places": sorted(self.places) if self.places is not None else [],
        }

    def firm_place(self, alias: str) -> str:
        """The column by which establishment `alias` belongs to the ground."""
        return f"{alias}.place_id" if self.basis == "place" else f"{alias}.headquarters_place_id"

    def counted(self, dimensions: Iterable[str]) -> str:
        """SELECT of the reports that count: filing, submission, reporter, and `dimensions` of the reporter.

        `unit` is the establishment that reports, or the place of the body.
        """
        wanted = tuple(dimensions)
        columns = "".join(f", {DIMENSIONS[name]} AS {name}" for name in wanted)
        joins = INDUSTRY_JOIN if "industry" in wanted else ""
        return (
            "SELECT fl.id AS filing, fl.current_id AS submission, fl.establishment_id AS establishment,"  # noqa: S608 - fragments are constants
            f" coalesce(fl.establishment_id, fl.place_id) AS unit{columns}"
            " FROM filing_filing fl LEFT JOIN establishments_establishment e ON e.id = fl.establishment_id"
            f" {joins} WHERE {self.where} AND fl.state = ANY(%(states)s) AND fl.id <> ALL(%(left_out)s)"
        )


# What is told of a reporter, as the register has it; a report of a body has none of it.
DIMENSIONS = {"ownership": "nullif(e.ownership_type, '')", "industry": INDUSTRY_SQL}


def of(scheme: Scheme, subject: Subject, basis: str) -> Extent:
    """The reports a subject adds up, with those set aside whose ground stands in another's figures."""
    graph = tree.current()
    ground = subject.register_ids
    if subject.place_pk is not None and graph.covers_everything(subject.place_pk):
        ground = None
    extent = Extent(scheme.rule.reports, scheme.rule.source, scheme.period, basis, ground)
    return replace(extent, left_out=(*_within_others(extent), *_merged(extent)))


def _within_others(extent: Extent) -> tuple[LeftOut, ...]:
    """Reports of bodies whose ground another counted report holds: the higher duty first, then the larger ground."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fl.id, fl.report, fl.place_id FROM filing_filing fl"  # noqa: S608
            " LEFT JOIN establishments_establishment e ON e.id = fl.establishment_id"
            f" WHERE {extent.where} AND fl.state = ANY(%(states)s) AND fl.body_id IS NOT NULL",
            extent.params,
        )
        rows: list[tuple[int, str, int]] = cursor.fetchall()
    return sift([Claim(filing, extent.reports.index(report), place) for filing, report, place in rows])


@dataclass(frozen=True, slots=True)
class Claim:
    """A body's report and the ground it speaks for; `rank` 0 is the highest duty of the chain."""

    filing: int
    rank: int
    place: int


def sift(claims: Iterable[Claim]) -> tuple[LeftOut, ...]:
    """The claims whose ground another claim holds already."""
    graph = tree.current()
    grounds = {claim: graph.territory(claim.place) for claim in claims}
    held: dict[int, int] = {}
    found: list[LeftOut] = []
    for claim in sorted(grounds, key=lambda item: _order(item, grounds[item], graph)):
        if claim.place in held:
            found.append(LeftOut(claim.filing, held[claim.place], "ground"))
            continue
        for place in grounds[claim]:
            held.setdefault(place, claim.filing)
    return tuple(found)


def _order(claim: Claim, ground: frozenset[int], graph: tree.PlaceTree) -> tuple[int, int, int, int]:
    return claim.rank, -len(ground), -graph.nodes[claim.place].valid_from.toordinal(), claim.filing


def _merged(extent: Extent) -> tuple[LeftOut, ...]:
    """Reports of records that were found to be the same establishment as another one that reported too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fl.id, other.id FROM filing_filing fl"  # noqa: S608
            " JOIN establishments_establishment e ON e.id = fl.establishment_id AND e.merged_into_id IS NOT NULL"
            " JOIN filing_filing other ON other.establishment_id = e.merged_into_id AND other.report = fl.report"
            "  AND other.period = fl.period AND other.state = ANY(%(states)s)"
            f" WHERE {extent.where} AND fl.state = ANY(%(states)s)",
            extent.params,
        )
        return tuple(LeftOut(filing, other, "merged") for filing, other in cursor.fetchall())
