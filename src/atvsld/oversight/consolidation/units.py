"""From a consolidated figure down to the units: what each handed in, beside what the registers hold of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.law.consolidation import Cell, Origin, Reporters, Scheme
from atvsld.oversight.consolidation import extent as extents
from atvsld.oversight.consolidation import registers, service
from atvsld.oversight.consolidation.extent import Extent
from atvsld.oversight.consolidation.service import Asked, Request
from atvsld.oversight.consolidation.statement import Recode, portion_sql
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.reporting.catalogue import counted_codes, recodes
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts.errors import Rejected
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.places import tree

HEADS = ("reporting",)
# Units named in one answer.
MOST = 300


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit behind a figure. `submitted` None: nothing counted was handed in; `held` None: no register says.

    `state` is that of its report, empty when there is none. `public_id` is an establishment's, `filing` its report's.
    """

    name: str
    code: str
    submitted: Decimal | None
    held: Decimal | None = None
    state: str = ""
    state_label: str = ""
    filing: str = ""
    public_id: str = ""
    late: bool = False
    nil: bool = False

    @property
    def difference(self) -> Decimal | None:
        """What was handed in less what the registers hold; silence counts as nothing handed in."""
        return None if self.held is None else (self.submitted or Decimal(0)) - self.held

    @property
    def what_to_do(self) -> str:
        """The next step, in words; empty where both agree."""
        difference = self.difference
        if not difference:
            return ""
        if not self.filing:
            return _("Đơn vị chưa nộp báo cáo: nhắc đơn vị.")
        if self.state == Filing.State.RETURNED:
            return _("Báo cáo đang trả lại để sửa: chờ nộp lại.")
        if difference < 0:
            return _("Sổ có nhiều hơn: hỏi đơn vị, trả lại báo cáo nếu khai thiếu.")
        return _("Báo cáo có nhiều hơn: kiểm tra vụ chưa vào sổ hoặc ghi ở kỳ khác.")


@dataclass(frozen=True, slots=True)
class Units:
    """The units behind a figure, those that differ most first; `submitted` and `held` are the sums over all of them.

    `lines` are the first of `count` units.
    """

    asked: Asked
    cell: Cell
    lines: tuple[UnitLine, ...]
    count: int
    submitted: Decimal
    held: Decimal | None
    without_unit: Decimal


def behind(
    actor: Actor, request: Request, cell: Cell, *, at: datetime, most: int = MOST, differing: bool = False
) -> Units:
    """The units behind a cell, `most` of them at most, or only those that differ.

    `Rejected` for a cell that is not added up from reports.
    """
    asked = service.understand(actor, request, at=at)
    scheme = asked.scheme
    origin = scheme.origins.get(cell)
    head = scheme.heads.get(cell)
    if origin is None and (head is None or head.figure not in HEADS):
        message = _("Ô dòng %(row)s, cột %(column)s không cộng từ báo cáo của các đơn vị.") % {
            "row": cell.row,
            "column": cell.column,
        }
        raise Rejected([Problem("unknown_cell", message, _("Mở lại biểu và bấm vào một con số."))])
    extent = extents.of(scheme, asked.subject, asked.basis)
    coded = recodes(counted_codes(load_book().lists_for(scheme.target, scheme.period)))
    told = told_in(scheme, extent, cell, coded)
    held = registers.by_unit(scheme, asked.subject, asked.basis, cell) if origin else None
    return _together(asked, cell, told, held, most=most, differing=differing)


_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Told:
    """What one report adds: its filing, the unit that reports, the amount."""

    filing: int
    unit: int | None
    value: Decimal


def told_in(scheme: Scheme, extent: Extent, cell: Cell, coded: Mapping[str, Recode]) -> list[Told]:
    """What each counted report adds to a cell, by the code map of the form; nothing for a cell of another kind."""
    origin, head = scheme.origins.get(cell), scheme.heads.get(cell)
    if origin is not None:
        return _told(scheme, extent, origin, coded)
    return _reporting(scheme, extent, cell, coded) if head is not None and head.figure in HEADS else []


def _told(scheme: Scheme, extent: Extent, origin: Origin, coded: Mapping[str, Recode]) -> list[Told]:
    """What each counted report says in the cell, as far as it says anything but zero."""
    from atvsld.oversight.consolidation.statement import cell_numbers

    numbers = cell_numbers(scheme)
    columns = {column: numbers.get(Cell(origin.table, origin.row, column)) for column in origin.portion.columns}
    known = [number for number in columns.values() if number is not None]
    if not known:
        return []
    held = {
        column: f"coalesce(sum(f.value) FILTER (WHERE f.cell_id = {number or 0}), 0)"
        for column, number in columns.items()
    }
    names = "".join(f", c.{name}" for name in scheme.dimensions)
    sql = (
        f"WITH counted AS MATERIALIZED ({extent.counted(scheme.dimensions)})"  # noqa: S608
        f" SELECT c.filing, c.unit, {portion_sql(origin.portion, held)} AS value{names}"
        " FROM counted c CROSS JOIN LATERAL (SELECT o.cell_id, o.value FROM filing_figure o"
        "  WHERE o.submission_id = c.submission AND o.cell_id = ANY(%(known)s) OFFSET 0) f"
        f" GROUP BY c.filing, c.unit{names}"
    )
    return _admitted(scheme, origin.reporters, coded, _rows(sql, extent.params | {"known": known}))


