"""What the registers hold of a form for many employers at once: one statement a fact set, then the engine for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import connection

from atvsld.law import load_book
from atvsld.oversight.filing.registers import Registers
from atvsld.oversight.filing.shape import Shape
from atvsld.oversight.reporting import coverage, header, reading
from atvsld.oversight.reporting.catalogue import FACT_SETS, recodes
from atvsld.oversight.reporting.compute import figures, slice_of
from atvsld.oversight.reporting.groups import Groups
from atvsld.oversight.reporting.reading import Facts
from atvsld.oversight.reporting.result import ComputedTable, Coverage, Report
from atvsld.oversight.reporting.statement import Statement, build
from atvsld.oversight.reporting.subject import Subject
from atvsld.platform.acts import clock
from atvsld.platform.facts import Dimension, FactSet
from atvsld.registers.establishments.models import Establishment

UNIT = "unit"
_UNITS = {"accidents": "c.establishment_id::text", "establishments": "e.id::text"}
Rows = list[tuple[int, list[str | None], list[Decimal | None]]]
_EVERYBODY = Subject(kind="place", code="", name="")


class Reading:
    """The registers of one form and period, read once for all employers."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.recoding = recodes(shape.plan.codes)
        self.statements: dict[str, Statement] = {}
        self.rows: dict[str, dict[str, Rows]] = {}
        for name, facts in FACT_SETS.items():
            self._read(name, facts)

    def of(self, firm: Establishment, *, at: datetime) -> Registers:
        """What the registers hold for one employer, as `filing.registers.read` would find it."""
        head = self.head(firm, at=at)
        facts = self._facts(firm)
        tables = figures(self.shape.plan, facts)
        report = replace(head.report, tables=tables, coverage=coverage.measure(self.shape.form, facts))
        return Registers(self._values(tables), head.header, report)

    def head(self, firm: Establishment, *, at: datetime) -> Registers:
        """The head of the form alone, without figures."""
        shape = self.shape
        stated = self._groups("establishments", FACT_SETS["establishments"], str(firm.pk))
        subject = Subject(
            kind="establishment", code=firm.tax_code, name=firm.name, address=firm.address, place_pk=firm.place_id,
            establishment=firm,
        )  # fmt: skip
        filled = header.fill(shape.form, shape.period, subject, stated, day=clock.local_day(at))
        report = Report(
            form=shape.form, period=shape.period, subject=subject, basis="place", as_of=at,
            law_version=load_book().version, header=filled, tables=(), coverage=Coverage(0, 0, 0, 0, {}, {}), checks=(),
            synthetic=settings.DEMO,
        )  # fmt: skip
        return Registers({}, filled, report)

    def _facts(self, firm: Establishment) -> Facts:
        return Facts({name: self._groups(name, held, str(firm.pk)) for name, held in FACT_SETS.items()})

    def told(self, firm: Establishment) -> bool:
        """Whether the registers hold any accident of the employer in the period."""
        return str(firm.pk) in self.rows["accidents"]

    def _values(self, tables: Iterable[ComputedTable]) -> dict[str, Decimal | None]:
        computed = {table.table.id: {row.row.key: row.cells for row in table.rows} for table in tables}
        found: dict[str, Decimal | None] = {}
        for place in self.shape.numbers:
            if place.counted:
                cells = computed.get(place.table, {}).get(place.row)
                figure = Decimal(0) if cells is None else cells.get(place.column)
                found[place.key] = None if figure is None else round(figure, 3)
        return found

    def _read(self, name: str, facts: FactSet) -> None:
        plan = self.shape.plan
        groups, measures = reading.wanted(plan, facts)
        told = replace(facts, dimensions={**facts.dimensions, UNIT: Dimension(_UNITS[name], 3_000)})
        piece = replace(slice_of(self.shape.period, _EVERYBODY, "place"), where=reading.population(plan.form, name))
        self.statements[name] = build(facts, piece, groups, measures)
        wide = build(told, piece, [(*group, UNIT) for group in self.statements[name].groups], measures)
        numbers = {tuple(name for name in group if name != UNIT): at for at, group in enumerate(wide.groups)}
        narrow = {at: self.statements[name].groups.index(group) for group, at in numbers.items()}
        held: dict[str, Rows] = {}
        with connection.cursor() as cursor:
            cursor.execute(wide.sql, wide.params)
            for number, codes, values in cursor.fetchall():
                place = wide.groups[number].index(UNIT)
                if codes[place] is not None:
                    rest = [*codes[:place], *codes[place + 1 :]]
                    held.setdefault(codes[place], []).append((narrow[number], rest, values))
        self.rows[name] = held

    def _groups(self, name: str, facts: FactSet, unit: str) -> Groups:
        return Groups.read(facts, self.statements[name], self.rows[name].get(unit, []), self.recoding)
