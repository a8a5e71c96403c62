"""The counts behind a notice: two statutory forms, the communes, and where the investigations stand.

The figures of the two sectors are those of forms ND39-XIV and ND39-XV, so that the notice and the report to the
Ministry cannot disagree. Communes are counted in one statement of the same fact set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q

from atvsld.casework.accidents.facts import FACTS
from atvsld.casework.accidents.procedure.models import CaseFile, PolicePhase, StageChange
from atvsld.kit.certainty import Certainty
from atvsld.kit.periods import Period
from atvsld.kit.text import format_date
from atvsld.oversight.obligations import facade as obligations
from atvsld.oversight.reporting import service
from atvsld.oversight.reporting.compute import slice_of
from atvsld.oversight.reporting.result import Report
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.reporting.statement import build
from atvsld.oversight.reporting.subject import Basis, Subject, answering_body
from atvsld.oversight.snapshots import facade as snapshots
from atvsld.oversight.snapshots.facade import ReportSnapshot
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.registers.places import tree

CONTRACT, NON_CONTRACT = "contract", "non_contract"
SECTORS = (CONTRACT, NON_CONTRACT)
# Form and table of each sector.
FORMS = {CONTRACT: ("ND39-XIV", "II"), NON_CONTRACT: ("ND39-XV", "I")}
MEASURES = {
    "cases": "3", "fatal_cases": "4", "multi_victim_cases": "5", "victims": "6", "female": "7", "deaths": "8",
    "severe": "9",
}  # fmt: skip
# Amounts in thousands of đồng, days as they are.
DAMAGES = {
    "days_lost": "10", "total_cost": "11", "medical_cost": "12", "wage_cost": "13", "compensation_cost": "14",
    "property_damage": "15",
}  # fmt: skip
# Breakdowns: beginning of the row keys in both forms.
DIMENSIONS = {"cause": "1.1.", "agent": "1.2.", "industry": "1.4."}
DIMENSION_MEASURES = ("cases", "victims", "deaths")
PLACE_MEASURES = ("cases", "victims")
# Reports that employers and communes owe, from which the two forms are made.
OWED = {"employers": "R1", "communes": "R2"}
COUNTED = {"conclusion": ("occupational",), "relation_group": SECTORS}


@dataclass(frozen=True, slots=True)
class Source:
    """One form behind the notice: its version, how sure it is, and whether its figures were accepted or are live."""

    form: str
    valid_from: date
    status: Certainty
    note: str
    state: str
    as_of: datetime
    # Code and day of the accepted report, for whoever wants to look it up.
    reference: str = ""


@dataclass(frozen=True, slots=True)
class _Filled:
    """A form as it is used: the accepted report where there is one on the same ground, else counted now."""

    report: Report
    accepted: ReportSnapshot | None


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit with the ground that counts under it: ids of places as records bear them."""

    code: str
    name: str
    ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything counted of one period on one ground.

    totals: by sector and measure; rows: by breakdown, row code and measure, both sectors together; places: by sector,
    measure and place id; units: by table of units.
    """

    period: Period
    subject: Subject
    totals: Mapping[str, Mapping[str, int]]
    damages: Mapping[str, Decimal | None]
    labels: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, Mapping[str, Mapping[str, int]]]
    places: Mapping[tuple[str, str, int], int]
    units: Mapping[str, tuple[Unit, ...]]
    files: Mapping[str, int]
    coverage: Mapping[str, int]
    sources: tuple[Source, ...]

    def total(self, measure: str) -> int:
        return sum(self.totals[sector][measure] for sector in SECTORS)


def gather(
    actor: Actor, *, place: str, period: Period, boundary: str, former: date | None = None, at: datetime
) -> Counts:
    """Count a period. `boundary` as in reports; `former`: also by the units that stood on that day.

    `Refused` unless the actor may read reports of the whole ground; `Rejected` when the place is not known.
    """
    live = {
        sector: service.produce(actor, Request(form, period.code, place=place, boundary=boundary), at=at)
        for sector, (form, _table) in FORMS.items()
    }
    subject = live[CONTRACT].subject
    filled = {sector: _filled(report, place) for sector, report in live.items()}
    reports = {sector: one.report for sector, one in filled.items()}
    tables = {sector: reports[sector].table(table) for sector, (_form, table) in FORMS.items()}
    cells = {
        sector: {row.row.key: row.cells for row in table.rows if row.row.holds_figures}
        for sector, table in tables.items()
    }
    labels = {
        name: {
            row.row.key.removeprefix(start): row.row.label.vi
            for table in tables.values()
            for row in table.rows
            if row.row.key.startswith(start) and row.row.holds_figures
        }
        for name, start in DIMENSIONS.items()
    }
    totals = {
        sector: {measure: int(cells[sector]["1"][column] or 0) for measure, column in MEASURES.items()}
        for sector in SECTORS
    }
    places = _places(period, subject)
    return Counts(
        period=period,
        subject=subject,
        totals=totals,
        damages={name: _known([cells[sector]["1"][column] for sector in SECTORS]) for name, column in DAMAGES.items()},
        labels=labels,
        rows={
            name: {
                code: {
                    measure: sum(int(cells[s].get(f"{start}{code}", {}).get(MEASURES[measure]) or 0) for s in SECTORS)
                    for measure in DIMENSION_MEASURES
                }
                for code in labels[name]
            }
            for name, start in DIMENSIONS.items()
        },
        places=places,
        # Accepted reports may lag behind the records: two totals side by side would tell of the few between them.
        units=dict(_units(subject, former)) if _agree(places, totals) else {},
        files=_files(period, subject),
        coverage=_coverage(reports) | _handed_in(period, clock.local_day(at)),
        sources=tuple(_source(one) for one in filled.values()),
    )


def _known(values: list[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _filled(live: Report, place: str) -> _Filled:
    """The accepted report of the same ground, by the code of the place or of the body that answers for it."""
    body = answering_body(live.subject, live.period)
    for code in filter(None, (place, body.code if body else "")):
        found = snapshots.latest(live.form.code, live.period.code, code)
        if found is None:
            continue
        report = snapshots.report_of(snapshots.held(found))
        if report.subject.boundary == live.subject.boundary:
            return _Filled(report, found)
    return _Filled(live, None)


def _agree(places: Mapping[tuple[str, str, int], int], totals: Mapping[str, Mapping[str, int]]) -> bool:
    return all(
        sum(value for (one, name, _place), value in places.items() if (one, name) == (sector, measure))
        == totals[sector][measure]
        for sector in SECTORS
        for measure in PLACE_MEASURES
    )


def _source(one: _Filled) -> Source:
    report, accepted = one.report, one.accepted
    form = report.form
    if accepted is None:
        return Source(form.code, form.valid_from, form.status, form.status_note, "live", report.as_of)
    return Source(
        form.code, form.valid_from, form.status, form.status_note, "accepted", report.as_of,
        f"mã {accepted.spelled_code}, chấp nhận ngày {format_date(clock.local_day(accepted.accepted_at))}",
    )  # fmt: skip


def _coverage(reports: Mapping[str, Report]) -> dict[str, int]:
    held = reports[CONTRACT].coverage
    return {
        "establishments": held.establishments,
        "reporting": held.establishments_with_workforce,
        "pending": sum(report.coverage.excluded.get("pending", 0) for report in reports.values()),
    }


def _handed_in(period: Period, today: date) -> dict[str, int]:
    """How many owe the report of the period and how many handed it in; 0 of 0 where no duty is known."""
    found: dict[str, int] = {}
    for name, report in OWED.items():
        term = obligations.known_term(report, period.code)
        counts = obligations.total(term, today=today) if term else obligations.Counts()
        found |= {f"{name}_obliged": counts.obliged, f"{name}_in": counts.in_}
    return found


def _places(period: Period, subject: Subject) -> dict[tuple[str, str, int], int]:
    piece = replace(slice_of(period, subject, Basis.PLACE), where=COUNTED)
    statement = build(FACTS, piece, [("place", "relation_group")], PLACE_MEASURES)
    found: dict[tuple[str, str, int], int] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        for _group, (place, sector), values in cursor.fetchall():
            for measure, value in zip(PLACE_MEASURES, values, strict=True):
                found[sector, measure, int(place)] = int(value)
    return found


def _units(subject: Subject, former: date | None) -> Iterator[tuple[str, tuple[Unit, ...]]]:
    ground = subject.place_ids or frozenset()
    if subject.boundary is not None:
        yield "commune", _standing(ground, subject.boundary, "commune")
    if former is not None:
        districts = _standing(ground, former, "district")
        yield "former", districts or _standing(ground, former, "commune")


def _standing(ground: frozenset[int], day: date, level: str) -> tuple[Unit, ...]:
    """The units of a level on a day, each with its part of the ground; what lies in none of them comes last."""
    graph = tree.current()
    nodes = sorted(
        (node for node in graph.nodes.values() if node.level == level and node.exists_on(day)), key=lambda one: one.code
    )
    found = [Unit(node.code, node.name, graph.territory(node.pk, day) & ground) for node in nodes]
    kept = [unit for unit in found if unit.ids]
    left = ground - frozenset().union(*(unit.ids for unit in kept))
    return (*kept, Unit("unknown", "Chưa xác định", left)) if kept else ()


def _files(period: Period, subject: Subject) -> dict[str, int]:
    """Where the cases of the period stand: minutes published, still under way, prosecution proposed and begun."""
    piece = slice_of(period, subject, Basis.PLACE)
    files = CaseFile.objects.filter(
        case__occurred_at__gte=piece.start, case__occurred_at__lt=piece.end,
        case__place_id__in=sorted(subject.place_ids or ()), case__conclusion__in=["occupational", "pending"],
    )  # fmt: skip
    proposed = StageChange.objects.filter(file=OuterRef("pk"), step="propose_prosecution")
    prosecuted = PolicePhase.objects.filter(file=OuterRef("pk"), outcome=PolicePhase.Outcome.PROSECUTED)
    done = Q(published_at__isnull=False) | Q(stage="closed")
    return files.aggregate(
        published=Count("pk", filter=done),
        open=Count("pk", filter=~done),
        proposed=Count("pk", filter=Q(Exists(proposed))),
        prosecuted=Count("pk", filter=Q(Exists(prosecuted))),
    )