def _reporting(scheme: Scheme, extent: Extent, cell: Cell, coded: Mapping[str, Recode]) -> list[Told]:
    """Every counted report as one."""
    names = "".join(f", c.{name}" for name in scheme.dimensions)
    sql = f"SELECT c.filing, c.unit, 1::numeric{names} FROM ({extent.counted(scheme.dimensions)}) c"  # noqa: S608
    return _admitted(scheme, scheme.heads[cell].reporters, coded, _rows(sql, extent.params))


def _rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Filing, unit, value and what the reporter is in each dimension."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _admitted(
    scheme: Scheme, reporters: Mapping[str, Reporters], coded: Mapping[str, Recode], rows: Iterable[tuple[Any, ...]]
) -> list[Told]:
    if not reporters:
        return [Told(row[0], row[1], row[2]) for row in rows if row[2]]
    places = {name: at for at, name in enumerate(scheme.dimensions)}
    found = []
    for filing, unit, value, *codes in rows:
        kept = True
        for name, condition in reporters.items():
            code = codes[places[name]]
            code = coded[name](code) if code is not None and name in coded else code
            kept = kept and condition.admit(code)
        if kept and value:
            found.append(Told(filing, unit, value))
    return found


def _together(
    asked: Asked, cell: Cell, told: list[Told], held: dict[int | None, Decimal] | None, *, most: int, differing: bool
) -> Units:
    by_unit = {one.unit: one for one in told}
    without = held.pop(None, Decimal(0)) if held else Decimal(0)
    employers = asked.scheme.rule.reporter == "establishment"
    if held and not employers:
        held = _by_reporter(asked, set(by_unit), held)
    amounts = {unit: one.value for unit, one in by_unit.items()}
    other = held or {}
    gap = {unit: amounts.get(unit, _NOTHING) - other.get(unit, _NOTHING) for unit in {*amounts, *other}}
    if held is None:
        gap = dict.fromkeys(gap, _NOTHING)
    if differing:
        gap = {unit: value for unit, value in gap.items() if value}
    # Only those shown are looked up: a province has tens of thousands.
    shown = sorted(gap, key=lambda unit: (-abs(gap[unit]), -amounts.get(unit, _NOTHING), unit or 0))[:most]
    filings = {(one.establishment_id if employers else one.place_id): one for one in _filings(asked, shown)}
    names = names_of(shown, employers=employers)
    lines = []
    for unit in shown:
        line = _line(filings.get(unit), by_unit.get(unit), names.get(unit, ("", "", "")))
        lines.append(line if held is None else replace(line, held=held.get(unit, _NOTHING)))
    return Units(
        asked, cell, tuple(lines), len(gap), sum(amounts.values(), _NOTHING),
        None if held is None else sum(held.values(), without), without,
    )  # fmt: skip


def _line(filing: Filing | None, told: Told | None, named: tuple[str, str, str]) -> UnitLine:
    name, code, public_id = named
    submitted = told.value if told else Decimal(0) if filing is not None and filing.counted else None
    line = UnitLine(name=name, code=code, submitted=submitted, state_label=_("Chưa nộp"), public_id=public_id)
    if filing is None:
        return line
    return replace(
        line, state=filing.state, state_label=filing.get_state_display(), late=filing.late, nil=filing.nil,
        filing=filing.public_id if filing.submitted_at else "",
    )  # fmt: skip


def _by_reporter(
    asked: Asked, reporters: set[int | None], held: dict[int | None, Decimal]
) -> dict[int | None, Decimal]:
    """Figures of places under the reporter on whose ground each counts, else under the unit of the boundary day."""
    graph = tree.current()
    owner: dict[int, int] = {}
    for reporter in reporters:
        if reporter is not None:
            owner |= dict.fromkeys(graph.territory(reporter), reporter)
    found: dict[int | None, Decimal] = {}
    day = asked.subject.boundary or asked.scheme.period.end
    for place, value in held.items():
        if place is None:
            continue
        unit = graph.unit_on(place, day)
        key = owner.get(place, unit.pk if unit else place)
        found[key] = found.get(key, Decimal(0)) + value
    return found


def _filings(asked: Asked, units: list[int | None]) -> Iterable[Filing]:
    known = [unit for unit in units if unit is not None]
    rule = asked.scheme.rule
    found = Filing.objects.filter(report__in=rule.reports, form=rule.source, period=asked.scheme.period.code)
    if asked.scheme.rule.reporter == "establishment":
        return found.filter(establishment_id__in=known)
    return found.filter(place_id__in=known, body__isnull=False)


def names_of(units: Iterable[int | None], *, employers: bool) -> dict[int | None, tuple[str, str, str]]:
    """Name, code and public id (of establishments) of the units that report."""
    known = [unit for unit in units if unit is not None]
    if employers:
        rows = Establishment.objects.filter(pk__in=known).values_list("pk", "name", "tax_code", "public_id")
        return {pk: (name, code, public_id) for pk, name, code, public_id in rows}
    nodes = tree.current().nodes
    return {unit: (nodes[unit].name, nodes[unit].code, "") for unit in known if unit in nodes}
